import * as tf from '@tensorflow/tfjs-core';

/** Bytes of all tensors alive on the current backend. */
export function backendBytes(): number {
  return tf.memory().numBytes;
}
