import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { embeddingSpread, judgeEmbeddings } from '../../src/metrics/embeddingCollapse.ts';

const D = 24;

function drawn(count: number, shared: number, seed = 1): Float32Array {
  const random = new Random(seed, 'rows');
  return Float32Array.from({ length: count * D }, () => shared + random.normal());
}

describe('embeddingSpread', () => {
  it('is near 1 where directions are drawn evenly, whatever their length, and 0 where all are the same', () => {
    const even = drawn(2000, 0);
    expect(embeddingSpread({ rows: even, d: D })).toBeGreaterThan(0.97);
    expect(embeddingSpread({ rows: even, d: D })).toBeLessThan(1.02);
    expect(embeddingSpread({ rows: even.map((value) => 1000 * value), d: D })).toBeCloseTo(
      embeddingSpread({ rows: even, d: D }),
      5,
    );
    expect(embeddingSpread({ rows: new Float32Array(50 * D).fill(3), d: D })).toBeLessThan(1e-6);
  });

  it('falls as all vectors share a direction', () => {
    expect(embeddingSpread({ rows: drawn(500, 200), d: D })).toBeLessThan(0.01);
    expect(embeddingSpread({ rows: drawn(500, 2), d: D })).toBeLessThan(0.6);
  });

  it('leaves absent members out', () => {
    const rows = new Float32Array(4 * D).fill(1);
    rows.fill(-1, 2 * D, 3 * D);
    const present = Uint8Array.from([1, 1, 0, 1]);
    expect(embeddingSpread({ rows, d: D })).toBeGreaterThan(0.5);
    expect(embeddingSpread({ rows, d: D, present })).toBeLessThan(1e-6);
    expect(embeddingSpread({ rows, d: D, present: Uint8Array.from([1, 0, 0, 0]) })).toBeNaN();
  });
});

describe('judgeEmbeddings', () => {
  it('names the sense that has collapsed, and takes numbers that are none for a collapse', () => {
    expect(judgeEmbeddings({ picture: 0.8, text: 0.5 })).toMatchObject({ verdict: 'healthy' });
    const { verdict, message } = judgeEmbeddings({ picture: 0.8, text: 0.004 });
    expect([verdict, message.includes('every text'), message.includes('0.0040')]).toEqual(['collapsed', true, true]);
    expect(judgeEmbeddings({ picture: Number.NaN }).verdict).toBe('collapsed');
  });
});
