/** Runs of MAE whose targets are learned from training patches: that they learn, what is measured and drawn of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkRun } from '../../src/config/check.ts';
import { idleReason } from '../../src/config/idle.ts';
import { factsOf } from '../../src/config/objectives.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { stepFlops } from '../../src/trainer/flops.ts';
import { Run } from '../../src/trainer/run.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { startWasm, tinyConfig } from '../tinyRun.ts';
import { colourDataset } from './study/colours.ts';

beforeAll(startWasm);

const dataset = colourDataset(80, 20);

function maeOf(mae: Partial<RunConfig['mae']>, seed = 1): RunConfig {
  const tiny = tinyConfig({ learningRate: 0.003, seed });
  return {
    ...tiny,
    task: { objective: 'mae', maskRatio: 0.5 },
    mae: { ...tiny.mae, decoderDepth: 1, decoderWidth: 32, ...mae },
  };
}

async function last<T>(work: AsyncGenerator<undefined, T, void>): Promise<T> {
  for (;;) {
    const next = await work.next();
    if (next.done) return next.value;
  }
}

describe.each([{ target: 'pca', components: 6 } as const, { target: 'tokens', codes: 64 } as const])('with $target', (mae) => {
  it('learns, is looked at, and has the same tables for a seed', async () => {
    const run = new Run(maeOf(mae), dataset);
    const view = viewOf(run);
    const all = indexRange(0, 20);
    const before = await last(view.measure(dataset.heldOut, all, 0.5));
    const first = (await run.step()).loss;
    for (let step = 0; step < 40; step++) await run.step();
    const after = await last(view.measure(dataset.heldOut, all, 0.5));
    expect(after.scores.loss).toBeLessThan(before.scores.loss ?? 0);
    const board = await view.board(dataset.heldOut);
    expect(board).toMatchObject({ kind: 'painting', borrowed: false, learned: mae.target });
    if (board.kind === 'painting') expect(board.samples[0]?.predicted.some((value) => value > 0)).toBe(true);
    run.dispose();
    const again = new Run(maeOf(mae), dataset);
    expect((await again.step()).loss).toBe(first);
    again.dispose();
  });
});

it('tells how many entries are right beside chance and the most frequent one, on the same masks', async () => {
  const config = maeOf({ target: 'tokens', codes: 64 });
  const run = new Run(config, dataset);
  const view = viewOf(run);
  const all = indexRange(0, 20);
  expect((await last(view.measure(dataset.heldOut, all, 0.5))).references).toBeUndefined();
  if (view.references === undefined) throw new Error('no levels');
  const levels = await last(view.references(all));
  expect(levels.chance).toBe(1 / 64);
  expect(levels['most frequent']).toBeGreaterThan(0);
  const { scores, references, errors } = await last(view.measure(dataset.heldOut, all, 0.5));
  expect(references).toEqual(levels);
  expect(scores.tokenAccuracy).toBeGreaterThanOrEqual(0);
  expect(scores).not.toHaveProperty('maskedError');
  expect(errors.tokenAccuracy).toBeGreaterThanOrEqual(0);
  expect(factsOf(config).metrics.evaluation).toEqual(['tokenAccuracy']);
  expect(factsOf(config)).toBe(factsOf({ ...config }));
  run.dispose();
});

it('counts what the last layer says, whatever that is', () => {
  const run = new Run(maeOf({ target: 'pixels' }), dataset);
  const flops = (mae: Partial<RunConfig['mae']>) => stepFlops(maeOf(mae), run.subject);
  const [pixels, entries] = [flops({ target: 'pixels' }), flops({ target: 'tokens', codes: 64 })];
  const { spec, config } = run;
  const removed = spec.patches - Math.floor(spec.patches / 2);
  expect(pixels - entries).toBeCloseTo(2 * 3 * config.optimiser.batch * removed * 32 * (spec.patchLength - 64), 0);
  run.dispose();
});

it('is for MAE on numbers: elsewhere its settings do nothing, or are refused', () => {
  const distilled = withSetting(withSetting(defaultRun(), 'task.objective', 'selfDistillation'), 'mae.target', 'tokens');
  expect(checkRun(distilled).map(({ path }) => path)).toContain('mae.target');
  const full = withSetting(withSetting(defaultRun(), 'task.objective', 'selfDistillation'), 'mae.encoderSees', 'all');
  expect(checkRun(full).map(({ path }) => path)).toContain('mae.encoderSees');
  const config = maeOf({});
  expect(idleReason(config, 'mae.codes')).toContain('only for code book entries');
  expect(idleReason(maeOf({ target: 'tokens' }), 'mae.codes')).toBeUndefined();
  expect(idleReason(maeOf({ target: 'tokens' }), 'mae.components')).toContain('only for PCA');
});
