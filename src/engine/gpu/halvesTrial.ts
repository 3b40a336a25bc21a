/** In which way this device keeps activations in 16 bits: tried on numbers whose result is known, as drivers err here. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../../base/errors.ts';
import { Random } from '../../base/random.ts';
import { mlpReference } from '../../ops/mlp.reference.ts';
import type { Halves } from '../../ops/wgsl/kernel.ts';
import { MLP_OPS } from '../../ops/wgsl/mlp.ts';
import type { Dispatcher } from './dispatcher.ts';
import { areClose, readResults } from './trialTensors.ts';

const ROWS = 5;
const WIDTH = 8;
const HIDDEN = 32;
/** A number is rounded by at most 2^-11 of itself; sums of 32 products of numbers about 1. */
const TOLERANCE = 2e-2;

/**
 * @param native whether the device has the feature `shader-f16`
 * @throws BackendError when none is right on this device
 */
export async function halvesThatAreRight(dispatcher: Dispatcher, native: boolean): Promise<Halves> {
  const before = dispatcher.halves;
  try {
    for (const halves of native ? (['native', 'packed'] as const) : (['packed'] as const)) {
      dispatcher.halves = halves;
      if (await isRight(dispatcher)) return halves;
    }
  } finally {
    dispatcher.halves = before;
  }
  throw new BackendError('this device does not keep numbers in 16 bits rightly');
}

/** An MLP forward: what lies between its products is kept in halves. */
async function isRight(gpu: Dispatcher): Promise<boolean> {
  const names = ['x', 'weight1', 'bias1', 'weight2', 'bias2', 'residual'] as const;
  const shapes = [[ROWS, WIDTH], [WIDTH, HIDDEN], [HIDDEN], [HIDDEN, WIDTH], [WIDTH], [ROWS, WIDTH]];
  const values = shapes.map((shape, index) => {
    const random = new Random(1, 'halves', index);
    return Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal() / (index === 3 ? 6 : 1));
  });
  const tensors = values.map((own, i) => tf.tensor(own, shapes[i]));
  const inputs = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
  const call = { gpu, inputs, attributes: {}, sizes: [], pairs: [] };
  try {
    await gpu.compileAhead(
      () => void MLP_OPS.Mlp(call),
      () => undefined,
    );
    const [y] = await readResults(gpu, [MLP_OPS.Mlp(call)].flat());
    const [x, weight1, bias1, weight2, bias2, residual] = values;
    return areClose(y, mlpReference(x, weight1, bias1, weight2, bias2, residual), TOLERANCE);
  } catch (error) {
    if (error instanceof BackendError) return false;
    throw error;
  } finally {
    tf.dispose(tensors);
  }
}
