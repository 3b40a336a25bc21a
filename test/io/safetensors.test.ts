import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { type NamedTensor, readSafetensors, requireFinite, writeSafetensors } from '../../src/io/safetensors.ts';

/** A file from a header as text, so that a test can write what no `JSON.stringify` would. */
function fileOf(header: string | Uint8Array, data = 0, announced?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, announced ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

function entry(dtype: string, shape: unknown, offsets: unknown): string {
  return JSON.stringify({ dtype, shape, data_offsets: offsets });
}

function reasonOf(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    if (error instanceof CheckpointError) return error.message;
  }
  return 'it was read';
}

const TENSORS: NamedTensor[] = [
  { name: 'b.weight', shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, -0, 1e-40) },
  { name: 'a', shape: [], data: Float32Array.of(Math.PI) },
  { name: 'empty', shape: [0, 4], data: new Float32Array(0) },
];

describe('writeSafetensors', () => {
  it('writes the layout of the format, byte for byte', () => {
    const bytes = writeSafetensors([{ name: 'x', shape: [2], data: Float32Array.of(1, -2) }], { a: 'b' });
    const json = '{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const padded = json.padEnd(Math.ceil(json.length / 8) * 8, ' ');
    const length = [padded.length, 0, 0, 0, 0, 0, 0, 0];
    expect([...bytes]).toEqual([...length, ...new TextEncoder().encode(padded), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it('starts the data at a multiple of 8 bytes whatever the header', () => {
    for (let length = 1; length < 20; length++) {
      const bytes = writeSafetensors([{ name: 'n'.repeat(length), shape: [1], data: Float32Array.of(length) }]);
      expect((bytes.length - 4) % 8).toBe(0);
      expect(readSafetensors(bytes).tensors[0]?.data[0]).toBe(length);
    }
  });

  it('leaves an empty metadata map out', () => {
    expect(new TextDecoder().decode(writeSafetensors(TENSORS, {}))).not.toContain('__metadata__');
  });

  it('writes a view on a larger buffer without its surroundings', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect([...(readSafetensors(writeSafetensors([{ name: 'v', shape: [2], data }])).tensors[0]?.data ?? [])]).toEqual([1, 2]);
  });

  it('refuses what our own code must not ask for', () => {
    const tensor = { name: 'x', shape: [2], data: Float32Array.of(1, 2) };
    expect(() => writeSafetensors([tensor, tensor])).toThrow('Patchwork bug');
    expect(() => writeSafetensors([{ ...tensor, shape: [3] }])).toThrow('Patchwork bug');
    expect(() => writeSafetensors([{ ...tensor, name: '__metadata__' }])).toThrow('Patchwork bug');
  });
});

describe('readSafetensors', () => {
  it('gives back what was written, in order, bit for bit', () => {
    const metadata = { format: 'pt', note: 'naïve “quotes” \n {"a":1}' };
    const file = readSafetensors(writeSafetensors(TENSORS, metadata));
    expect(file.metadata).toEqual(metadata);
    expect(file.tensors).toEqual(TENSORS);
    expect(Object.is(file.tensors[0]?.data[4], -0)).toBe(true);
  });

  it('keeps odd names: numbers, quotes, emoji and __proto__', () => {
    const names = ['10', '2', 'a"b\\', '🧩', '__proto__', 'constructor', ''];
    const tensors = names.map((name, i) => ({ name, shape: [1], data: Float32Array.of(i) }));
    const metadata = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
    const file = readSafetensors(writeSafetensors(tensors, metadata));
    expect(file.tensors.map((tensor) => tensor.name)).toEqual(names);
    expect(Object.entries(file.metadata).sort()).toEqual(Object.entries(metadata).sort());
    expect(Object.getPrototypeOf(file.metadata)).toBe(Object.prototype);
  });

  it('reads a file that starts at an odd byte of a larger buffer, and copies', () => {
    const bytes = writeSafetensors(TENSORS);
    const buffer = Buffer.alloc(bytes.length + 3);
    buffer.set(bytes, 3);
    const { tensors } = readSafetensors(buffer.subarray(3));
    buffer.fill(0xff);
    expect(tensors).toEqual(TENSORS);
  });

  it('reads data that start anywhere and a header in any order', () => {
    const header = `{"late":${entry('F32', [1], [4, 8])},"early":${entry('F32', [1], [0, 4])}} `;
    for (const padding of ['', ' ', '  ', '   ']) {
      const bytes = fileOf(header + padding, 8);
      new DataView(bytes.buffer).setFloat32(bytes.length - 8, 1, true);
      new DataView(bytes.buffer).setFloat32(bytes.length - 4, 2, true);
      expect(readSafetensors(bytes).tensors.map(({ name, data }) => [name, data[0]])).toEqual([
        ['early', 1],
        ['late', 2],
      ]);
    }
  });

  it('reads a file without tensors', () => {
    expect(readSafetensors(fileOf('{}'))).toEqual({ tensors: [], metadata: {} });
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'empty'],
    ['seven bytes', new Uint8Array(7), '8 bytes'],
    ['a header of no bytes', fileOf(''), 'not JSON'],
    ['a header longer than the file', fileOf('{}', 0, 3n), 'cut off'],
    ['a header over the limit', fileOf('{}', 0, 100_000_001n), '100,000,001 bytes, over the limit of 100,000,000'],
    ['a table', new TextEncoder().encode('name,age\r\nAda,36'), 'looks like a text file'],
    ['JSON', new TextEncoder().encode('{\n  "weights": []\n}'), 'looks like a text file'],
    ['a file of another kind', new Uint8Array(64).fill(0xd7), 'This is not a safetensors file.'],
    ['a shorter one', new Uint8Array([64, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]), 'This is not a safetensors file.'],
    ['a header of 2^63 bytes', fileOf('{}', 0, 2n ** 63n), 'over the limit'],
    [
      'a header that is not UTF-8',
      fileOf(Uint8Array.from('{"__metadata__":{"\xff":""}}', (character) => character.charCodeAt(0))),
      'not JSON',
    ],
    ['a header with a byte order mark', fileOf('\ufeff{}'), 'not JSON'],
    ['a header that is cut off', fileOf('{"a":'), 'not JSON'],
    ['a list', fileOf('[]'), 'not a JSON object'],
    ['null', fileOf('null'), 'not a JSON object'],
    ['an entry that is a number', fileOf('{"a":1}'), 'not an object'],
    ['an entry that is null', fileOf('{"a":null}'), 'not an object'],
    ['an entry without a type', fileOf('{"a":{"shape":[],"data_offsets":[0,0]}}'), 'unknown number type'],
    ['a type from the prototype', fileOf(`{"a":${entry('constructor', [], [0, 0])}}`), 'unknown number type'],
    ['an unknown type', fileOf(`{"a":${entry('F99', [1], [0, 4])}}`, 4), 'unknown number type "F99"'],
    ['a type that is not read', fileOf(`{"a":${entry('I64', [1], [0, 8])}}`, 8), 'only F32, F16, BF16'],
    ['an entry without a shape', fileOf(`{"a":${entry('F32', undefined, [0, 4])}}`, 4), 'shape'],
    ['a negative side', fileOf(`{"a":${entry('F32', [-1, 50], [0, 4])}}`, 4), 'shape [-1, 50]'],
    ['half a side', fileOf(`{"a":${entry('F32', [0.5], [0, 2])}}`, 2), 'shape'],
    ['a side as text', fileOf(`{"a":${entry('F32', ['1'], [0, 4])}}`, 4), 'shape'],
    ['a side beyond 2^53', fileOf('{"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,4]}}', 4), 'shape'],
    ['sides whose product overflows', fileOf(`{"a":${entry('F32', new Array(80).fill(2 ** 50), [0, 4])}}`, 4), 'takes'],
    ['one offset', fileOf(`{"a":${entry('F32', [1], [4])}}`, 4), 'data_offsets'],
    ['three offsets', fileOf(`{"a":${entry('F32', [1], [0, 4, 8])}}`, 8), 'data_offsets'],
    ['a negative offset', fileOf(`{"a":${entry('F32', [1], [-4, 0])}}`, 4), 'data_offsets'],
    ['half an offset', fileOf(`{"a":${entry('F32', [1], [0.5, 4.5])}}`, 5), 'data_offsets'],
    ['offsets backwards', fileOf(`{"a":${entry('F32', [1], [4, 0])}}`, 4), 'takes 4 bytes'],
    ['a shape that does not fill its bytes', fileOf(`{"a":${entry('F32', [3], [0, 8])}}`, 8), 'takes 12 bytes'],
    ['bytes of another type', fileOf(`{"a":${entry('F16', [2], [0, 8])}}`, 8), 'takes 4 bytes'],
    ['a tensor past the end', fileOf(`{"a":${entry('F32', [2], [0, 8])}}`, 4), 'cut off'],
    ['a hole in front', fileOf(`{"a":${entry('F32', [1], [4, 8])}}`, 8), 'Bytes 0 to 4'],
    ['a hole', fileOf(`{"a":${entry('F32', [1], [0, 4])},"b":${entry('F32', [1], [8, 12])}}`, 12), 'Bytes 4 to 8'],
    ['bytes left over', fileOf(`{"a":${entry('F32', [1], [0, 4])}}`, 5), '1 bytes after'],
    ['an overlap', fileOf(`{"a":${entry('F32', [2], [0, 8])},"b":${entry('F32', [2], [4, 12])}}`, 12), 'overlaps'],
    ['two tensors in one place', fileOf(`{"a":${entry('F32', [1], [0, 4])},"b":${entry('F32', [1], [0, 4])}}`, 4), 'overlaps'],
    ['a name twice', fileOf(`{"a":${entry('F32', [1], [0, 4])},"\\u0061":${entry('F32', [1], [0, 4])}}`, 4), '"a" twice'],
    ['metadata twice', fileOf('{"__metadata__":{},"__metadata__":{}}'), 'twice'],
    ['a metadata key twice', fileOf('{"__metadata__":{"k" : "1", "k":"2"}}'), '"k" twice'],
    ['an entry key twice', fileOf('{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}'), '"dtype" twice'],
    ['metadata as a list', fileOf('{"__metadata__":[]}'), 'not an object'],
    ['metadata that are not text', fileOf('{"__metadata__":{"a":1}}'), 'not a string'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(reasonOf(bytes)).toContain(reason);
  });

  it.each([
    ['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', 'Git LFS pointer'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'PNG'],
    ['PK\x03\x04\x14\0\0\0\x08\0archive/data.pkl', 'zip'],
    ['<!doctype html><html>', 'web page'],
    ['\x1f\x8b\x08\0\0\0\0\0\0\x03', 'gzip'],
    ['GGUF\x03\0\0\0\0\0\0\0', 'GGUF'],
  ])('knows %j for what it is', (start, reason) => {
    expect(reasonOf(Uint8Array.from(start, (character) => character.charCodeAt(0)))).toContain(reason);
  });

  it('reads a true header whose length spells another format', () => {
    // 0x8b1f bytes of header are the first two bytes of gzip.
    expect(readSafetensors(fileOf('{}'.padEnd(0x8b1f, ' '))).tensors).toEqual([]);
  });

  it('keeps its message short and its temper with hostile headers', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const many = JSON.stringify(new Array(100_000).fill(7));
    for (const header of [
      `{"${'n'.repeat(1_000_000)}":1}`,
      `{"a":{"dtype":"${'F'.repeat(1_000_000)}"}}`,
      `{"a":{"dtype":"F32","shape":${deep}}}`,
      `{"a":{"dtype":"F32","shape":${many},"data_offsets":[0,4]}}`,
      `{"a":{"dtype":"F32","shape":[],"data_offsets":${many}}}`,
      `{"__metadata__":{"${'k'.repeat(1_000_000)}":${deep}}}`,
    ]) {
      expect(reasonOf(fileOf(header, 4)).length).toBeLessThan(250);
    }
  });

  it('does not take a colon or brace inside a string for structure', () => {
    const metadata = { a: '":{}', 'b":{"a': 'x', '\\': '"', c: '\\"a":' };
    expect(readSafetensors(writeSafetensors(TENSORS, metadata)).metadata).toEqual(metadata);
    expect(readSafetensors(fileOf('{"__metadata__":{"a":"a","b":"a"}}')).metadata).toEqual({ a: 'a', b: 'a' });
  });
});

describe('half precision', () => {
  function readHalves(dtype: string, bits: Uint16Array): Float32Array {
    const bytes = fileOf(`{"h":${entry(dtype, [bits.length], [0, 2 * bits.length])}}`, 2 * bits.length);
    bytes.set(new Uint8Array(bits.buffer), bytes.length - 2 * bits.length);
    return readSafetensors(bytes).tensors[0]?.data ?? new Float32Array(0);
  }

  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x83ff, -1023 * 2 ** -24],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('reads F16 %i as %d', (bits, value) => {
    expect(readHalves('F16', Uint16Array.of(bits))[0]).toBe(value);
  });

  it('reads the 63,488 finite F16 numbers in strictly rising order', () => {
    const values = readHalves(
      'F16',
      Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits),
    );
    expect(values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0))).toBe(true);
    const negative = readHalves(
      'F16',
      Uint16Array.from({ length: 0x7c00 }, (_, bits) => 0x8000 | bits),
    );
    expect(negative.every((value, i) => value === -(values[i] ?? 0))).toBe(true);
  });

  it('reads BF16 as the upper half of F32', () => {
    expect([...readHalves('BF16', Uint16Array.of(0x3f80, 0xc000, 0x8000, 0x7f80, 0x0001))]).toEqual([
      1,
      -2,
      -0,
      Number.POSITIVE_INFINITY,
      2 ** -133,
    ]);
    expect(readHalves('BF16', Uint16Array.of(0x7fc0))[0]).toBeNaN();
  });
});

describe('requireFinite', () => {
  it('names the tensor, the value and where it stands', () => {
    expect(() => requireFinite(TENSORS)).not.toThrow();
    const broken = { name: 'bias', shape: [3], data: Float32Array.of(0, 1, Number.NaN) };
    expect(() => requireFinite([...TENSORS, broken])).toThrow(/"bias" holds NaN at position 2/);
    expect(() => requireFinite([{ ...broken, data: Float32Array.of(Number.NEGATIVE_INFINITY) }])).toThrow(CheckpointError);
  });
});

const weights = join(process.env.PATCHWORK_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'weights');
const noWeights = !existsSync(weights);
const namesIn = (folder: string): string[] => {
  const path = join(weights, folder);
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.safetensors')) : [];
};

describe.skipIf(noWeights)('on real files (needs PATCHWORK_DATA or ../shared/data)', () => {
  it('reads the converted models, and writes them back byte for byte', () => {
    const names = namesIn('converted');
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = readFileSync(join(weights, 'converted', name));
      const file = readSafetensors(bytes);
      expect(file.metadata).toEqual({ format: 'pt' });
      requireFinite(file.tensors);
      expect(bytes.equals(writeSafetensors(file.tensors, file.metadata)), name).toBe(true);
    }
  });

  it('refuses every file made bad with a reason, and the one with a NaN when weights must be finite', () => {
    const names = namesIn('made-bad');
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = readFileSync(join(weights, 'made-bad', name));
      if (name.startsWith('nan')) expect(() => requireFinite(readSafetensors(bytes).tensors)).toThrow(CheckpointError);
      else expect(reasonOf(bytes), name).not.toBe('it was read');
    }
  });

  it('names a Git LFS pointer and a number type that is not read', () => {
    expect(reasonOf(readFileSync(join(weights, 'lfs-pointer/model.safetensors')))).toContain('Git LFS pointer');
    for (const name of namesIn('candle')) expect(reasonOf(readFileSync(join(weights, 'candle', name)))).toContain('only F32');
  });
});
