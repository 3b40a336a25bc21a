/** What our own code says of a sample of a demo page, with weights in 32 bits and without the page's arithmetic. */
import * as tf from '@tensorflow/tfjs-core';
import { fromBase64 } from '../../src/demo/half.ts';
import { pictureSample } from '../../src/demo/samples/pictures.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { manifestOf } from '../../src/home/page/manifest.ts';
import type { HomeModel } from '../../src/home/part.ts';
import { namedWeights } from '../../src/model/parameters.ts';
import { modelTensors } from '../../src/model/transformer.ts';
import { classLogits } from '../../src/objectives/supervised.ts';

/** Chances of the classes. */
export async function chancesOf(model: HomeModel, sample: number): Promise<number[]> {
  await selectBackend('cpu', await nodeEnvironment(false));
  const { input, samples, spec } = manifestOf(model);
  if (input.sense !== 'picture') throw new Error('only of pictures');
  const { tokens } = pictureSample(input, fromBase64(samples[sample]?.data ?? ''));
  const chances = tf.tidy(() => {
    const weights = namedWeights(tf.tensor1d(model.values), model.placements);
    const patches = tf.tensor3d(Float32Array.from(tokens), [1, spec.patches, spec.patchLength]);
    const tensors = { patches, ...uploadInputs(modelTensors(spec)) };
    return tf.softmax(classLogits(weights, spec, model.config.supervised.pooling, { tensors, sizes: {} }));
  });
  return Array.from(await chances.data());
}
