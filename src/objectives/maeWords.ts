/**
 * MAE on words: the encoder sees the words that are kept, a light decoder guesses the others (text.md 4). Empty places fill what is
 * kept, so that one shape serves texts of any length.
 */
import * as tf from '@tensorflow/tfjs-core';
import { isReal } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { StackSpec } from '../model/blocks.ts';
import { stackParameters } from '../model/blocks.ts';
import { applyLinear, linearParameters, normParameters } from '../model/layers.ts';
import { normal, type ParameterSpec } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, encoderParameters, fixedPositions } from '../model/transformer.ts';
import { gatherRows } from '../ops/gatherRows.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { encoderSpec } from './encoder.ts';
import { decodeRows, decoderOf } from './mae.ts';
import { type Objective, type PatchBatch, RANDOM_KEY, type Subject } from './objective.ts';
import { sortedName, tokenTensors } from './tokenValues.ts';
import { askedWords, drawWords, rowsAt, textsOf, type WordPainter, wordHeadParameters, wordsLoss } from './words.ts';
import { block, blocks, type Counted } from './work.ts';

export function maeOnWords(config: RunConfig, { tokens }: Subject): Objective {
  const spec = encoderSpec(config, tokens);
  const decoder = decoderOf(config);
  const painter = maeWordPainter(spec, decoder);
  return {
    spec,
    parameters: maeWordParameters(spec, decoder, config.text.tied),
    beta2: 0.95,
    work: () => maeWordsWork({ config, spec }),
    draw: (batch, live, random) => drawWords(painter, batch, live.task.maskRatio, random),
    loss: (weights, task) => wordsLoss(painter, weights, task),
  };
}

/** The encoder's, the decoder's, and the output's; a decoder of another width is brought to the table's. */
export function maeWordParameters(spec: ModelSpec, decoder: StackSpec, tied: boolean): ParameterSpec[] {
  const { width } = decoder;
  return [
    ...encoderParameters(spec),
    ...linearParameters('decoder_embed', spec.width, width),
    { name: 'mask_token', shape: [width], init: normal(0.02) },
    fixedPositions('decoder_pos_embed', spec.grid, [spec.patches, width]),
    ...stackParameters(decoder),
    ...normParameters('decoder_norm', width),
    ...(width === spec.width ? [] : linearParameters('decoder_pred', width, spec.width)),
    ...wordHeadParameters(spec, tied),
  ];
}

export function maeWordPainter(spec: ModelSpec, decoder: StackSpec): WordPainter {
  return {
    spec,
    masksInside: false,

    task(batch, removed, rows) {
      const kept = spec.patches - rows;
      const orders = ordersOf(batch, removed);
      const visible = orders.map((order) => order.subarray(0, kept));
      const asked = askedWords(batch, removed, rows);
      return {
        tensors: {
          ...tokenTensors('patches', arrangePatches(batch, visible), spec),
          cells: cellsOf(visible),
          decoderRows: cellsOf(orders),
          targets: asked.targets,
          asked: { ...asked.asked, data: rowsInOrder(orders, asked.asked.data) },
        },
        sizes: {},
      };
    },

    hidden(weights, { tensors }, attend) {
      const { cells, decoderRows } = tensors;
      const options = { cells, sorted: tensors[sortedName('patches')], randomKey: tensors[RANDOM_KEY], attend };
      const encoded = encode(weights, spec, tensors.patches as tf.Tensor3D, options);
      const decoded = gatherRows(decodeRows(weights, decoder, encoded, decoderRows, 0), tensors.asked as tf.Tensor2D);
      const rows = tf.reshape<tf.Rank.R2>(decoded, [-1, decoder.width]);
      return decoder.width === spec.width ? rows : applyLinear(weights, 'decoder_pred', rows);
    },
  };
}

/** All places of each text: words that are kept, then what is empty, then what is removed. */
function ordersOf(batch: PatchBatch, removed: readonly Int32Array[]): Int32Array[] {
  return textsOf(batch).map((ids, i) => {
    const gone = new Set(removed[i]);
    const rank = (place: number) => (gone.has(place) ? 2 : Number(!isReal(ids[place])));
    return Int32Array.from(ids.keys()).sort((a, b) => rank(a) - rank(b) || a - b);
  });
}

/** Where in its text's order each of the places asked stands. */
function rowsInOrder(orders: readonly Int32Array[], asked: ArrayLike<number>): Int32Array {
  const perText = asked.length / orders.length;
  return Int32Array.from(asked, (place, i) => orders[Math.floor(i / perText)].indexOf(place));
}

/** Words that are kept through the encoder, all places through the decoder, which is asked for the others. */
export function maeWordsWork({ config, spec }: Counted): number {
  const { decoderWidth: width, decoderDepth } = config.mae;
  const rows = rowsAt(spec, config.task.maskRatio);
  const kept = spec.patches - rows;
  const decoder = decoderDepth * block({ width, mlpRatio: spec.mlpRatio }, spec.patches);
  const toTable = width === spec.width ? 0 : rows * width * spec.width;
  const head = toTable + rows * spec.width * (spec.vocabulary ?? 0);
  return 3 * (blocks(spec, kept) + kept * spec.width * width + decoder + head);
}
