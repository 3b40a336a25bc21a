import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/config/limits.ts';
import { pictureCapacity } from '../../src/data/readers/pictures.ts';
import type { Refusal } from '../../src/data/samples.ts';
import { finalOrder, listPicks, NO_CLASS, thinOut } from '../../src/data/select.ts';
import type { Source } from '../../src/data/sources/source.ts';

function source(path: string, count: number, className?: string, split?: Source['split']): Source {
  return { path, count, split, classOf: () => className };
}

const refusals = (): Refusal[] => [];

describe('listPicks', () => {
  it('counts a split only when both sides have something', () => {
    const splits = (...sources: Source[]) => listPicks(sources, 'picture', refusals()).map(({ split }) => split);
    expect(splits(source('a', 1, undefined, 'train'), source('b', 1, undefined, 'heldOut'))).toEqual(['train', 'heldOut']);
    expect(splits(source('a', 1), source('b', 1, undefined, 'heldOut'))).toEqual(['train', 'heldOut']);
    expect(splits(source('a', 1, undefined, 'train'), source('b', 1))).toEqual([undefined, undefined]);
    expect(splits(source('b', 2, undefined, 'heldOut'))).toEqual([undefined, undefined]);
  });

  it('gives pictures without a class one, where others have one', () => {
    const classes = (...sources: Source[]) => listPicks(sources, 'picture', refusals()).map(({ className }) => className);
    expect(classes(source('a', 1, 'cat'), source('b', 1))).toEqual(['cat', NO_CLASS]);
    expect(classes(source('a', 1), source('b', 1))).toEqual([undefined, undefined]);
  });

  it('does without classes when there are too many', () => {
    const refused = refusals();
    const sources = Array.from({ length: LIMITS.classes + 1 }, (_, i) => source(`${i}`, 1, `class ${i}`));
    expect(listPicks(sources, 'picture', refused).every(({ className }) => className === undefined)).toBe(true);
    expect(refused).toEqual([
      { name: '1,001 classes', reason: expect.stringContaining('1,000'), sums: { modality: 'picture', count: 0 } },
    ]);
  });
});

describe('thinOut', () => {
  it('leaves out evenly over splits and classes', () => {
    const refused = refusals();
    const picks = listPicks(
      [source('a', 600, 'a', 'train'), source('b', 300, 'b', 'train'), source('c', 100, 'a', 'heldOut')],
      'picture',
      refused,
    );
    const kept = thinOut(picks, { most: 500, limit: '500 are the most' }, 'picture', refused);
    const count = (path: string) => kept.filter((pick) => pick.source.path === path).map(({ index }) => index);
    expect([count('a').length, count('b').length, count('c').length]).toEqual([300, 150, 50]);
    expect(count('c').slice(0, 3)).toEqual([1, 3, 5]);
    expect(refused).toEqual([
      { name: '500 pictures', reason: expect.stringContaining('500 are the most'), sums: { modality: 'picture', count: 500 } },
    ]);
  });

  it('never keeps more than fit', () => {
    const sources = Array.from({ length: 50 }, (_, i) => source(`${i}`, 1, `class ${i}`));
    expect(thinOut(listPicks(sources, 'picture', refusals()), { most: 20, limit: '' }, 'picture', refusals())).toHaveLength(20);
  });

  it('says nothing when all fit', () => {
    const refused = refusals();
    expect(thinOut(listPicks([source('a', 5)], 'picture', refused), { most: 5, limit: '' }, 'picture', refused)).toHaveLength(5);
    expect(refused).toEqual([]);
  });
});

it('knows how many pictures fit', () => {
  expect(pictureCapacity(32, 3)).toBe(LIMITS.samples);
  expect(pictureCapacity(64, 3)).toBe(43_690);
});

it('orders by path, then by place in the file', () => {
  const picks = listPicks([source('10', 2), source('9', 1)], 'picture', refusals());
  expect(finalOrder(picks).map(({ source: { path }, index }) => `${path}.${index}`)).toEqual(['9.0', '10.0', '10.1']);
});
