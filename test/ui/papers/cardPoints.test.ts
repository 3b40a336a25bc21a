import { describe, expect, it } from 'vitest';
import type { CardForm, FigureCard, SweepPart } from '../../../src/config/figures/card.ts';
import { cardOf, FIGURE_CARDS } from '../../../src/config/figures/cards.ts';
import { RESULTS_VERSION } from '../../../src/config/resultsVersion.ts';
import { pointKey, sweepPoints } from '../../../src/config/sweep/points.ts';
import type { SweepResult } from '../../../src/trainer/sweep/plan.ts';
import {
  formOn,
  keysOf,
  partValues,
  plansOf,
  sayCardPoint,
  strayResults,
  takesFilesOf,
} from '../../../src/ui/papers/cardPoints.ts';
import { figureLink, linkedFigure } from '../../../src/ui/papers/link.ts';
import { placeAt } from '../../../src/ui/place.ts';

const card = cardOf('mae-mask-ratio') as FigureCard;
const part = card.sizes.quick.parts[0] as SweepPart;
const measured = (key: string): SweepResult => ({
  ...{ key, version: RESULTS_VERSION, at: {}, seed: 1, seconds: 1 },
  values: { linear: 0.5 },
});

describe('the points of a card', () => {
  it('stand in every part that shares them, at the values of its own axes', () => {
    const one: SweepPart = { ...part, sweep: { ...part.sweep, baselines: [] } };
    const other: SweepPart = {
      ...{ ...one, name: 'Steps' },
      sweep: { ...one.sweep, axes: [{ path: 'optimiser.steps', values: [one.sweep.base.optimiser.steps] }] },
    };
    const form: CardForm = { minutes: 1, parts: [one, other] };
    const [shared] = sweepPoints(other.sweep);
    const own = sweepPoints(one.sweep).find(({ at }) => at['task.maskRatio'] === one.sweep.base.task.maskRatio);
    if (shared === undefined || own === undefined) throw new Error('the base is one of the points');
    expect(pointKey(own)).toBe(pointKey(shared));
    const values = partValues(form, [measured(pointKey(shared))]);
    expect(values[one.name]).toMatchObject([{ at: own.at, measure: 'linear', value: 0.5 }]);
    expect(values.Steps).toMatchObject([{ at: shared.at, measure: 'linear', value: 0.5 }]);
    expect(sayCardPoint(form, pointKey(shared))).toMatch(/^MAE: Mask ratio 0\.75, seed 1$/);
  });

  it('of other settings or another version are in no line, and are counted', () => {
    const strange = measured('of an earlier version');
    expect(Object.values(partValues(card.sizes.quick, [strange])).flat()).toEqual([]);
    expect(strayResults(card.sizes.quick, [strange])).toEqual([strange]);
    const [key = ''] = keysOf(card.sizes.quick);
    expect(strayResults(card.sizes.quick, [measured(key)])).toEqual([]);
  });

  it('have names of their own on somebody’s files, where all parts can learn from them', () => {
    const own = keysOf(formOn(card, { size: 'quick', files: true }));
    expect([...keysOf(card.sizes.quick)].filter((key) => own.has(key))).toEqual([]);
    expect(takesFilesOf(card.sizes.quick, 'picture')).toBe(true);
    expect(takesFilesOf(card.sizes.quick, 'sound')).toBe(false);
  });

  it('of ensembles are its members, from whose answers all of them follow', () => {
    const { quick } = (cardOf('mp3-ensemble') as FigureCard).sizes;
    const keys = [...keysOf(quick)];
    expect(keys.map((key) => sayCardPoint(quick, key))).toEqual(
      ['MP3', 'MAE', 'MP3 again', 'MAE again'].map((name) => `${name}, seed 1`),
    );
    const answered = (key: string, i: number): SweepResult => ({
      ...measured(key),
      answers: { probabilities: i === 0 ? Float32Array.of(0.9, 0.1) : Float32Array.of(0.2, 0.8), truths: Uint16Array.of(0) },
    });
    const [values = []] = Object.values(partValues(quick, keys.slice(0, 2).map(answered)));
    expect(values.map(({ at, value }) => [at.contender, value])).toEqual([
      ['MP3', 1],
      ['MAE', 0],
      ['MP3 + MAE', 1],
    ]);
    expect(plansOf(quick).map(({ points }) => points.length)).toEqual([4]);
    expect(takesFilesOf(quick, 'picture')).toBe(true);
  });

  it.each(FIGURE_CARDS.map((one) => [one.id, one] as const))('of %s are named one by one, and said in words', (_, one) => {
    const keys = [...keysOf(one.sizes.quick)];
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => sayCardPoint(one.sizes.quick, key) === '')).toEqual([]);
  });
});

it('has a link that opens its page and names it', () => {
  expect(figureLink(card.id)).toBe('#papers?figure=mae-mask-ratio');
  expect(placeAt(figureLink(card.id))).toBe('papers');
  expect(linkedFigure(figureLink(card.id))).toBe(card.id);
  expect(linkedFigure('#papers')).toBeNull();
  expect(placeAt('#papersfigure')).toBe('pretrain');
});
