/** Files of weights and settings that somebody made to do harm: each costs a sentence, and nothing else. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../../src/base/errors.ts';
import { LIMITS } from '../../../src/config/limits.ts';
import { bringIn } from '../../../src/io/foreign/bringIn.ts';
import { readTorchFile } from '../../../src/io/foreign/torchFile.ts';
import { readWeightsFile } from '../../../src/io/foreign/weightsFile.ts';
import { type NamedTensor, readSafetensors, writeSafetensors } from '../../../src/io/safetensors.ts';

const text = (letters: string): number[] => Array.from(letters, (letter) => letter.charCodeAt(0));
const word = (letters: string): number[] => [0x8c, letters.length, ...text(letters)];
const uint32 = (value: number): number[] => [...new Uint8Array(Uint32Array.of(value).buffer)];
const named = (module: string, name: string): number[] => [0x63, ...text(`${module}\n${name}\n`)];
const storage = (key: readonly number[]): number[] => [
  ...[0x28, ...word('storage'), ...named('torch', 'FloatStorage'), ...key, ...word('cpu'), 0x4b, 1, 0x74, 0x51],
];
/** `_rebuild_tensor_v2(storage, 0, shape, stride)` */
const tensor = (from: readonly number[], shape: readonly number[], stride: readonly number[]): number[] => [
  ...[...named('torch._utils', '_rebuild_tensor_v2'), 0x28, ...from, 0x4b, 0],
  ...[0x28, ...shape.flatMap((side) => [0x4a, ...uint32(side)]), 0x74],
  ...[0x28, ...stride.flatMap((step) => [0x4a, ...uint32(step)]), 0x74, 0x74, 0x52],
];
const dictionary = (...entries: (readonly [string, readonly number[]])[]): Uint8Array =>
  Uint8Array.from([0x80, 4, 0x7d, ...entries.flatMap(([key, value]) => [...word(key), ...value, 0x73]), 0x2e]);
const FOUR = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);

/** Stored, as `torch.save` does. */
const archive = (pickle: Uint8Array, files: Record<string, Uint8Array> = { 'a/data/0': FOUR }): Uint8Array =>
  zipSync({ 'a/data.pkl': pickle, ...files }, { level: 0 });

const asFile = (name: string, shape = [1, 3, 1, 1]): NamedTensor => ({
  name,
  shape,
  data: new Float32Array(shape.reduce((product, side) => product * side, 1)),
});

describe('a zip archive of PyTorch', () => {
  const good = dictionary(['w', tensor(storage(word('0')), [2, 2], [2, 1])]);

  it('is read where nothing is wrong with it', () => {
    expect(readTorchFile(archive(good))).toMatchObject([{ name: 'w', shape: [2, 2] }]);
  });

  it('takes numbers from its own folder alone, whatever else lies in it', () => {
    const outside = dictionary(['w', tensor(storage(word('../../etc/passwd')), [2, 2], [2, 1])]);
    const files = { '/a/data/0': FOUR, '../a/data/0': FOUR, 'etc/passwd': FOUR };
    expect(() => readTorchFile(archive(outside, files))).toThrow(CheckpointError);
    expect(() => readTorchFile(archive(good, files))).toThrow(/lacks .*a\/data\/0/);
  });

  it('with two files of one name is refused: programs differ in which of them they take', () => {
    const once = archive(good, { 'a/data/0': FOUR, 'a/data/1': FOUR });
    const twice = once.slice();
    // In records and in the list of contents.
    for (let at = 0; at + 8 <= twice.length; at++) {
      if (String.fromCharCode(...twice.subarray(at, at + 8)) === 'a/data/1') twice[at + 7] = 0x30;
    }
    expect(() => readTorchFile(twice)).toThrow(/holds .*a\/data\/0.* twice/);
  });

  it('may nest what refers to numbers, and gets nothing by it', () => {
    const nested = dictionary(['w', tensor(storage(storage(word('0'))), [2, 2], [2, 1])]);
    expect(() => readTorchFile(archive(nested))).toThrow(/lacks/);
    const list = Uint8Array.from([0x80, 4, 0x5d, 0x94, 0x68, 0, 0x61, 0x51, 0x2e]);
    expect(() => readTorchFile(archive(list))).toThrow(/no storage of numbers/);
  });

  it('cannot blow a few numbers up beyond what files may have', () => {
    const blown = dictionary(['w', tensor(storage(word('0')), [LIMITS.fileBytes, 2], [0, 0])]);
    expect(() => readTorchFile(archive(blown))).toThrow(/larger than/);
  });

  it('may name tensors as it likes', () => {
    const odd = dictionary(
      ['__proto__', tensor(storage(word('0')), [2, 2], [2, 1])],
      ['constructor', tensor(storage(word('0')), [4], [1])],
    );
    expect(readSafetensors(bringIn(archive(odd))).tensors.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    const notes = dictionary(['__metadata__', tensor(storage(word('0')), [4], [1])]);
    expect(() => bringIn(archive(notes))).toThrow(/would be named .*__metadata__/);
  });
});

describe('weights under names of two programs at once', () => {
  it('are refused by name', () => {
    const both = [asFile('vit.embeddings.cls_token', [1, 1, 4]), asFile('beit.embeddings.cls_token', [1, 1, 4])];
    expect(() => bringIn(writeSafetensors(both))).toThrow(/would be named .*cls_token/);
  });
});

describe('a file that is no file of weights', () => {
  it('is told by what it is: a tar archive of the oldest PyTorch', () => {
    const tar = new Uint8Array(1024);
    tar.set(text('storages'));
    tar.set(text('ustar'), 257);
    expect(() => readWeightsFile(tar)).toThrow(/tar archive/);
  });

  it('is refused for a header of 2^63 bytes, and for tensors that overlap', () => {
    const header = (length: bigint, json: string): Uint8Array => {
      const bytes = new Uint8Array(8 + json.length + 16);
      new DataView(bytes.buffer).setBigUint64(0, length, true);
      bytes.set(text(json), 8);
      return bytes;
    };
    expect(() => readWeightsFile(header(2n ** 63n, '{}'))).toThrow(/over the limit/);
    const overlapping = JSON.stringify({
      a: { dtype: 'F32', shape: [3], data_offsets: [0, 12] },
      b: { dtype: 'F32', shape: [2], data_offsets: [8, 16] },
    });
    expect(() => readWeightsFile(header(BigInt(overlapping.length), overlapping))).toThrow(/overlaps/);
  });
});

describe('settings in a file', () => {
  it('change nothing but settings, whatever they are called', () => {
    for (const config of [
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"model":{"__proto__":{"polluted":1},"width":64}}',
    ]) {
      const bytes = writeSafetensors([asFile('patch_embed.proj.weight')], { 'patchwork.config': config });
      try {
        readWeightsFile(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError);
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
  });
});
