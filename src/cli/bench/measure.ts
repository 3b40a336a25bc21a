/** Measures ways to do one and the same training step side by side: interleaved, so that a busy machine is busy for all. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../base/random.ts';
import type { RunConfig } from '../../config/run.ts';
import { BatchStream } from '../../data/batches.ts';
import type { Dataset } from '../../data/pictures.ts';
import { mp3 } from '../../objectives/mp3.ts';
import type { Task } from '../../objectives/objective.ts';
import { registerSimdKernels, unregisterSimdKernels } from '../../ops/simd/register.ts';
import { Run } from '../../trainer/run.ts';
import { StockTrainer } from './stockStep.ts';

export interface BenchRow {
  name: string;
  /** Median over the measured steps. */
  msPerStep: number;
  fastestMs: number;
  firstLoss: number;
}

interface Contender {
  name: string;
  /** Does one step and returns its loss. */
  step(): Promise<number>;
  times: number[];
  losses: number[];
}

/** Losses of the first step may differ by this share, from the order of additions alone. */
const PARITY = 1e-4;

/** @throws Error when two contenders do not compute the same loss: their times would mean nothing */
export async function measureSteps(
  config: RunConfig,
  dataset: Dataset,
  steps: number,
  onStep: (done: number) => void,
): Promise<BenchRow[]> {
  const contenders = makeContenders(config, dataset);
  for (let i = 0; i <= steps; i++) {
    for (const contender of contenders) {
      const started = performance.now();
      contender.losses.push(await contender.step());
      // The first step compiles, fills pools and is checked, but not timed.
      if (i > 0) contender.times.push(performance.now() - started);
    }
    if (i === 0) requireParity(contenders);
    onStep(i);
  }
  await registerSimdKernels();
  return contenders.map(({ name, times, losses }) => {
    const sorted = times.toSorted((a, b) => a - b);
    return { name, msPerStep: sorted[Math.floor(sorted.length / 2)], fastestMs: sorted[0], firstLoss: losses[0] };
  });
}

function makeContenders(config: RunConfig, dataset: Dataset): Contender[] {
  const fused = new Run(config, dataset);
  const composed = new Run(config, dataset);
  const weights = tf.tidy(() => ({ ...fused.parameters.weights() }));
  const stock = new StockTrainer(fused.spec, weights);
  tf.dispose(weights);
  const stream = new BatchStream(dataset.train, fused.statistics, config.model.patch, config.optimiser.seed);
  let position = 0;
  const nextTask = (): Task => {
    const batch = stream.batch(position, config.optimiser.batch, config.data);
    const task = mp3.draw(batch, config.task.maskRatio, new Random(config.optimiser.seed, 'task', position / batch.count));
    position += batch.count;
    return task;
  };
  const contender = (name: string, step: () => Promise<number>): Contender => ({ name, step, times: [], losses: [] });
  return [
    contender('Patchwork', async () => {
      await registerSimdKernels();
      return (await fused.step()).loss;
    }),
    contender('Patchwork without SIMD kernels', async () => {
      unregisterSimdKernels();
      return (await composed.step()).loss;
    }),
    contender('stock tfjs', async () => {
      unregisterSimdKernels();
      return stockStep(stock, nextTask());
    }),
  ];
}

function stockStep(stock: StockTrainer, { tensors, sizes }: Task): number {
  return tf.tidy(() =>
    stock.step({
      patches: tf.tensor3d(tensors.patches.data, tensors.patches.shape as [number, number, number]),
      order: tf.tensor2d(tensors.order.data, tensors.order.shape as [number, number], 'int32'),
      context: sizes.context,
    }),
  );
}

function requireParity(contenders: readonly Contender[]): void {
  const [reference] = contenders;
  for (const { name, losses } of contenders) {
    const difference = Math.abs(losses[0] - reference.losses[0]) / reference.losses[0];
    if (difference > PARITY)
      throw new Error(`${name} has loss ${losses[0]}, ${reference.name} ${reference.losses[0]}: not the same step.`);
  }
}
