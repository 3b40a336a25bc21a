/**
 * How an op reaches a backend. Every op is coarse (one forward, one backward), and a backend may register a fused kernel
 * for either under the op's name; until it does, the op runs as the composition of tfjs ops that the host file gives.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Told of every kernel of ours as it ends: its name, the milliseconds of its call, and what it made. */
export type KernelObserver = (name: string, milliseconds: number, outputs: tf.Tensor[]) => void;

let observer: KernelObserver | undefined;

/** Lets `onKernel` watch all kernels of ours that run inside `body`, the innermost ones of composed ops. */
export async function observeKernels<T>(onKernel: KernelObserver, body: () => Promise<T>): Promise<T> {
  observer = onKernel;
  try {
    return await body();
  } finally {
    observer = undefined;
  }
}

/** Runs the fused kernel `name` where the current backend has one, else `compose`. */
export function kernelOr<T extends tf.Tensor | tf.Tensor[]>(
  name: string,
  inputs: tf.NamedTensorMap,
  attributes: tf.NamedAttrMap,
  compose: () => T,
): T {
  if (tf.getKernel(name, tf.getBackend()) === undefined) return compose();
  const started = performance.now();
  // What a kernel registered under this name returns is this op's own contract, which tfjs cannot type.
  const outputs = tf.engine().runKernel<T>(name, inputs, attributes);
  observer?.(name, performance.now() - started, Array.isArray(outputs) ? outputs : [outputs as tf.Tensor]);
  return outputs;
}

/**
 * An op with its own gradient: tfjs's tape sees one node, whatever `forward` runs inside.
 *
 * @param inputs the tensors that receive a gradient
 * @param forward the value, and what the gradient needs of it; it is given the inputs
 * @param backward the gradients, in the order of `inputs`, each a tensor of its own; only `dy` and what was saved are still
 * alive by then, and no longer afterwards
 */
export function withGradient<Inputs extends tf.Tensor[]>(
  inputs: [...Inputs],
  forward: (...inputs: NoInfer<Inputs>) => { value: tf.Tensor; saved: tf.Tensor[] },
  backward: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor[],
): tf.Tensor {
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const { value, saved } = forward(...inputs);
    save(saved);
    const gradFunc = (dy: tf.Tensor, kept: tf.Tensor[]): tf.Tensor[] => {
      const gradients = backward(dy, kept);
      // Nobody needs them again. tfjs would keep all until the whole gradient is done, at the peak of memory.
      tf.dispose([dy, ...kept]);
      return gradients;
    };
    return { value, gradFunc };
  });
  return op(...inputs);
}

/**
 * `withGradient` for an op of several values. What is nobody's input later on gets a gradient of zeros.
 *
 * @param backward is given one gradient for each value
 */
export function withGradients<Inputs extends tf.Tensor[], Values extends tf.Tensor[]>(
  inputs: [...Inputs],
  forward: () => { values: [...Values]; saved: tf.Tensor[] },
  backward: (dys: NoInfer<Values>, saved: tf.Tensor[]) => tf.Tensor[],
): Values {
  return tapeOf(tf.engine()).runKernelFunc<Values>({
    forwardFunc: (_backend, save) => {
      const { values, saved } = forward();
      save(saved);
      return values;
    },
    backwardsFunc: (dys, kept) => {
      const gradients = backward(dys, kept);
      tf.dispose([...dys, ...kept]);
      return Object.fromEntries(gradients.map((gradient, i) => [i, () => gradient]));
    },
    inputs: Object.fromEntries(inputs.entries()),
  });
}

/** How tfjs's engine (4.22.0, pinned) itself puts `customGrad` on the tape, which takes one value only; it keeps this private. */
interface Tape {
  runKernelFunc<Values extends tf.Tensor[]>(op: {
    forwardFunc(backend: unknown, save: (tensors: tf.Tensor[]) => void): Values;
    backwardsFunc(dys: Values, saved: tf.Tensor[]): Record<string, () => tf.Tensor>;
    inputs: Record<string, tf.Tensor>;
  }): Values;
}

function tapeOf(engine: object): Tape {
  return engine as Tape;
}

/** The product of all but the last dimension. */
export function rowsOf(x: tf.Tensor): number {
  return x.size / lastDimension(x);
}

export function lastDimension(x: tf.Tensor): number {
  const last = x.shape.at(-1);
  if (last === undefined) throw new Error('a scalar has no last dimension');
  return last;
}

export function asMatrix(x: tf.Tensor): tf.Tensor2D {
  return x.rank === 2 ? (x as tf.Tensor2D) : tf.reshape(x, [rowsOf(x), lastDimension(x)]);
}
