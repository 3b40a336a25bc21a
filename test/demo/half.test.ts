import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { fromBase64, fromHalves, toBase64, toHalves } from '../../src/demo/half.ts';
import { readFloats } from '../../src/io/floats.ts';

describe('numbers in 16 bits', () => {
  it('come back as they were, every one of the finite ones', () => {
    const halves = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter((bits) => ((bits >> 10) & 31) !== 31);
    const values = fromHalves(halves);
    expect(values).toEqual(readFloats('F16', new Uint8Array(halves.buffer)));
    // There are two zeros, and each stays itself.
    expect(toHalves(values)).toEqual(halves);
  });

  it('are the nearest that there are, ties to even', () => {
    const random = new Random(1, 'halves');
    const values = Float32Array.from({ length: 2000 }, (_, i) => random.normal() * 10 ** ((i % 12) - 8));
    const halves = toHalves(values);
    const found = fromHalves(halves);
    const near = (bits: number) => fromHalves(Uint16Array.of(bits))[0] ?? 0;
    values.forEach((value, i) => {
      const bits = halves[i] ?? 0;
      const error = Math.abs((found[i] ?? 0) - value);
      for (const other of [bits - 1, bits + 1]) {
        if ((other & 0x7fff) >= 0x7c00 || other < 0) continue;
        expect(error).toBeLessThanOrEqual(Math.abs(near(other) - value));
      }
    });
    expect(Array.from(toHalves(Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 65519, 1e9, -1e9)))).toEqual([
      0x3c00, 0x3c02, 0, 0x7bff, 0x7bff, 0xfbff,
    ]);
  });
});

it('base64 carries bytes of every length', () => {
  for (const length of [0, 1, 2, 3, 0x7ffe, 0x7fff, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) & 255);
    const text = toBase64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(text)).toEqual(bytes);
  }
});
