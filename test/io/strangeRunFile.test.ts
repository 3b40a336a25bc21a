/** Run files that no Patchwork wrote: refused in words, or harmless. */
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { readRunFile, readRunFileHead } from '../../src/io/runFile.ts';
import { readRecord } from '../../src/io/runFiles/record.ts';
import { NewerRunError } from '../../src/io/runFiles/versions.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { ABOUT, changed, fileOf, fileSaying, saying, written } from './runFiles.ts';

const HEADER = 8;
const headerLength = (file: Uint8Array) => Number(new DataView(file.buffer).getBigUint64(0, true));

describe('what a stranger wrote', () => {
  it('is refused by the version that it asks for', () => {
    const format = (text: string) => saying(fileOf(), (metadata) => ({ ...metadata, 'patchwork.format': text }));
    expect(() => readRunFile(format('run/2'))).toThrow(NewerRunError);
    expect(() => readRunFileHead(format('run/999999999'))).toThrow(/newer Patchwork/);
    for (const text of ['run/0', 'run/-1', 'run/1.5', 'run/01', 'run/', 'walk/1', '', 'run/1\n']) {
      expect(() => readRunFile(format(text)), text).toThrow(/no run of Patchwork/);
    }
    expect(() => readRunFile(writeSafetensors(readSafetensors(fileOf()).tensors))).toThrow(/no run of Patchwork/);
  });

  it('is refused for a sequence that cannot be counted up', () => {
    const run = JSON.stringify(written());
    expect(readRunFile(fileSaying(run, String(2 ** 53 - 2))).sequence).toBe(2 ** 53 - 2);
    for (const text of [
      String(2 ** 53),
      String(2 ** 53 - 1),
      '-1',
      '1.5',
      '1e3',
      '0x10',
      'NaN',
      '',
      ' 1',
      '01',
      '9'.repeat(400),
    ]) {
      expect(() => readRunFile(fileSaying(run, text)), text).toThrow(/damaged/);
    }
  });

  it('is refused for a checksum that is another, or none', () => {
    for (const text of ['00000000', 'ABCDEF01', 'xyz', '', '123456789']) {
      expect(() => readRunFile(saying(fileOf(), (metadata) => ({ ...metadata, 'patchwork.crc32': text }))), text).toThrow(
        /damaged/,
      );
    }
  });

  it('is refused for what of its record makes no sense', () => {
    for (const changes of [
      { steps: -1 },
      { steps: 2 ** 53 },
      { steps: 1.5 },
      { steps: null },
      { cursor: '99' },
      { phase: 1 },
      { optimiserSince: 8 },
      { halted: 0 },
      { layout: 2 ** 32 },
      { engine: [] },
      { engine: [{ backend: 'abacus', device: '', version: '', since: 0 }] },
      { data: { ...ABOUT.data, mean: ['1'] } },
      { data: { ...ABOUT.data, recipe: [] } },
      { data: { ...ABOUT.data, traits: { channels: 2 } } },
      { liveChanges: [{ step: 1, path: 'x', from: null, to: 1 }] },
      { savedAt: -1 },
      { more: 1 },
      { data: { ...ABOUT.data, more: 1 } },
    ]) {
      expect(() => readRunFile(changed(changes)), JSON.stringify(changes)).toThrow(/damaged/);
    }
    for (const config of [{}, 'mp3', { ...ABOUT.config, model: { width: 33 } }]) {
      expect(() => readRunFile(changed({ config }))).toThrow(/settings/);
    }
    for (const run of ['', '{', '[]', 'null', '7', `{"steps":1,${JSON.stringify(written()).slice(1)}`]) {
      expect(() => readRunFile(fileSaying(run)), run.slice(0, 20)).toThrow(/damaged/);
    }
  });

  it('is refused for a header that is huge, overlaps, or names things twice', () => {
    const huge = fileOf();
    new DataView(huge.buffer).setBigUint64(0, 2n ** 63n, true);
    const header = new TextDecoder().decode(fileOf().subarray(HEADER, HEADER + headerLength(fileOf())));
    const withHeader = (text: string) => {
      const body = fileOf().subarray(HEADER + headerLength(fileOf()));
      const bytes = new TextEncoder().encode(text.padEnd(headerLength(fileOf()) + 64));
      const length = new Uint8Array(8);
      new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
      return Uint8Array.from([...length, ...bytes, ...body]);
    };
    expect(readRunFile(withHeader(header)).sequence).toBe(41);
    const [first = ''] = header.match(/"data_offsets":\[0,\d+\]/) ?? [];
    expect(() => readRunFile(huge)).toThrow(CheckpointError);
    expect(() => readRunFile(withHeader(header.replace(first, '"data_offsets":[4,148]')))).toThrow(CheckpointError);
    expect(() => readRunFile(withHeader(header.replace('state.first_moment', 'state.parameters')))).toThrow(/twice/);
    expect(() => readRunFile(withHeader(header.replace('"patchwork.step"', '"patchwork.run"')))).toThrow(/twice/);
  });

  it('pollutes nothing', () => {
    const polluting = [
      '"__proto__":{"polluted":1}',
      '"constructor":{"prototype":{"polluted":1}}',
      '"config":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      '"page":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ];
    const json = JSON.stringify(written());
    for (const part of polluting) {
      const at = part.slice(0, part.indexOf(':') + 1);
      const run = json.includes(`,${at}`) ? json.replace(`,${at}`, `,${part},"was":`) : `{${part},${json.slice(1)}`;
      try {
        readRunFile(fileSaying(run));
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError);
      }
      expect('polluted' in {}).toBe(false);
    }
    const page = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    const recipe = JSON.parse('{"__proto__":{"polluted":1}}');
    const { record } = readRunFile(changed({ page, data: { ...ABOUT.data, recipe } }));
    expect([Object.getPrototypeOf(record.page), Object.getPrototypeOf(record.data.recipe)]).toEqual([
      Object.prototype,
      Object.prototype,
    ]);
    const nested = JSON.stringify({ ...ABOUT.config, x: 0 }).replace(
      '"x":0',
      '"__proto__":{"width":768},"constructor":{"prototype":{"polluted":1}}',
    );
    const { config } = readRecord(JSON.stringify({ ...written(), config: 0 }).replace('"config":0', `"config":${nested}`));
    expect(config).toEqual(ABOUT.config);
    expect('polluted' in {}).toBe(false);
  });

  it('may be as deep as it likes', () => {
    const deep = JSON.stringify({ ...written(), page: 0 }).replace(
      '"page":0',
      `"page":${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    );
    expect(readRunFile(fileSaying(deep)).record.steps).toBe(7);
  });
});
