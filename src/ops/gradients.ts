/**
 * Gradients of the few plain tfjs ops that models use between our own ops. tfjs-core registers none by itself, its
 * `register_all_gradients` cannot be imported in Node beside the package root (two copies of the engine), and its Sum and
 * Mean gradients upload full-size constants.
 */
import * as tf from '@tensorflow/tfjs-core';

tf.registerGradient({
  kernelName: tf.Add,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, saved) => {
    const grad = single(dy);
    return { a: () => sumTo(grad, shapeOf(saved, 0)), b: () => sumTo(grad, shapeOf(saved, 1)) };
  },
});

tf.registerGradient({
  kernelName: tf.Reshape,
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => ({ x: () => consume(single(dy), (grad) => tf.reshape(grad, shapeOf(saved, 0))) }),
});

tf.registerGradient({
  kernelName: tf.ZerosLike,
  gradFunc: (dy) => ({ x: () => tf.zerosLike(single(dy)) }),
});

tf.registerGradient({
  kernelName: tf.Slice,
  inputsToSave: ['x'],
  gradFunc: (dy, saved, attributes) => {
    const begin = attributes.begin as number[];
    const grad = single(dy);
    const shape = shapeOf(saved, 0);
    const paddings = shape.map((size, axis): [number, number] => {
      const before = begin[axis] ?? 0;
      return [before, size - before - (grad.shape[axis] ?? 0)];
    });
    return { x: () => consume(grad, (dy) => tf.pad(dy, paddings)) };
  },
});

/** tfjs would keep `dy` until the whole gradient is done. */
function consume(dy: tf.Tensor, gradient: (dy: tf.Tensor) => tf.Tensor): tf.Tensor {
  const dx = gradient(dy);
  dy.dispose();
  return dx;
}

function single(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(dy) ? (dy[0] as tf.Tensor) : dy;
}

function shapeOf(saved: tf.Tensor[], index: number): number[] {
  return (saved[index] as tf.Tensor).shape;
}

/** Undoes broadcasting: sums `grad` over the axes along which an operand of `shape` was repeated. */
function sumTo(grad: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, grad.shape);
  // A tensor of its own either way: tfjs disposes of a gradient once it has added another to it.
  return tf.reshape(axes.length === 0 ? grad : tf.sum(grad, axes), shape);
}
