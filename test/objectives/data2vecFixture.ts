/** The one step of data2vec 2.0 that PyTorch computed, as our objective takes it. */
import * as tf from '@tensorflow/tfjs-core';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { sinCosTable } from '../../src/model/positions.ts';
import type { LatentModel } from '../../src/objectives/data2vec.ts';
import { latentTask } from '../../src/objectives/latentTask.ts';
import type { Task, UploadedTask } from '../../src/objectives/objective.ts';
import { type Fixture, rowsOf } from '../reference/fixture.ts';

export function modelOf({ settings }: Fixture): LatentModel {
  const { axes = 2, rows, columns, patchLength, width, depth, heads, ...latent } = settings as Record<string, number>;
  const grid = axes === 1 ? [columns] : [rows, columns];
  return {
    spec: {
      patchLength,
      layout: [patchLength],
      grid,
      patches: rows * columns,
      width,
      depth,
      heads,
      mlpRatio: 4,
      classToken: true,
      positions: 'sincos',
      norm: 'post',
      dropPath: 0,
    },
    decoder: {
      width,
      grid,
      layers: settings.decoderLayers as number,
      kernel: settings.decoderKernel as number,
      groups: settings.decoderGroups as number,
    },
    layers: latent.targetBlocks,
    targetNorm: latent.targetNorm === 0 ? 'none' : 'layer',
    classLoss: latent.classWeight,
  };
}

export function taskOf({ settings, inputs }: Fixture): Task {
  const { batch, rows, columns, patchLength, kept } = settings as Record<string, number>;
  const values = Float32Array.from(inputs.patches.data);
  const orders = rowsOf(inputs.order).map((order) => Int32Array.from(order));
  const picture = { values, count: batch, patches: rows * columns, patchLength };
  return latentTask(picture, orders, kept, Float32Array.from(inputs.noise.data));
}

export function upload(task: Task): UploadedTask {
  return { tensors: uploadInputs(task.tensors), sizes: task.sizes };
}

/** The table with a zero row for the class token. */
export function fixedPositions({ spec: { grid, width, patches } }: LatentModel): tf.Tensor {
  return tf.tensor2d(Float32Array.of(...new Float32Array(width), ...sinCosTable(grid, width)), [patches + 1, width]);
}
