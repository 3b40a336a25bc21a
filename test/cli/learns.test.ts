/** The short form of `npm run learns`: the same measurements on models that learn in seconds, with bounds of their own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { configOf, datasetOf } from '../../src/cli/learns/checks.ts';
import { type Claim, holds, sayClaim } from '../../src/cli/learns/claim.ts';
import { lossAt, pretrain, sensesOf, wordsAt } from '../../src/cli/learns/learn.ts';
import type { RobustTask } from '../../src/trainer/robustness/plan.ts';
import { startWasm } from '../tinyRun.ts';

const TINY = {
  'model.width': 32,
  'model.depth': 1,
  'model.heads': 2,
  'optimiser.batch': 32,
  'optimiser.warmup': 10,
};
const SLOW = { timeout: 240_000 };
const quietly = () => {};

beforeAll(startWasm);

it('words are learned beyond the most frequent one', SLOW, async () => {
  const config = configOf('bert-tales', 1, { ...TINY, 'optimiser.learningRate': 0.005, 'optimiser.steps': 300 });
  const right = await wordsAt({ config, step: 60, tested: 100, maskRatio: 0.15 }, await datasetOf(config), quietly);
  // "." is 0.145 of all words; measured 0.183.
  expect(right).toBeGreaterThan(0.16);
});

it('pictures and captions find each other, and labels of captions are learned and tested by subset', SLOW, async () => {
  const config = configOf('contrastive-pairs', 1, {
    ...TINY,
    'pair.senses': 'picture+text',
    'pair.uninformative': 0,
    'pair.occlusion': 0,
    'pair.noise': 0.05,
    'optimiser.learningRate': 0.004,
    'optimiser.steps': 60,
  });
  const dataset = await datasetOf(config);
  const pretrained = await pretrain(config, dataset, quietly);
  // ln 32 = 3.47 before anything is learned, and for long with a temperature that is its inverse; measured 2.92.
  expect(lossAt(pretrained, 60)).toBeLessThan(3.2);
  const settings = { 'robust.labelsPerClass': 10, 'optimiser.learningRate': 0.002, 'optimiser.steps': 20, 'optimiser.batch': 32 };
  const needed = ({ trainedOn }: RobustTask) => trainedOn.join() === 'text';
  const of = await sensesOf(pretrained, { methods: ['FT'], settings, tested: 100, needed }, dataset, quietly);
  // Every caption names its class.
  expect(of('FT', 'equal').performance).toBeGreaterThan(60);
  expect(of('MASD', 'equal').performance).toBeNaN();
});

describe('A claim', () => {
  const claim = (measured: number, bound: Claim['bound']): Claim => ({ what: 'it', measured, bound });

  it('holds beyond its bound only', () => {
    expect([0.57, 0.58, 0.59].map((measured) => holds(claim(measured, { above: 0.58 })))).toEqual([false, false, true]);
    expect([3.9, 3.85, 3.8].map((measured) => holds(claim(measured, { below: 3.85 })))).toEqual([false, false, true]);
  });

  it('does not hold where nothing was measured', () => {
    expect(holds(claim(Number.NaN, { above: 0 }))).toBe(false);
    expect(holds(claim(Number.NaN, { below: 0 }))).toBe(false);
  });

  it('says what was measured against what', () => {
    expect(sayClaim(claim(0.68423, { above: 0.58 }))).toBe('it: 0.6842, has to be above 0.58: holds');
    expect(sayClaim(claim(4.1, { below: 3.85 }))).toBe('it: 4.1, has to be below 3.85: MISSED');
  });

  it('is of the ten batches up to a step, and of no step that was not done', () => {
    const losses = Array.from({ length: 30 }, (_, i) => i);
    expect(lossAt({ losses }, 20)).toBe(14.5);
    expect(lossAt({ losses }, 31)).toBeNaN();
  });
});
