import { gzipSync as nodeGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { unpackGzip } from '../../../src/data/archives/gzip.ts';
import { Pace } from '../../../src/data/pace.ts';
import { joined } from '../makeFiles.ts';

const random = new Random(1, 'gzip');
const NOISE = Uint8Array.from({ length: 100_000 }, () => random.below(256));
const WORDS = new TextEncoder().encode('some words, and again '.repeat(5000));

async function unpack(bytes: Uint8Array, limit = 2 ** 30) {
  const { blob, ...rest } = await unpackGzip(new Blob([new Uint8Array(bytes)]), limit, new Pace(() => {}), 'Unpacking');
  return { bytes: new Uint8Array(await blob.arrayBuffer()), ...rest };
}

/** Vitest compares long arrays slowly. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

describe('unpackGzip', () => {
  it.each([
    ['noise', NOISE],
    ['words', WORDS],
    ['one byte', Uint8Array.of(7)],
    ['nothing', new Uint8Array(0)],
  ])('unpacks %s', async (_, bytes) => {
    const result = await unpack(nodeGzip(bytes));
    expect(result).toMatchObject({ untrusted: false });
    expect(result).not.toHaveProperty('damage');
    expect(same(result.bytes, bytes)).toBe(true);
  });

  it('takes members in a row for one file', async () => {
    const many = Array.from({ length: 40 }, (_, i) => NOISE.subarray(i * 1000, i * 1000 + (i % 3) * 500));
    const { bytes, damage } = await unpack(joined(...many.map((part) => nodeGzip(part))));
    expect(damage).toBeUndefined();
    expect(same(bytes, joined(...many))).toBe(true);
  });

  it('notices a cut anywhere, and keeps what came before', async () => {
    const packed = nodeGzip(WORDS);
    for (const length of [
      11,
      100,
      packed.length >> 1,
      packed.length - 9,
      packed.length - 8,
      packed.length - 4,
      packed.length - 1,
    ]) {
      const result = await unpack(packed.subarray(0, length)).catch((error: Error) => error.message);
      if (typeof result === 'string') expect(result).toMatch(/cut off/);
      else {
        expect(result.damage, `${length} of ${packed.length}`).toMatch(/cut off/);
        expect(result.untrusted).toBe(true);
        expect(same(result.bytes, WORDS.subarray(0, result.bytes.length))).toBe(true);
      }
    }
    expect((await unpack(packed.subarray(0, packed.length - 8))).bytes).toHaveLength(WORDS.length);
    expect((await unpack(nodeGzip(NOISE).subarray(0, 70_000))).bytes.length).toBeGreaterThan(50_000);
  });

  it('notices a cut in the second member', async () => {
    const two = joined(nodeGzip(NOISE), nodeGzip(WORDS));
    expect((await unpack(two.subarray(0, two.length - 100))).damage).toMatch(/cut off/);
  });

  it('notices a wrong checksum', async () => {
    const packed = new Uint8Array(nodeGzip(NOISE));
    packed[packed.length - 6] ^= 1;
    const { damage, untrusted } = await unpack(packed);
    expect(damage).toMatch(/checksum/);
    expect(untrusted).toBe(true);
  });

  it('notices a wrong checksum in the first of two members', async () => {
    const packed = new Uint8Array(nodeGzip(NOISE));
    packed[packed.length - 6] ^= 1;
    expect((await unpack(joined(packed, nodeGzip(WORDS)))).damage).toMatch(/checksum/);
  });

  it('passes over bytes after the end', async () => {
    for (const junk of [1, 3, 4, 9, 200, 100_000]) {
      const { bytes, damage, untrusted } = await unpack(joined(nodeGzip(WORDS), new Uint8Array(junk)));
      expect(same(bytes, WORDS)).toBe(true);
      expect(damage, `${junk} bytes`).toMatch(/other bytes after its end/);
      expect(untrusted).toBe(false);
    }
  });

  it('stops a bomb at the limit', async () => {
    const bomb = nodeGzip(new Uint8Array(2 ** 23));
    expect(bomb.length).toBeLessThan(2 ** 16);
    await expect(unpack(bomb, 2 ** 20)).rejects.toThrow(/unpacks to more than the 1 MiB/);
  });

  it('survives any damage', async () => {
    const packed = nodeGzip(WORDS);
    for (let i = 0; i < 60; i++) {
      const broken = new Uint8Array(packed);
      for (let k = 0; k <= i % 4; k++) broken[random.below(broken.length)] = random.below(256);
      const result = await unpack(broken).catch((error: Error) => error.name);
      if (typeof result === 'string') expect(result).toBe('BadDataError');
      else if (result.damage === undefined) expect(same(result.bytes, WORDS)).toBe(true);
    }
  });
});
