/** Recorded steps on WebAssembly against the same steps run one by one: nothing may differ, not a bit. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { startingRun, withObjective } from '../../src/config/presets.ts';
import { robustRun } from '../../src/config/robustRun.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type Dataset, selectSamples } from '../../src/data/samples.ts';
import { RecordedStepper } from '../../src/engine/recorded/recordedStepper.ts';
import type { StepFunction } from '../../src/engine/stepper.ts';
import { currentSimd } from '../../src/ops/simd/instance.ts';
import { limitSimdThreads } from '../../src/ops/simd/register.ts';
import { Run } from '../../src/trainer/run.ts';
import { formWith } from '../formWith.ts';
import { OF_ONE_KIND } from '../oneKind.ts';
import { rampPairs, tinyPairsConfig } from '../tinyPairs.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';
import { expectSame, numbersOf, runBoth } from './stepNumbers.ts';
import { pairs, range, tiny } from './tinyPairRuns.ts';

const STEPS = 50;
const SLOW = { timeout: 120_000 };

beforeAll(startWasm);
afterEach(() => limitSimdThreads(Number.POSITIVE_INFINITY));

/** @returns why some steps were not recorded */
async function compare(config: RunConfig, dataset: () => Dataset): Promise<string[]> {
  const both = runBoth(config, dataset);
  await expectSame(both, STEPS);
  const refusals = [...both.stepper.refusals.values()];
  for (const run of [both.recorded, both.eager]) run.dispose();
  return refusals;
}

const long = (config: RunConfig): RunConfig => applySettings(config, { 'optimiser.steps': STEPS });
const pictures = (objective: ObjectiveName): RunConfig =>
  long(applySettings(withObjective(tinyConfig(), objective), { 'picture.patch': 7, 'optimiser.batch': 4 }));

describe('a recorded step gives the losses and weights of eager steps, bit for bit, for 50 steps', () => {
  it.each(OF_ONE_KIND)('%s on pictures', SLOW, async (objective) => {
    expect(await compare(pictures(objective), rampDataset)).toEqual([]);
  });

  it.each(OF_ONE_KIND)('%s on texts', SLOW, async (objective) => {
    expect(await compare(long(textConfig(objective)), () => storyFiles('tales'))).toEqual([]);
  });

  it.each(OF_ONE_KIND)('%s on sounds', SLOW, async (objective) => {
    const { name, train, heldOut } = await builtInDataset('syllables', formWith(), 1);
    const few = (set: typeof train, count: number) => selectSamples(set, range(count));
    const dataset = { name, train: few(train, 60), heldOut: few(heldOut, 20), heldOutIsTrain: false };
    const config = applySettings(startingRun({ dataset: 'syllables', modality: 'picture' }, objective), {
      ...{ 'model.width': 32, 'model.depth': 2, 'model.heads': 2, 'optimiser.batch': 4, 'optimiser.warmup': 0 },
    });
    expect(await compare(long(config), () => dataset)).toEqual([]);
  });

  it('multimodalMae on pairs', SLOW, async () => {
    const dataset = await pairs();
    expect(await compare(long(tiny('mae-pairs', { 'optimiser.batch': 8 })), () => dataset)).toEqual([]);
  });

  it('contrastive on pairs', SLOW, async () => {
    expect(await compare(long(tinyPairsConfig()), rampPairs)).toEqual([]);
  });

  it('labels on pairs', SLOW, async () => {
    const config = applySettings(robustRun(tinyPairsConfig()), { 'optimiser.batch': 8, 'robust.labelsPerClass': 12 });
    expect(await compare(long(config), rampPairs)).toEqual([]);
  });

  it.each([
    { 'model.dropPath': 0.3, 'supervised.mixup': 0.8, 'supervised.layerDecay': 0.75, 'supervised.positions': 'relative' },
    { 'supervised.norm': 'post', 'supervised.pooling': 'mean', 'supervised.train': '1' },
  ])('labels with %o', SLOW, async (settings) => {
    expect(await compare(applySettings(pictures('supervised'), settings), rampDataset)).toEqual([]);
  });
});

describe('recorded steps', () => {
  it('go on when mask ratio, batch or the number of threads change, and take up an old recording again', SLOW, async () => {
    const { recorded, eager, stepper } = runBoth(tinyConfig(), rampDataset);
    const kept: number[] = [];
    for (const [maskRatio, batch, threads] of [
      [0, 4, 2],
      [0.5, 4, 2],
      [0, 4, 2],
      [0, 3, 2],
      [0, 4, 1],
      [0, 4, 2],
    ] as const) {
      await limitSimdThreads(threads);
      for (const run of [recorded, eager]) {
        const { task, optimiser } = run.config;
        run.config = { ...run.config, task: { ...task, maskRatio }, optimiser: { ...optimiser, batch } };
      }
      expect(await numbersOf(recorded, 4)).toEqual(await numbersOf(eager, 4));
      kept.push(stepper.recordings.length);
    }
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    // Three are kept; where a second thread runs, one that is lost makes another kind.
    expect(kept.slice(0, 4)).toEqual([1, 2, 2, 3]);
    for (const run of [recorded, eager]) run.dispose();
  });

  it('take nothing of the heap and make no tensors, and give all back with their run', SLOW, async () => {
    const before = { tensors: tf.memory().numTensors, ids: tf.backend().numDataIds() };
    const run = new Run(tinyConfig({ steps: 400, batch: 2 }), rampDataset());
    const { wasm } = tf.backend() as BackendWasm;
    for (let i = 0; i < 3; i++) await run.step();
    const allocate = vi.spyOn(wasm as unknown as { _malloc(bytes: number): number }, '_malloc');
    const kernels = vi.spyOn(tf.engine(), 'runKernel');
    const tensors = tf.memory().numTensors;
    for (let i = 0; i < 300; i++) await run.step();
    expect(allocate).not.toHaveBeenCalled();
    expect(kernels).not.toHaveBeenCalled();
    expect(tf.memory().numTensors).toBe(tensors);
    vi.restoreAllMocks();
    run.dispose();
    expect({ tensors: tf.memory().numTensors, ids: tf.backend().numDataIds() }).toEqual(before);
  });

  it('fall back, and say so, when a number that changes was frozen', async () => {
    const notices: string[] = [];
    const simd = currentSimd();
    if (simd === undefined) throw new Error('no SIMD kernels');
    const stepper = new RecordedStepper(simd, [], { onNotice: (message) => notices.push(message) });
    const x = { data: Float32Array.of(10), shape: [1] };
    const values: number[] = [];
    for (const rate of [1, 2, 3]) values.push(...(await stepper.step('sum', { x }, ({ x }) => tf.add(x, rate) as tf.Tensor1D)));
    expect(values).toEqual([11, 12, 13]);
    expect(notices).toHaveLength(1);
    expect([...stepper.refusals.values()]).toEqual(['It did not repeat exactly.']);
  });

  it('leave alone what reads numbers in JavaScript, and say which kernel it was', async () => {
    const simd = currentSimd();
    if (simd === undefined) throw new Error('no SIMD kernels');
    const stepper = new RecordedStepper(simd, []);
    const inputs = { x: { data: Float32Array.of(3, 1, 2), shape: [3] } };
    const compute: StepFunction = ({ x }) => tf.tensor1d([x.dataSync()[0]]);
    for (let i = 0; i < 3; i++) expect([...(await stepper.step('read', inputs, compute))]).toEqual([3]);
    expect([...stepper.refusals.values()]).toEqual(['The step reads or writes numbers in JavaScript.']);
  });
});
