/** Whether this device reduces rightly by subgroups: tried on numbers whose result is known, as drivers err here. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../../base/errors.ts';
import { Random } from '../../base/random.ts';
import { sumInWorkgroup } from '../../ops/wgsl/inWorkgroup.ts';
import type { Gpu, WgslCall } from '../../ops/wgsl/kernel.ts';
import { reads, writes } from '../../ops/wgsl/perThread.ts';
import { WORD_LOSS_OPS } from '../../ops/wgsl/wordLoss.ts';
import { wordLossReference } from '../../ops/wordLoss.reference.ts';
import type { Dispatcher } from './dispatcher.ts';
import { areClose, disposeAll, readResults } from './trialTensors.ts';

/** More than a workgroup has threads, and no multiple of any subgroup. */
const NUMBERS = 1001;
const ROWS = 3;
const WIDTH = 149;
/** Of sums of 32 bits of numbers about 1. */
const TOLERANCE = 1e-4;

/** @returns false too where a kernel does not compile */
export async function subgroupsAreRight(dispatcher: Dispatcher): Promise<boolean> {
  const before = dispatcher.subgroups;
  dispatcher.subgroups = true;
  try {
    for (const trial of TRIALS) {
      if (!(await passes(dispatcher, trial))) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof BackendError) return false;
    throw error;
  } finally {
    dispatcher.subgroups = before;
  }
}

interface Trial {
  inputs: Readonly<Record<string, tf.Tensor>>;
  run(gpu: Gpu, inputs: WgslCall['inputs']): tf.TensorInfo[];
  isRight(found: readonly ArrayLike<number>[]): boolean;
}

const TRIALS: readonly (() => Trial)[] = [
  // Numbers whose sum is exact in any order.
  () =>
    sumOf(
      Float32Array.from({ length: NUMBERS }, (_, i) => i),
      (sum) => sum === (NUMBERS * (NUMBERS - 1)) / 2,
    ),
  // By these a run finds that it broke.
  () => sumOf(planted(Number.POSITIVE_INFINITY), (sum) => !Number.isFinite(sum)),
  () => sumOf(planted(Number.NaN), (sum) => !Number.isFinite(sum)),
  wordLosses,
];

async function passes(dispatcher: Dispatcher, makeTrial: () => Trial): Promise<boolean> {
  const { inputs, run, isRight } = makeTrial();
  try {
    await dispatcher.compileAhead(
      () => disposeAll(dispatcher, run(dispatcher, inputs)),
      () => undefined,
    );
    return isRight(await readResults(dispatcher, run(dispatcher, inputs)));
  } finally {
    tf.dispose(inputs);
  }
}

function planted(value: number): Float32Array {
  return new Float32Array(NUMBERS).fill(value, 500, 501);
}

function sumOf(values: Float32Array, isRight: (sum: number) => boolean): Trial {
  return {
    inputs: { numbers: tf.tensor(values) },
    run(gpu, { numbers }) {
      const sum = gpu.tensor([]);
      const kernel = sumInWorkgroup(gpu, {
        label: 'trial of subgroups',
        buffers: { numbers: reads(), total: writes() },
        sizes: { count: NUMBERS },
        share: 'for (var i = thread; i < sizes.count; i += THREADS) { sum += numbers[i]; }',
        finish: 'total[0] = sum;',
      });
      gpu.dispatch(kernel, [numbers, sum]);
      return [sum];
    },
    isRight: ([sum]) => isRight(sum[0]),
  };
}

/** Maxima that lie in the middle and at both ends. */
function wordLosses(): Trial {
  const logits = normal('logits', ROWS * WIDTH);
  logits[70] = 9;
  logits[WIDTH] = 9;
  logits[ROWS * WIDTH - 1] = 9;
  const labels = Int32Array.of(70, 3, WIDTH - 1);
  const { loss, accuracy } = wordLossReference(Float64Array.from(logits), labels);
  return {
    inputs: { logits: tf.tensor(logits, [ROWS, WIDTH]), labels: tf.tensor(labels, [ROWS], 'int32') },
    run: (gpu, inputs) => [WORD_LOSS_OPS.WordLoss({ gpu, inputs, attributes: {}, sizes: [], pairs: [] })].flat(),
    isRight: ([both, dLogits]) =>
      areClose(both, [loss, accuracy], TOLERANCE) && areClose(dLogits, gradientOf(logits, labels), TOLERANCE),
  };
}

/** (softmax - one-hot) / rows. */
function gradientOf(logits: Float32Array, labels: Int32Array): Float64Array {
  const gradient = new Float64Array(ROWS * WIDTH);
  for (const [row, label] of labels.entries()) {
    const exponentials = Float64Array.from(logits.subarray(row * WIDTH, (row + 1) * WIDTH), Math.exp);
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    const slopes = exponentials.map((value, word) => (value / total - (word === label ? 1 : 0)) / ROWS);
    gradient.set(slopes, row * WIDTH);
  }
  return gradient;
}

function normal(name: string, length: number): Float32Array {
  const random = new Random(1, 'subgroups', name);
  return Float32Array.from({ length }, () => random.normal());
}
