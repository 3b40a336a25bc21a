import { describe, expect, it } from 'vitest';
import { BadDataError } from '../../src/base/errors.ts';
import { Random } from '../../src/base/random.ts';
import { chooseLabelled } from '../../src/objectives/labels.ts';

const CLASSES = ['cat', 'dog', 'ship'];
// 60 cats, 30 dogs, 10 ships.
const LABELS = Uint16Array.from({ length: 100 }, (_, i) => (i % 10 === 9 ? 2 : i % 10 > 5 ? 1 : 0));
const choose = (perClass: number, seed = 1) =>
  chooseLabelled({ count: LABELS.length, labels: LABELS, classes: CLASSES }, perClass, new Random(seed, 'labelled'));

describe('chooseLabelled', () => {
  it.each([1, 4, 10])('takes %i pictures of each class, each once', (perClass) => {
    const chosen = choose(perClass);
    expect(new Set(chosen).size).toBe(3 * perClass);
    for (const label of [0, 1, 2]) expect(chosen.filter((index) => LABELS[index] === label)).toHaveLength(perClass);
  });

  it('takes the same ones for the same seed, others for another, from all over the set', () => {
    expect(choose(4)).toEqual(choose(4));
    expect(choose(4, 2)).not.toEqual(choose(4));
    const cats = new Set(Array.from({ length: 30 }, (_, seed) => choose(4, seed).filter((index) => LABELS[index] === 0)).flat());
    expect(cats.size).toBeGreaterThan(45);
  });

  it('adds to a smaller set of the same seed', () => {
    expect(choose(8)).toEqual(expect.arrayContaining(choose(3)));
  });

  it('takes all for 0', () => {
    expect(choose(0)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it.each<[string, Uint16Array | undefined, string[], number, RegExp]>([
    ['no labels', undefined, [], 0, /have no labels/],
    ['one class', new Uint16Array(5), ['cat'], 0, /one class \(cat\)/],
    ['one class of three', new Uint16Array(5).fill(1), CLASSES, 2, /one class \(dog\)/],
    ['too few of a class', LABELS, CLASSES, 11, /Class ship has 10 training samples, fewer than the 11 labels/],
    ['none of a class', Uint16Array.of(0, 1, 0, 1), CLASSES, 1, /Class ship has 0 training samples/],
  ])('refuses %s', (_, labels, classes, perClass, message) => {
    const attempt = () => chooseLabelled({ count: 5, labels, classes }, perClass, new Random(1));
    expect(attempt).toThrow(BadDataError);
    expect(attempt).toThrow(message);
  });
});
