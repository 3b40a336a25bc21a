import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import {
  type CollapseSigns,
  judgeCollapse,
  spreadWithinWords,
  stdAcrossImages,
  takeCells,
  tokenStd,
  varyingCells,
} from '../../src/metrics/collapse.ts';
import reference from '../reference/metrics.json';

const values = Float32Array.from(reference.collapse.values);

/** (images, tokens, d) from a share of position code and a share of content, each of variance 1. */
function latents(position: number, content: number): Float32Array {
  const [images, tokens, d] = [64, 16, 8];
  const random = new Random(1, 'collapse');
  const code = Float32Array.from({ length: tokens * d }, () => random.normal());
  return Float32Array.from(
    { length: images * tokens * d },
    (_, i) => position * (code[i % (tokens * d)] ?? 0) + content * random.normal(),
  );
}

describe('tokenStd and stdAcrossImages', () => {
  it('are those of NumPy', () => {
    expect(tokenStd(values, 3)).toBeCloseTo(reference.collapse.std, 5);
    expect(stdAcrossImages(values, 5)).toBeCloseTo(reference.collapse.acrossImages, 5);
  });

  it('see content and position apart: a position code spreads over tokens and not over images', () => {
    const positional = latents(1, 0.06);
    expect(tokenStd(positional, 8)).toBeGreaterThan(0.8);
    expect(stdAcrossImages(positional, 64)).toBeCloseTo(0.06, 2);
    expect(stdAcrossImages(latents(0.7, 0.71), 64)).toBeCloseTo(0.71, 2);
  });

  it('do not lose a small spread beside a large mean, and show a NaN', () => {
    const shifted = Float32Array.from({ length: 600 }, (_, i) => 1000 + (Math.floor(i / 3) % 2 === 0 ? 0.5 : -0.5));
    expect(tokenStd(shifted, 3)).toBeCloseTo(0.5 * Math.sqrt(200 / 199), 6);
    expect(tokenStd(Float32Array.of(1, 2, Number.NaN, 4), 2)).toBeNaN();
  });

  it('need two of what they spread over', () => {
    expect(() => tokenStd(new Float32Array(3), 3)).toThrow('two rows');
    expect(() => tokenStd(new Float32Array(7), 3)).toThrow('rows of 3');
    expect(() => stdAcrossImages(values, 1)).toThrow('1 images');
    expect(() => stdAcrossImages(values, 7)).toThrow('7 images');
  });
});

describe('cells where pictures differ', () => {
  /** (images, cells, 4): at every third cell all pictures show the same. */
  const framed = (images: number, cells: number) => {
    const random = new Random(2, 'frame');
    return Float32Array.from({ length: images * cells * 4 }, (_, i) =>
      (Math.floor(i / 4) % cells) % 3 === 0 ? -0.4 : random.normal(),
    );
  };

  it('are those without a blank border, or all', () => {
    expect(varyingCells(framed(16, 9), 16, 9)).toEqual([1, 2, 4, 5, 7, 8]);
    expect(varyingCells(new Float32Array(2 * 9 * 4), 2, 9)).toHaveLength(9);
    expect(varyingCells(latents(0, 1), 64, 16)).toHaveLength(16);
  });

  it('are taken in order', () => {
    const values = Float32Array.from({ length: 2 * 3 * 2 }, (_, i) => i);
    expect([...takeCells(values, 2, 3, [2, 0])]).toEqual([4, 5, 0, 1, 10, 11, 6, 7]);
  });
});

describe('judgeCollapse', () => {
  // The two runs measured for methods 11, and what a start looks like.
  const healthy: CollapseSigns = { step: 600, predictionStd: 0.77, targetStd: 0.99, stdAcrossImages: 0.71, mse: 0.41 };

  it.each<[string, Partial<CollapseSigns>, string, RegExp]>([
    ['a healthy run', {}, 'healthy', /sample to sample.*0\.71/],
    [
      'the measured positional run',
      { stdAcrossImages: 0.06, mse: 0.014, predictionStd: 0.99, targetStd: 0.995 },
      'positional',
      /where/,
    ],
    ['targets of position alone whose error is still large', { stdAcrossImages: 0.29 }, 'positional', /0\.29, alarm below 0\.3/],
    ['an early error too good to be true', { step: 300, mse: 0.09 }, 'positional', /after 300 steps.*0\.090/],
    ['the same error, late', { step: 5000, mse: 0.09 }, 'healthy', /Healthy/],
    ['predictions that are all alike', { predictionStd: 0.002 }, 'collapsed', /student/],
    ['predictions that are all alike before training', { step: 0, predictionStd: 0.002, mse: 1.08 }, 'healthy', /Healthy/],
    ['targets that are all alike', { targetStd: 0.05, stdAcrossImages: 0.04, mse: 0.01 }, 'collapsed', /teacher/],
    [
      'values exactly at their thresholds',
      { predictionStd: 0.01, targetStd: 0.1, stdAcrossImages: 0.3, mse: 0.1 },
      'healthy',
      /./,
    ],
    ['a NaN', { stdAcrossImages: Number.NaN }, 'collapsed', /no longer numbers/],
    ['an infinity', { mse: Number.POSITIVE_INFINITY }, 'collapsed', /no longer numbers/],
  ])('calls %s by its name', (_, signs, verdict, sentence) => {
    const judged = judgeCollapse({ ...healthy, ...signs });
    expect(judged.verdict).toBe(verdict);
    expect(judged.sentence).toMatch(sentence);
    expect(judged.sentence).toMatch(/[.)]$/);
  });

  it('takes targets without layer norm for healthy at a smaller spread', () => {
    const speech = { ...healthy, targetStd: 0.92, stdAcrossImages: 0.29 };
    expect(judgeCollapse(speech, 'layer').verdict).toBe('positional');
    expect(judgeCollapse(speech, 'none')).toMatchObject({ verdict: 'healthy', sentence: expect.stringContaining('below 0.2') });
    expect(judgeCollapse({ ...speech, stdAcrossImages: 0.136 }, 'none').verdict).toBe('positional');
  });
});

describe('spread within words', () => {
  const [D, ROWS, KINDS] = [6, 600, 12];

  /** Rows of words in turn: a share of each word's own vector, a share of noise. Row 0 of each dozen is an empty place, far away. */
  function rows(word: number, noise: number): { values: Float32Array; ids: number[] } {
    const random = new Random(2, 'words');
    const own = Float32Array.from({ length: KINDS * D }, () => random.normal());
    const ids = Array.from({ length: ROWS }, (_, row) => (row % KINDS === 0 ? 0 : 2 + (row % KINDS)));
    const values = Float32Array.from({ length: ROWS * D }, (_, i) => {
      const kind = Math.floor(i / D) % KINDS;
      return kind === 0 ? 100 : word * own[kind * D + (i % D)] + noise * random.normal();
    });
    return { values, ids };
  }

  it('is nothing of a table of words, all of noise, and a share between', () => {
    const within = (word: number, noise: number) => {
      const { values, ids } = rows(word, noise);
      return spreadWithinWords(values, ids, D);
    };
    expect(within(1, 0)).toBeCloseTo(0, 10);
    expect(within(0, 1)).toBeGreaterThan(0.95);
    expect(within(0, 1)).toBeLessThanOrEqual(1);
    expect(within(1, 1)).toBeGreaterThan(0.4);
    expect(within(1, 1)).toBeLessThan(0.7);
  });

  it('is an alarm of its own where samples are texts, and makes that of spread across them stricter', () => {
    const signs = { step: 300, predictionStd: 0.5, targetStd: 0.5, stdAcrossImages: 0.8, mse: 0.4 };
    expect(judgeCollapse({ ...signs, withinWord: 0.06 }, 'none').verdict).toBe('healthy');
    expect(judgeCollapse({ ...signs, withinWord: 0.68 }, 'none')).toMatchObject({
      verdict: 'positional',
      sentence: expect.stringContaining('Targets tell places, not words: 0.68') as string,
    });
    expect(judgeCollapse({ ...signs, stdAcrossImages: 0.3, withinWord: 0.06 }, 'none').verdict).toBe('positional');
    expect(judgeCollapse({ ...signs, stdAcrossImages: 0.3 }, 'none').verdict).toBe('healthy');
  });
});
