/**
 * MAE, masked autoencoders (He et al. 2022): the encoder sees the patches that are kept, a light decoder paints those that were
 * removed (methods 2.1). Patches stand in the order of the mask, kept ones first, so that nothing has to be gathered.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import { keptCount } from '../config/counts.ts';
import { DECODER_HEAD_WIDTH } from '../config/objectives/mae.ts';
import type { RunConfig } from '../config/run.ts';
import type { HostTensor } from '../engine/stepper.ts';
import { runStack, type StackSpec, stackParameters } from '../model/blocks.ts';
import { applyLinear, applyNorm, linearParameters, normParameters } from '../model/layers.ts';
import { normal, type ParameterSpec, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { embedPatches } from '../model/stem.ts';
import { addPositions, encoderParameters, encodeTokens, fixedPositions } from '../model/transformer.ts';
import { broadcastToken } from '../ops/broadcastToken.ts';
import { concatRows } from '../ops/concatRows.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import { sliceRows } from '../ops/sliceRows.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { encoderSpec } from './encoder.ts';
import { type LearnedTarget, learnedTarget } from './learnedTargets.ts';
import { blockMask, type Grid, gridMask, randomMask } from './masks.ts';
import { type Objective, RANDOM_KEY, type Subject, type UploadedTask } from './objective.ts';
import { drawPainting, keptOf, type Painter, removedTargets } from './painter.ts';
import { block, blocks, type Counted, embedding, keptPatches } from './work.ts';

type DrawMask = (grid: Grid, kept: number, random: Random) => Int32Array;

type MaeSettings = Pick<RunConfig['mae'], 'mask' | 'target' | 'encoderSees'>;

/** What stands in the encoder's gaps where it sees all places; the decoder's own is `mask_token`. */
export const ENCODER_MASK = 'encoder_mask_token';

const MASKS: Readonly<Record<MaeSettings['mask'], DrawMask>> = { random: randomMask, block: blockMask, grid: gridMask };

export function mae(config: RunConfig, subject: Subject): Objective {
  const spec = encoderSpec(config, subject.tokens);
  const decoder = decoderOf(config);
  const learned = learnedTarget(config.mae, subject);
  const painter = maePainter(spec, decoder, config.mae, learned);
  return {
    spec,
    parameters: maeParameters(spec, decoder, config.mae, learned?.outputs),
    beta2: 0.95,
    work: () => maeWork({ config, spec }),
    draw: (batch, live, random) => drawPainting(painter, batch, live.task.maskRatio, random),
    loss: (weights, task) => ({ loss: maeLoss(painter, weights, task), metrics: {} }),
  };
}

/** The encoder's, then the decoder's. @param outputs numbers that it says of a patch */
export function maeParameters(
  spec: ModelSpec,
  decoder: StackSpec,
  { encoderSees }: Pick<MaeSettings, 'encoderSees'>,
  outputs = spec.patchLength,
): ParameterSpec[] {
  const { width } = decoder;
  return [
    ...encoderParameters(spec),
    ...linearParameters('decoder_embed', spec.width, width),
    encoderSees === 'all'
      ? { name: ENCODER_MASK, shape: [spec.width], init: normal(0.02) }
      : { name: 'mask_token', shape: [width], init: normal(0.02) },
    fixedPositions('decoder_pos_embed', spec.grid, [spec.patches + 1, width]),
    ...stackParameters(decoder),
    ...normParameters('decoder_norm', width),
    ...linearParameters('decoder_pred', width, outputs),
  ];
}

export function decoderOf({ mae: { decoderWidth: width, decoderDepth: depth } }: RunConfig): StackSpec {
  const heads = width / DECODER_HEAD_WIDTH;
  return { prefix: 'decoder_blocks', width, depth, heads, mlpRatio: 4, norm: 'pre', dropPath: 0 };
}

/** Mean squared error over the removed patches and their pixels, or what `learned` has: what is visible is not trained. */
export function maeLoss(painter: Painter, weights: Weights, task: UploadedTask): tf.Scalar {
  const painted = painter.paint(weights, task, 'removed');
  const { targets } = task.tensors;
  return painter.learned === undefined ? meanSquaredError(painted, targets) : painter.learned.loss(painted, targets);
}

export function maePainter(
  spec: ModelSpec,
  decoder: StackSpec,
  { mask, target, encoderSees }: MaeSettings,
  learned?: LearnedTarget,
): Painter {
  const normalised = target === 'normalised';
  const draw = MASKS[mask];
  return {
    spec,
    normalised,
    ...(learned && { learned }),
    error: 'squared',
    kept: (ratio) => keptCount(spec.patches, ratio),
    mask: (kept, random) => draw(spec.grid, kept, random),

    task(batch, orders, kept) {
      const visible = keptOf(orders, kept);
      const tensors = {
        patches: arrangePatches(batch, visible),
        cells: cellsOf(encoderSees === 'all' ? orders : visible),
        decoderRows: decoderRows(orders),
        targets: removedTargets(batch, orders, kept, { normalised, ...(learned && { learned }) }),
      };
      return { tensors, sizes: {} };
    },

    paint(weights, { tensors }, rows) {
      const { cells, decoderRows } = tensors;
      const visible = tensors.patches as tf.Tensor3D;
      const embedded = embedPatches(weights, visible);
      const tokens = encoderSees === 'all' ? withMaskTokens(embedded, weights[ENCODER_MASK], spec.patches) : embedded;
      const placed = addPositions(weights, spec, tokens, cells);
      const encoded = encodeTokens(weights, spec, placed, { randomKey: tensors[RANDOM_KEY] });
      // Row 0 is the class token's.
      const first = rows === 'removed' ? visible.shape[1] + 1 : 1;
      return applyLinear(weights, 'decoder_pred', decodeRows(weights, decoder, encoded, decoderRows, first));
    },
  };
}

/** Tokens (B, k, width), and one and the same behind them for every row that is missing of `rows`. */
function withMaskTokens(tokens: tf.Tensor3D, mask: tf.Tensor | undefined, rows: number): tf.Tensor3D {
  const [batch, given] = tokens.shape;
  return given === rows ? tokens : concatRows(tokens, broadcastToken(mask as tf.Tensor1D, batch, rows - given));
}

/** Rows of `decoder_pos_embed` for every token of the decoder, (B, n + 1): the class token's, then those of the cells. */
function decoderRows(orders: readonly Int32Array[]): HostTensor {
  return cellsOf(
    orders.map((order) => {
      const rows = new Int32Array(order.length + 1);
      for (let i = 0; i < order.length; i++) rows[i + 1] = order[i] + 1;
      return rows;
    }),
  );
}

/**
 * What the decoder makes of encoded tokens (B, k, width) and of mask tokens behind them where there are gaps, normed: its rows from `first` on.
 *
 * @param rows (B, N) int32: rows of the decoder's positions for each of its tokens, a class token among them if there is one
 */
export function decodeRows(
  weights: Weights,
  decoder: StackSpec,
  encoded: tf.Tensor3D,
  rows: tf.Tensor,
  first: number,
): tf.Tensor3D {
  const all = rows.shape[1] ?? 0;
  const tokens = withMaskTokens(applyLinear(weights, 'decoder_embed', encoded), weights.mask_token, all);
  const placed = tf.add<tf.Tensor3D>(tokens, tf.gather(weights.decoder_pos_embed, rows as tf.Tensor2D));
  const decoded = runStack(weights, decoder, placed);
  return applyNorm(weights, 'decoder_norm', first === 0 ? decoded : sliceRows(decoded, first, all - first));
}

/** Kept patches through the encoder, or all places, everything through the decoder, which paints the removed ones (methods 2.1). */
export function maeWork(counted: Counted): number {
  const { spec } = counted;
  return 3 * maeForward(counted, spec.patches - keptPatches(counted)) - embedding(spec, keptPatches(counted));
}

/** Forward only. */
export function maeForward(counted: Counted, painted: number): number {
  const { config, spec } = counted;
  const { decoderWidth: width, decoderDepth } = config.mae;
  const kept = keptPatches(counted);
  const decoder = decoderDepth * block({ width, mlpRatio: spec.mlpRatio }, spec.patches + 1);
  const seen = config.mae.encoderSees === 'all' ? spec.patches : kept;
  const encoder = embedding(spec, kept) + blocks(spec, seen);
  return encoder + (seen + 1) * spec.width * width + decoder + painted * width * outputsOf(config, spec);
}

/** Numbers that the decoder says of a patch. */
export function outputsOf({ mae: { target, components, codes } }: RunConfig, { patchLength }: ModelSpec): number {
  return target === 'pca' ? components : target === 'tokens' ? codes : patchLength;
}
