import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../src/config/modalities.ts';
import { OBJECTIVE_FACTS, OBJECTIVE_NAMES, type ObjectiveName } from '../../../src/config/objectives.ts';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import {
  curveSeries,
  type Known,
  lastStep,
  newestValues,
  phaseMarkers,
  referencesOf,
  sayCurve,
  valuesAt,
} from '../../../src/ui/charts/curves.ts';
import { OBJECTIVE_PAGES } from '../../../src/ui/objectives/registry.ts';
import { NO_CURVES } from '../../../src/ui/store/curves.ts';

const curves = {
  ...NO_CURVES,
  training: { bucket: 1, points: [{ step: 480, phase: 0, values: { loss: 2, positionAccuracy: 0.25 }, count: 1 }] },
  heldOut: [{ step: 450, scores: { loss: 2.1, positionAccuracy: 0.2 } }],
};

function known(objective: ObjectiveName, more: Partial<Known> = {}): Known {
  const config = withObjective(defaultRun(), objective);
  return { config, patchLength: tokensOf(config, { channels: 3 }).length, classes: 10, ceiling: null, measured: {}, ...more };
}

describe('the curves', () => {
  const [main, loss] = OBJECTIVE_PAGES.mp3.charts;
  const mp3 = defaultRun();

  it('shows no line for what has no point', () => {
    expect(curveSeries(NO_CURVES, main, mp3)).toEqual([]);
    const unknown = { ...curves, heldOut: [{ step: 1, scores: { loss: Number.NaN } }] };
    expect(curveSeries(unknown, loss, mp3).map(({ name }) => name)).toEqual(['train']);
  });

  it('says held-out before training', () => {
    expect(newestValues(curveSeries(curves, main, mp3), 'positionAccuracy')).toBe('held-out 20.0 %, train 25.0 %');
    expect(newestValues(curveSeries(curves, loss, mp3), 'loss')).toBe('held-out 2.10, train 2.00');
  });

  it('says what it was at an earlier step, and where that was measured', () => {
    const run = {
      ...curves,
      training: {
        bucket: 4,
        points: [4, 8, 12].map((step) => ({ step, phase: 0, values: { loss: 2, positionAccuracy: 0.25 }, count: 4 })),
      },
    };
    const said = (step: number) => valuesAt(curveSeries(run, main, mp3), step, sayCurve('positionAccuracy'));
    expect(said(7)).toBe('step 7: held-out 20.0 % (step 450), train 25.0 %');
    // Outside of what was trained the nearest is no answer without its step.
    expect(said(450)).toBe('step 450: held-out 20.0 %, train 25.0 % (step 12, smoothed)');
  });

  it('ends where the run is', () => {
    expect(lastStep(curves)).toBe(480);
    expect(lastStep(NO_CURVES)).toBe(0);
  });

  it.each(OBJECTIVE_NAMES)('of %s are of numbers that it reports', (objective) => {
    const { step, evaluation } = OBJECTIVE_FACTS[objective].metrics;
    const [first] = OBJECTIVE_PAGES[objective].charts;
    expect(first.heldOut[0].metric).toBe(evaluation[0]);
    for (const plan of OBJECTIVE_PAGES[objective].charts) {
      expect(['loss', ...step, undefined]).toContain(plan.training);
      for (const { metric } of plan.heldOut) expect(['loss', ...evaluation, ...step]).toContain(metric);
    }
  });
});

describe('reference lines', () => {
  const names = (objective: ObjectiveName, more?: Partial<Known>): string[] =>
    referencesOf(OBJECTIVE_FACTS[objective].metrics.evaluation[0], known(objective, more), true).map(({ name }) => name);

  it('has chance for positions, and what was measured once it is known', () => {
    expect(names('mp3')).toEqual(['chance']);
    expect(names('mp3', { measured: { 'content only': 0.12 } })).toEqual(['chance', 'content only']);
    const { measured } = known('mp3', { measured: { 'content only': 0.12 } });
    expect(referencesOf('positionAccuracy', known('mp3', { measured }), false).map(({ name }) => name)).toEqual(['chance']);
    expect(referencesOf('positionAccuracy', known('mp3'), true)[0]).toMatchObject({ y: 1 / 16, value: '6.3 %' });
    expect(referencesOf('loss', known('mp3'), false)[0].y).toBeCloseTo(Math.log(16));
  });

  it('has chance among a batch, and what a perfect matcher loses, for the loss of finding partners', () => {
    const measured = { 'perfect matcher': 1.95 };
    const levels = referencesOf('loss', known('contrastive', { measured }), false);
    expect(levels.map(({ name }) => name)).toEqual(['chance', 'perfect matcher']);
    expect(levels[0].y).toBeCloseTo(Math.log(known('contrastive').config.optimiser.batch));
    expect(levels[1].y).toBe(1.95);
    // What is measured for the accuracy of puzzles is no loss.
    expect(referencesOf('loss', known('mp3', { measured: { 'content only': 0.12 } }), false)).toHaveLength(1);
  });

  it('draws a ceiling only where there is one', () => {
    const [, ceiling] = referencesOf('positionAccuracy', known('mp3', { ceiling: 0.86 }), true);
    expect(ceiling).toMatchObject({ name: 'ceiling', y: 0.86, value: '86 %' });
    expect(names('mp3', { ceiling: 0.999 })).toEqual(['chance']);
  });

  it('has the zero predictor of normalised targets, and none of raw pixels', () => {
    expect(referencesOf('maskedError', known('mae'), true)).toMatchObject([{ name: 'zeros', y: 47 / 48 }]);
    expect(referencesOf('maskedError', known('mae', { patchLength: 16 }), true)).toMatchObject([{ y: 15 / 16 }]);
    expect(referencesOf('maskedError', known('mae', { patchLength: null }), true)).toEqual([]);
    const raw = withSetting(known('mae').config, 'mae.target', 'pixels');
    expect(referencesOf('maskedError', known('mae', { config: raw }), true)).toEqual([]);
    const measured = { zeros: 0.41 };
    for (const metric of ['maskedError', 'visibleError'] as const) {
      expect(referencesOf(metric, known('mae', { measured }), false)).toMatchObject([{ name: 'zeros', y: 0.41, value: '0.410' }]);
    }
    const colour = { measured: { 'mean colour': 0.8 } };
    expect(referencesOf('absoluteError', known('simmim', colour), true)).toMatchObject([{ name: 'mean colour', y: 0.8 }]);
    expect(referencesOf('perDimension', known('data2vec'), true)).toMatchObject([{ name: 'zeros', y: 1 }]);
  });

  it('has chance for classes, where there are classes', () => {
    expect(referencesOf('accuracy', known('supervised'), true)).toMatchObject([{ name: 'chance', y: 0.1 }]);
    expect(names('supervised', { classes: 0 })).toEqual([]);
  });
});

describe('phases', () => {
  it('have the distance to the teacher only where there is a teacher', () => {
    const { config } = known('selfDistillation');
    const point = (step: number, phase: number) => ({ step, phase, values: { distillation: phase }, count: 1 });
    const run = { ...NO_CURVES, training: { bucket: 1, points: [point(9, 0), point(1200, 1), point(1600, 2)] } };
    expect(curveSeries(run, OBJECTIVE_PAGES.selfDistillation.charts[1], config)[0].points).toEqual([{ x: 1600, y: 2 }]);
  });

  it('are marked where they begin, as soon as the run is there', () => {
    const { config } = known('selfDistillation');
    expect(phaseMarkers(config, 999)).toEqual([]);
    expect(phaseMarkers(config, 1200).map(({ x }) => x)).toEqual([1000]);
    expect(phaseMarkers(config, 1600).map(({ x }) => x)).toEqual([1000, 1500]);
  });

  it('are not marked where there is only one', () => {
    expect(phaseMarkers(defaultRun(), 3000)).toEqual([]);
  });
});
