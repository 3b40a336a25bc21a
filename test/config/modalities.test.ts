import { describe, expect, it } from 'vitest';
import { cellCount, gridText, sidesOf, tokensOn } from '../../src/config/modalities/tokens.ts';
import { gridOf, modalityOf, tokenCount, tokensOf } from '../../src/config/modalities.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';

function pictureRun(size: number, patch: number): RunConfig {
  const config = defaultRun();
  return { ...config, picture: { ...config.picture, size, patch } };
}

describe('what a run’s samples are cut into', () => {
  it.each([
    [32, 8, 4],
    [28, 7, 4],
    [224, 16, 14],
  ])('pictures of %i px in patches of %i are a square grid', (size, patch, side) => {
    const config = pictureRun(size, patch);
    expect(modalityOf(config)).toBe('picture');
    expect(gridOf(config)).toEqual([side, side]);
    expect(tokenCount(config)).toBe(side * side);
    expect(tokensOf(config, { channels: 3 })).toEqual({
      modality: 'picture',
      grid: [side, side],
      count: side * side,
      layout: [patch, patch, 3],
      length: patch * patch * 3,
    });
    expect(tokensOf(config, { channels: 1 })).toMatchObject({ layout: [patch, patch, 1], length: patch * patch });
  });
});

describe('tokens', () => {
  it('are as many as a grid has cells, and as long as their layout, on a line too', () => {
    expect(tokensOn('picture', [3, 5], [2, 7, 1])).toMatchObject({ count: 15, length: 14 });
    expect(tokensOn('picture', [25], [160])).toMatchObject({ count: 25, length: 160, grid: [25], layout: [160] });
  });

  it('lie on a grid of one row where they lie on a line', () => {
    expect(sidesOf([25])).toEqual([1, 25]);
    expect(sidesOf([3, 5])).toEqual([3, 5]);
    expect(cellCount([25])).toBe(25);
    expect([gridText([3, 5]), gridText([25])]).toEqual(['3 x 5', '25']);
  });
});
