/** The one step of fine-tuning that PyTorch computed, as our objective takes it. */
import type * as tf from '@tensorflow/tfjs-core';
import { uploadInputs } from '../../src/engine/stepper.ts';
import type { Weights } from '../../src/model/parameters.ts';
import type { ModelSpec, Positions } from '../../src/model/spec.ts';
import { modelTensors } from '../../src/model/transformer.ts';
import type { UploadedTask } from '../../src/objectives/objective.ts';
import { supervisedLoss } from '../../src/objectives/supervised.ts';
import { type Fixture, toTensor } from '../reference/fixture.ts';
import { specOf } from './paintingFixture.ts';

const POSITIONS: Readonly<Record<string, Positions>> = { absolute: 'learned', relative: 'relative', none: 'none' };

export function fineTuneLoss(fixture: Fixture): (weights: Weights) => tf.Scalar {
  const { inputs, outputs, settings } = fixture;
  const spec: ModelSpec = { ...specOf(fixture), positions: POSITIONS[String(settings.positions)] as Positions };
  const task: UploadedTask = {
    tensors: {
      ...uploadInputs(modelTensors(spec)),
      patches: toTensor(inputs.patches),
      targets: toTensor(outputs.smoothedLabels),
      labels: toTensor({ shape: [inputs.labels.shape[0]], data: [0, 3] }, 'int32'),
    },
    sizes: {},
  };
  return (weights) => supervisedLoss(weights, spec, 'class', task).loss;
}
