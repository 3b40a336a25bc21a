/** Recorded steps of runs on several senses, on WebGPU, against the same steps run one by one: nothing may differ, not a bit. */
import { beforeAll, describe, expect, it } from 'vitest';
import { robustRun } from '../../src/config/robustRun.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { GraphStepper } from '../../src/engine/gpu/graphStepper.ts';
import { EagerStepper } from '../../src/engine/stepper.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampPairs, tinyPairsConfig } from '../tinyPairs.ts';

/** All kernels are compiled, on a processor that plays a GPU. */
const SLOW = { timeout: 300_000 };

const notices: string[] = [];

beforeAll(async () => {
  const environment = browserEnvironment();
  environment.onNotice = (message) => notices.push(message);
  expect((await selectBackend('webgpu', environment)).name).toBe('webgpu');
});

function makeRun(config: RunConfig, isEager = false): Run {
  const run = new Run(config, rampPairs());
  if (isEager) Reflect.set(run, 'stepper', new EagerStepper());
  else expect(Reflect.get(run, 'stepper')).toBeInstanceOf(GraphStepper);
  return run;
}

async function train(run: Run, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await run.step()).loss);
  return losses;
}

describe('a recorded step on several senses', () => {
  it('brings them together as eager steps do, bit for bit', SLOW, async () => {
    const [recorded, eager] = [makeRun(tinyPairsConfig()), makeRun(tinyPairsConfig(), true)];
    const losses = await train(recorded, 8);
    expect(losses).toEqual(await train(eager, 8));
    expect(new Set(losses).size).toBe(8);
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    expect(notices).toEqual([]);
    recorded.dispose();
    eager.dispose();
  });

  it('of one subset of labels leaves that of another alone: in turn they are what each is alone', SLOW, async () => {
    const labelled = (settings: Record<string, string | number>): RunConfig =>
      applySettings(robustRun(tinyPairsConfig()), {
        'optimiser.batch': 8,
        'optimiser.warmup': 0,
        'robust.labelsPerClass': 12,
        'robust.unlabelled': 40,
        ...settings,
      });
    const configs = [
      labelled({ 'robust.trainOn': 'picture+text', 'robust.method': 'FT' }),
      labelled({ 'robust.trainOn': 'picture', 'robust.method': 'MASD' }),
    ];
    const runs = configs.map((config) => makeRun(config));
    const inTurn: number[][] = [[], []];
    for (let i = 0; i < 5; i++) {
      for (const [k, run] of runs.entries()) inTurn[k].push(...(await train(run, 1)));
    }
    for (const [k, config] of configs.entries()) {
      const alone = makeRun(config, true);
      expect(inTurn[k]).toEqual(await train(alone, 5));
      expect(await runs[k].readWeights()).toEqual(await alone.readWeights());
      alone.dispose();
    }
    expect(inTurn[0]).not.toEqual(inTurn[1]);
    expect(notices).toEqual([]);
    for (const run of runs) run.dispose();
  });
});
