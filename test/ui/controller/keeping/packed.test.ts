import { describe, expect, it } from 'vitest';
import { pack, unpackData } from '../../../../src/ui/controller/keeping/packed.ts';

const data = {
  step: 1240,
  name: 'Wörter',
  none: null,
  scores: { loss: Number.NaN, most: Number.POSITIVE_INFINITY },
  frames: [
    { order: Uint16Array.of(3, 1, 2), confidence: Float32Array.of(0.25, Number.NaN) },
    { pixels: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]).subarray(2, 5), precise: Float64Array.of(1 / 3) },
  ],
  empty: new Int32Array(0),
};

describe('packed data', () => {
  it('comes back as it was, arrays and what is no number included', () => {
    expect(unpackData(pack(data))).toEqual(data);
  });

  it('can lie anywhere in a buffer', () => {
    const bytes = pack(data);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(unpackData(shifted.subarray(3))).toEqual(data);
  });

  it('is nothing when a byte is not the one that was written, or some are missing', () => {
    const bytes = pack(data);
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = bytes.slice();
      flipped[at] ^= 4;
      expect(unpackData(flipped)).toBeUndefined();
      expect(unpackData(bytes.subarray(0, at))).toBeUndefined();
    }
  });

  it('takes no array from outside', () => {
    const outside = pack({ $numbers: ['Uint8Array', 0, 64] });
    expect(unpackData(outside)).toBeUndefined();
    expect(unpackData(pack({ $numbers: ['constructor', 0, 1] }))).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(unpackData(pack(JSON.parse('{"__proto__": {"polluted": 1}}')))).toBeDefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
