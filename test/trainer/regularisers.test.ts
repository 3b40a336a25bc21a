/** Whole runs with regularisers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { weightDistance } from '../../src/metrics/weightDistance.ts';
import { r3f } from '../../src/objectives/regularisers/r3f.ts';
import { supervisedLoss } from '../../src/objectives/supervised.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

const TIMEOUT = 120_000;
let pretrained: Uint8Array;

function configOf(supervised: Partial<RunConfig['supervised']>, objective: 'mae' | 'supervised' = 'supervised'): RunConfig {
  const config = tinyConfig({ steps: 8, warmup: 2 });
  const sincos = { ...config.supervised, positions: 'sincos' as const };
  const task = { objective, maskRatio: objective === 'mae' ? 0.5 : 0 };
  return { ...config, task, supervised: { ...sincos, ...supervised } };
}

function open(supervised: Partial<RunConfig['supervised']>): Run {
  const run = new Run(configOf(supervised), rampDataset());
  run.startFrom(pretrained);
  return run;
}

async function weightsAfter(run: Run, steps: number): Promise<Float32Array> {
  for (let i = 0; i < steps; i++) await run.step();
  return (await run.readWeights()).slice();
}

beforeAll(async () => {
  await startWasm();
  const run = new Run(configOf({}, 'mae'), rampDataset());
  pretrained = writeCheckpoint(run.parameters.placements, await weightsAfter(run, 3), savedInfo(run));
  run.dispose();
}, TIMEOUT);

describe('a regulariser', () => {
  it(
    'at weight 0, or in a ball that nothing leaves, is plain fine-tuning bit for bit, and otherwise is not',
    async () => {
      const plain = await weightsAfter(open({}), 4);
      const weightless: Partial<RunConfig['supervised']>[] = [
        { regulariser: 'l2sp', l2sp: 0 },
        { regulariser: 'recAdam', recAdamPull: 0 },
        { regulariser: 'mars', marsRadius: 1000 },
        { regulariser: 'r3f', r3f: 0 },
      ];
      for (const settings of weightless) expect(await weightsAfter(open(settings), 4)).toEqual(plain);
      // A pass that counts for nothing.
      const run = open({});
      const objective = { ...run.objective, ...weighing(run) };
      for (const holder of [run, Reflect.get(run, 'drawer')]) Reflect.set(holder, 'objective', objective);
      expect(await weightsAfter(run, 4)).toEqual(plain);
      const heavy: Partial<RunConfig['supervised']>[] = [
        { regulariser: 'l2sp', l2sp: 50 },
        { regulariser: 'recAdam', recAdamPull: 100 },
        { regulariser: 'mars', marsRadius: 0.02 },
        { regulariser: 'r3f', r3f: 10, r3fNoise: 1 },
      ];
      const start = open({}).pretrainedWeights ?? new Float32Array();
      const away = weightDistance(plain, start).distance;
      for (const settings of heavy) {
        const after = await weightsAfter(open(settings), 4);
        expect(after).not.toEqual(plain);
        if (settings.regulariser !== 'r3f') expect(weightDistance(after, start).distance).toBeLessThan(away);
      }
    },
    TIMEOUT,
  );

  it.each(['l2sp', 'recAdam', 'mars', 'r3f'] as const)(
    '%s goes on from a saved state as if nothing had been',
    async (regulariser) => {
      const settings = { regulariser, marsRadius: 0.05, recAdamMiddle: 3, recAdamPull: 100 };
      const unbroken = open(settings);
      await weightsAfter(unbroken, 2);
      const state = await unbroken.snapshot();
      const resumed = new Run(configOf(settings), rampDataset());
      resumed.restore(state);
      expect(resumed.pretrainedWeights).toEqual(unbroken.pretrainedWeights);
      expect(await weightsAfter(resumed, 2)).toEqual(await weightsAfter(unbroken, 2));
      unbroken.dispose();
      resumed.dispose();
    },
    TIMEOUT,
  );

  it('has nothing to hold on to from scratch, and says so', async () => {
    const run = new Run(configOf({ regulariser: 'mars' }), rampDataset());
    await expect(run.step()).rejects.toThrow(BadSettingError);
    await expect(run.step()).rejects.toThrow('from scratch there are none');
    run.dispose();
    const noised = new Run(configOf({ regulariser: 'r3f' }), rampDataset());
    await noised.step();
    noised.dispose();
  });
});

/** R3F of weight 0, which settings would leave out. */
function weighing(run: Run): object {
  const weightless = r3f({ lambda: 0, size: 0.5, shape: 'uniform' });
  const { objective } = run;
  return {
    draw: (...args: Parameters<typeof objective.draw>) => {
      const task = objective.draw(...args);
      const noise = weightless.draw?.([args[0].count, args[0].patches, run.spec.width], args[2]);
      return { ...task, tensors: { ...task.tensors, ...(noise && { noise }) } };
    },
    loss: (...[weights, task]: Parameters<typeof objective.loss>) =>
      supervisedLoss(weights, run.spec, run.config.supervised.pooling, task, weightless),
  };
}
