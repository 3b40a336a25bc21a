/** The step of multimodal MAE that PyTorch computed (test/reference/senses.py), as our objective takes it. */
import * as tf from '@tensorflow/tfjs-core';
import type { StackSpec } from '../../src/model/blocks.ts';
import type { Weights } from '../../src/model/parameters.ts';
import { jointSenses, memberCells, memberTokens } from '../../src/model/senses.ts';
import { paintingLoss, paintingParameters, type SensesPainting } from '../../src/objectives/multimodalMae.ts';
import type { LossResult, UploadedTask } from '../../src/objectives/objective.ts';
import { fixedWeights, SENSES, specsOf } from '../model/sensesFixture.ts';
import { type Fixture, type FixtureTensor, rowsOf, toTensor } from '../reference/fixture.ts';

export function multimodalMaeStep(fixture: Fixture): { result(weights: Weights): LossResult; fixed: Weights } {
  const { decoderWidth: width, decoderHeads: heads, wordWeight } = fixture.settings;
  const decoder: StackSpec = { prefix: 'decoder_blocks', width, depth: 1, heads, mlpRatio: 4, norm: 'pre', dropPath: 0 };
  const painting: SensesPainting = { senses: jointSenses(specsOf(fixture, SENSES, false)), decoder, wordMask: 0.5 };
  const task: UploadedTask = { tensors: tensorsOf(fixture), sizes: {} };
  return {
    result: (weights) => paintingLoss(painting, weights, task, wordWeight),
    fixed: fixedWeights(paintingParameters(painting)),
  };
}

function tensorsOf({ inputs, settings }: Fixture): Record<string, tf.Tensor> {
  const guessed = toTensor(inputs.guessed, 'int32');
  const tensors: Record<string, tf.Tensor> = { 'text.guessed': guessed };
  for (const sense of SENSES) {
    const orders = rowsOf(inputs[`${sense}.order`]);
    const kept = settings[`${sense}Kept`];
    const type = sense === 'text' ? 'int32' : 'float32';
    const [visible, removed] = [(order: number[]) => order.slice(0, kept), (order: number[]) => order.slice(kept)];
    tensors[memberTokens(sense)] = toTensor(taken(inputs[sense], orders.map(visible)), type);
    tensors[memberCells(sense)] = tf.tensor2d(orders.map(visible), undefined, 'int32');
    tensors[`${sense}.orders`] = tf.tensor2d(orders, undefined, 'int32');
    const targets = taken(inputs[sense], orders.map(removed));
    tensors[`${sense}.targets`] = sense === 'text' ? guessedWords(targets, inputs.guessed) : toTensor(targets);
  }
  return tensors;
}

/** (B, k, length): the cells of each sample. */
function taken({ shape: [batch, patches, length], data }: FixtureTensor, cells: number[][]): FixtureTensor {
  const rows = cells.flatMap((own, b) =>
    own.flatMap((cell) => data.slice((b * patches + cell) * length, (b * patches + cell + 1) * length)),
  );
  return { shape: [batch, cells[0].length, length], data: rows };
}

/** (B rows) */
function guessedWords({ shape: [, removed], data }: FixtureTensor, guessed: FixtureTensor): tf.Tensor {
  const words = rowsOf(guessed).flatMap((places, b) => places.map((place) => data[b * removed + place]));
  return tf.tensor1d(words, 'int32');
}
