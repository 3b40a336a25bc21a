import { describe, expect, it } from 'vitest';
import type { CardLine } from '../../src/config/figures/card.ts';
import { pictureRun, sweepPart } from '../../src/config/figures/parts.ts';
import { RESULTS_VERSION } from '../../src/config/resultsVersion.ts';
import { figureLines } from '../../src/metrics/figureLines.ts';
import type { SweepValue } from '../../src/metrics/sweepSummary.ts';
import { judge } from '../../src/metrics/verdict.ts';

const PART = sweepPart('MAE', {
  base: pictureRun('mae'),
  axes: { 'task.maskRatio': [0.5, 0.75], 'mae.mask': ['random', 'block'] },
  measures: ['linear', 'finetune'],
});
const FORM = { parts: [PART], minutes: 1 };

function linesOf(lines: readonly CardLine[], values: readonly SweepValue[]) {
  return figureLines({ charts: [{ title: '', y: { label: '', unit: 'share' }, lines, published: [] }] }, FORM, { MAE: values });
}

const value = (ratio: number, mask: string, seed: number, share: number, rest: Partial<SweepValue> = {}): SweepValue => ({
  at: { 'task.maskRatio': ratio, 'mae.mask': mask },
  seed,
  measure: 'linear',
  value: share,
  version: RESULTS_VERSION,
  ...rest,
});

describe('the lines of a card', () => {
  it('are means over seeds at each x, of the points that they are of', () => {
    const lines = linesOf(
      [{ name: 'Random', part: 'MAE', measure: 'linear', x: 'task.maskRatio', where: { 'mae.mask': 'random' } }],
      [
        value(0.75, 'random', 2, 0.5),
        value(0.75, 'random', 1, 0.4),
        value(0.5, 'random', 1, 0.3),
        value(0.5, 'block', 1, 0.9),
        value(0.5, 'random', 1, 0.9, { measure: 'finetune' }),
        value(0.5, 'random', 3, 0.9, { version: -1 }),
        value(0.5, 'random', 3, 0.9, { baseline: 'random' }),
      ],
    );
    expect(lines.Random).toHaveLength(2);
    expect(lines.Random[0]).toMatchObject({ x: 0.5, count: 1, mean: 0.3, seeds: [1], values: [0.3] });
    expect(lines.Random[1]).toMatchObject({ x: 0.75, count: 2, seeds: [1, 2], values: [0.4, 0.5] });
    expect(lines.Random[1].mean).toBeCloseTo(0.45);
    expect(lines.Random[1].deviation).toBeCloseTo(Math.SQRT1_2 / 10);
  });

  it('put what is no number at its place among the values, and a baseline without x as a level', () => {
    const lines = linesOf(
      [
        { name: 'Shapes', part: 'MAE', measure: 'linear', x: 'mae.mask', where: { 'task.maskRatio': 0.75 } },
        { name: 'Level', part: 'MAE', measure: 'finetune', x: 'mae.mask', baseline: 'scratch' },
        { name: 'Nothing', part: 'MAE', measure: 'linear', x: 'step' },
      ],
      [
        value(0.75, 'block', 1, 0.2),
        value(0.75, 'random', 1, 0.4),
        { at: {}, baseline: 'scratch', seed: 1, measure: 'finetune', value: 0.3, version: RESULTS_VERSION },
      ],
    );
    expect(lines.Shapes.map(({ x, mean }) => [x, mean])).toEqual([
      [0, 0.4],
      [1, 0.2],
    ]);
    expect(lines.Level).toEqual([{ count: 1, mean: 0.3, deviation: Number.NaN, seeds: [1], values: [0.3] }]);
    expect(lines.Nothing).toEqual([]);
  });

  it('are of one look at a run on its way, and per what they are divided by', () => {
    const looked = sweepPart('MAE', {
      base: pictureRun('mae'),
      axes: { 'task.maskRatio': [0.5] },
      measures: ['linear'],
      checkpointsAt: [10, 30],
    });
    const lines: CardLine[] = [
      { name: 'First', part: 'MAE', measure: 'linear', look: 0 },
      { name: 'Second, per ratio', part: 'MAE', measure: 'linear', look: 1, per: 'task.maskRatio' },
    ];
    const means = figureLines(
      { charts: [{ title: '', y: { label: '', unit: 'share' }, lines, published: [] }] },
      { parts: [looked], minutes: 1 },
      { MAE: [10, 30].map((step) => ({ ...value(0.5, 'random', 1, step / 100), step })) },
    );
    expect(Object.values(means).map((points) => points.map(({ mean }) => mean))).toEqual([[0.1], [0.6]]);
  });

  it('are scores over the mask ratio of the test, without that of training', () => {
    const lines = linesOf(
      [{ name: 'Error', part: 'MAE', measure: 'maskedError', x: 'testMaskRatio', where: { 'mae.mask': 'random' } }],
      ['maskedError@0.9', 'maskedError@0.5', 'maskedError', 'loss@0.5'].map((measure, i) =>
        value(0.5, 'random', 1, i, { measure }),
      ),
    );
    expect(lines.Error.map(({ x, mean }) => [x, mean])).toEqual([
      [0.5, 1],
      [0.9, 0],
    ]);
  });

  it('are what rules judge', () => {
    const lines = linesOf(
      [
        { name: 'Random', part: 'MAE', measure: 'linear', where: { 'mae.mask': 'random', 'task.maskRatio': 0.75 } },
        { name: 'Blocks', part: 'MAE', measure: 'linear', where: { 'mae.mask': 'block', 'task.maskRatio': 0.75 } },
      ],
      [1, 2, 3].flatMap((seed) => [value(0.75, 'random', seed, 0.4 + seed / 100), value(0.75, 'block', seed, 0.3 + seed / 100)]),
    );
    expect(judge({ rule: 'above', line: 'Random', than: 'Blocks' }, lines).verdict).toBe('holds');
    expect(judge({ rule: 'above', line: 'Blocks', than: 'Random' }, lines).verdict).toBe('does not hold');
  });
});
