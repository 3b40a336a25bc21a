import { expect, it } from 'vitest';
import type { FigureCard, SweepPart } from '../../../src/config/figures/card.ts';
import { cardOf } from '../../../src/config/figures/cards.ts';
import { RESULTS_VERSION } from '../../../src/config/resultsVersion.ts';
import { pointKey, sweepPoints } from '../../../src/config/sweep/points.ts';
import { type CardResult, cardResult } from '../../../src/metrics/cardResult.ts';
import { figureLines } from '../../../src/metrics/figureLines.ts';
import { partValues } from '../../../src/ui/papers/cardPoints.ts';
import { shownOf } from '../../../src/ui/papers/shown.ts';

const card = cardOf('mae-mask-ratio') as FigureCard;
const { sweep } = card.sizes.careful.parts[0] as SweepPart;
const results = sweepPoints(sweep).map((point, i) => ({
  ...{ key: pointKey(point), version: RESULTS_VERSION, at: point.at, seed: point.seed, seconds: 1 },
  values: { linear: i / 100, finetune: i / 50 },
}));
const values = partValues(card.sizes.careful, results);
/** As it was committed, and comes back from JSON. */
const committed: CardResult = JSON.parse(
  JSON.stringify(cardResult(card, 'careful', values, { data: 'CIFAR-10', command: 'npm' })),
);

it('shows what we measured as it was, and the visitor’s own apart from it and first', () => {
  const [ours, ...others] = shownOf(card, null, committed);
  expect(others).toEqual([]);
  expect(ours).toMatchObject({ whose: 'ours', said: 'Measured by us: 3 seeds, CIFAR-10' });
  expect(ours?.lines).toEqual(figureLines(card, card.sizes.careful, values));
  const quick = sweepPoints((card.sizes.quick.parts[0] as SweepPart).sweep);
  const report = {
    sweep: { card: card.id, size: 'quick', files: false },
    ...{ datasetName: 'Scenes', devices: [], skipped: [], outcome: 'stopped' as const, problem: null },
  } as const;
  expect(shownOf(card, { ...report, results: [] }, committed).map(({ whose }) => whose)).toEqual(['ours']);
  const own = quick.map((point) => ({
    ...{ key: pointKey(point), version: RESULTS_VERSION, at: point.at, seed: 1, values: { linear: 0.9 }, seconds: 1 },
  }));
  const both = shownOf(card, { ...report, results: own }, committed);
  expect(both.map(({ said }) => said)).toEqual(['Measured by you: 1 seed, Scenes', 'Measured by us: 3 seeds, CIFAR-10']);
  expect(both[0]?.lines['Linear probe']?.every(({ mean }) => mean === 0.9)).toBe(true);
});

it('says what was measured on by its name, and not by that of a folder', () => {
  const [ours] = shownOf(card, null, { ...committed, data: 'cifar10-jpg/train' });
  expect(ours?.said).toBe('Measured by us: 3 seeds, CIFAR-10');
  const [drawn] = shownOf(card, null, { ...committed, data: 'Scenes' });
  expect(drawn?.said).toBe('Measured by us: 3 seeds, Scenes');
});
