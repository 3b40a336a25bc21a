import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/base/crc32.ts';
import { CheckpointError } from '../../src/base/errors.ts';
import { isRunFile, joinParts, readRunFile, readRunFileHead, writeRunFile } from '../../src/io/runFile.ts';
import { currentFields, NewerRunError } from '../../src/io/runFiles/versions.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { ABOUT, fileOf, fileSaying, placementsOf, saying, stateOf, written } from './runFiles.ts';

const HEADER = 8;
const headerLength = (file: Uint8Array) => Number(new DataView(file.buffer).getBigUint64(0, true));

describe('a run file', () => {
  it('gives back every bit and every word', () => {
    const state = stateOf(8);
    const file = readRunFile(fileOf(), placementsOf(8));
    expect(file.state).toEqual(state);
    expect(file.sequence).toBe(41);
    const { steps, cursor, phase, optimiserSince, layout, ...about } = file.record;
    expect({ steps, cursor, phase, optimiserSince }).toEqual({ steps: 7, cursor: 99, phase: 0, optimiserSince: 3 });
    expect(layout).toBe(crc32(new TextEncoder().encode('a.weight 8x4\na.bias 4')));
    expect(about).toEqual(ABOUT);
  });

  it('leaves out what a run does not have', () => {
    const { teacher, pretrained, ...plain } = stateOf(8);
    const { page, ...about } = ABOUT;
    const { fingerprint, ...data } = ABOUT.data;
    const file = readRunFile(fileOf(8, { ...about, data }, plain));
    expect(file.state).toEqual(plain);
    expect('page' in file.record || 'fingerprint' in file.record.data).toBe(false);
    expect([teacher, pretrained, page, fingerprint]).not.toContain(undefined);
  });

  it('is written in parts that nobody copies, the header apart', () => {
    const state = stateOf(8);
    const parts = writeRunFile(placementsOf(8), state, ABOUT, 1);
    expect(parts.body[0]?.buffer).toBe(state.parameters.buffer);
    expect(joinParts(parts)).toEqual(fileOf(8, ABOUT, state, 1));
    expect(parts.header.length % 8).toBe(0);
  });

  it('tells of itself from its head', () => {
    const file = fileOf();
    const head = readRunFileHead(file.subarray(0, HEADER + headerLength(file)));
    expect(head).toEqual({ record: readRunFile(file).record, sequence: 41, bytes: file.length });
    expect(isRunFile(file)).toBe(true);
    expect(isRunFile(writeSafetensors([]))).toBe(false);
    expect(isRunFile(new Uint8Array(3))).toBe(false);
  });

  it('is refused by a run of other parameters, of the same number too', () => {
    const [first, second] = placementsOf(8);
    expect(() => readRunFile(fileOf(), placementsOf(7))).toThrow(/other parameters/);
    if (first === undefined || second === undefined) throw new Error('two');
    const swapped = [first, { ...second, spec: { ...second.spec, name: 'b.bias' } }];
    expect(() => readRunFile(fileOf(), swapped)).toThrow(/other parameters/);
  });
});

describe('a damaged run file', () => {
  const file = fileOf(1500);
  const moved = structuredClone(stateOf(1500, { steps: 8 }));
  for (const vector of Object.values(moved))
    if (typeof vector !== 'number') for (let i = 0; i < vector.length; i++) vector[i] += 1;
  const read = (bytes: Uint8Array) => readRunFile(bytes, placementsOf(1500));
  const tears = Array.from({ length: Math.floor(file.length / 4096) + 1 }, (_, i) => i * 4096);

  it.each([
    ['cut off', (at: number) => file.slice(0, at)],
    ['zeros from there on', (at: number) => file.slice().fill(0, at)],
    ['zeros up to there: the header was never written', (at: number) => file.slice().fill(0, 0, Math.max(at, 1))],
    ['with the end of another write', (at: number) => Uint8Array.from([...file.subarray(0, at), ...other.subarray(at)])],
    ['with the header of another write', (at: number) => Uint8Array.from([...other.subarray(0, at), ...file.subarray(at)])],
  ])('%s is never taken for whole, wherever it was torn', (_, tear) => {
    expect(tears.length).toBeGreaterThan(25);
    for (const at of tears) {
      const torn = tear(at);
      // The whole of the one or of the other is no torn file.
      if (at === 0 && [file, other].some((whole) => Buffer.compare(whole, torn) === 0)) continue;
      expect(() => read(torn), `at ${at}`).toThrow(CheckpointError);
    }
  });
  const other = fileOf(1500, ABOUT, moved, 42);

  it('with a flipped bit is refused, or means what it meant', () => {
    const small = fileOf(4);
    const before = readRunFile(small);
    let refused = 0;
    // Every 41st bit reaches each position in a byte.
    for (let bit = 0; bit < 8 * small.length; bit += 41) {
      const flipped = small.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      try {
        expect(readRunFile(flipped), `bit ${bit}`).toEqual(before);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });

  it('that names other parameters than it holds is refused', () => {
    const named = saying(file, (metadata) => ({ ...metadata, 'patchwork.parameters': 'a.weight 1500x4\nb.bias 4' }));
    expect(() => read(named)).toThrow(/names other parameters/);
  });

  it('with swapped numbers is refused', () => {
    const { tensors, metadata } = readSafetensors(file);
    const [first, second, ...rest] = tensors.map(({ name }) => name);
    const names = [second, first, ...rest];
    const swapped = tensors.map((tensor, i) => ({
      ...tensor,
      data: tensors.find(({ name }) => name === names[i])?.data ?? tensor.data,
    }));
    expect(() => read(writeSafetensors(swapped, metadata))).toThrow(/damaged/);
  });

  it('without a vector, with one too many, or with one of another length or shape is refused', () => {
    const { tensors } = readSafetensors(fileOf());
    const run = JSON.stringify(written());
    const refuse = (changed: typeof tensors) => expect(() => readRunFile(fileSaying(run, '1', changed))).toThrow(/damaged/);
    expect(readRunFile(fileSaying(run)).sequence).toBe(1);
    for (const [i, tensor] of tensors.entries()) {
      const rest = tensors.toSpliced(i, 1);
      if (i < 3) refuse(rest);
      refuse([...rest, { ...tensor, shape: [1, tensor.data.length] }]);
      refuse([...rest, { ...tensor, name: 'state.other' }]);
      if (tensor.name !== 'state.teacher') refuse([...rest, { ...tensor, shape: [3], data: tensor.data.slice(0, 3) }]);
    }
    const teacher = new Float32Array(1000);
    refuse([...tensors.slice(0, 3), { name: 'state.teacher', shape: [1000], data: teacher }]);
  });

  it('with a number that is none is refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const name of ['parameters', 'secondMoment', 'teacher'] as const) {
        const state = stateOf(8);
        state[name]?.fill(value, 5, 6);
        expect(() => readRunFile(fileOf(8, ABOUT, state)), name).toThrow(/failed run/);
      }
    }
  });
});

describe('an older version', () => {
  it('is brought to the present one step after the other', () => {
    const { 'patchwork.run': run = '', ...rest } = readSafetensors(fileOf()).metadata;
    const fields = { ...rest, 'patchwork.format': 'run/1', 'patchwork.story': run };
    const first = ({ 'patchwork.story': story = '', ...others }: Readonly<Record<string, string>>) => ({
      ...others,
      'patchwork.run': `${story}1`,
    });
    const second = (found: Readonly<Record<string, string>>) => ({ ...found, 'patchwork.run': `${found['patchwork.run']}2` });
    expect(currentFields(fields, [first, second]).run).toBe(`${run}12`);
    expect(currentFields({ ...fields, 'patchwork.format': 'run/3', 'patchwork.run': run }, [first, second]).run).toBe(run);
    expect(() => currentFields({ ...fields, 'patchwork.format': 'run/4' }, [first, second])).toThrow(NewerRunError);
  });
});
