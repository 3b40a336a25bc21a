/**
 * SimMIM (Xie et al. 2022): masked patches enter the encoder as a learned token, and one linear layer paints them (methods 2.2).
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '../config/run.ts';
import { applyLinear, linearParameters } from '../model/layers.ts';
import { normal, type ParameterSpec, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { embedPatches } from '../model/stem.ts';
import { addPositions, encoderParameters, encodeTokens } from '../model/transformer.ts';
import { broadcastToken } from '../ops/broadcastToken.ts';
import { concatRows } from '../ops/concatRows.ts';
import { meanAbsoluteError } from '../ops/meanAbsoluteError.ts';
import { sliceRows } from '../ops/sliceRows.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { encoderSpec } from './encoder.ts';
import { unitKeptCount, unitMask } from './masks.ts';
import { type Objective, RANDOM_KEY, type Subject, type UploadedTask } from './objective.ts';
import { drawPainting, keptOf, type Painter, removedTargets } from './painter.ts';
import { blocks, type Counted, embedding } from './work.ts';

const HEAD = 'head_pixels';

export function simmim(config: RunConfig, { tokens }: Subject): Objective {
  const spec = encoderSpec(config, tokens);
  const painter = simmimPainter(spec, config.simmim.maskUnit);
  return {
    spec,
    parameters: simmimParameters(spec),
    beta2: 0.95,
    work: () => workOf({ config, spec }),
    draw: (batch, live, random) => drawPainting(painter, batch, live.task.maskRatio, random),
    loss: (weights, task) => ({ loss: simmimLoss(painter, weights, task), metrics: {} }),
  };
}

/** Mean absolute error over the masked patches and their pixels. */
export function simmimLoss(painter: Painter, weights: Weights, task: UploadedTask): tf.Scalar {
  return meanAbsoluteError(painter.paint(weights, task, 'removed'), task.tensors.targets);
}

export function simmimParameters(spec: ModelSpec): ParameterSpec[] {
  return [
    ...encoderParameters(spec),
    { name: 'mask_token', shape: [spec.width], init: normal(0.02) },
    ...linearParameters(HEAD, spec.width, spec.patchLength),
  ];
}

/** @param maskUnit side of the squares that are masked as one, in patches */
export function simmimPainter(spec: ModelSpec, maskUnit: number): Painter {
  return {
    spec,
    normalised: false,
    error: 'absolute',
    kept: (ratio) => unitKeptCount(spec.grid, maskUnit, ratio),
    mask: (kept, random) => unitMask(spec.grid, kept, maskUnit, random),

    task(batch, orders, kept) {
      const tensors = {
        patches: arrangePatches(batch, keptOf(orders, kept)),
        cells: cellsOf(orders),
        targets: removedTargets(batch, orders, kept, { normalised: false }),
      };
      return { tensors, sizes: {} };
    },

    paint(weights, { tensors }, rows) {
      const patches = tensors.patches as tf.Tensor3D;
      const [batch, visible] = patches.shape;
      const { cells } = tensors;
      const masked = broadcastToken(weights.mask_token as tf.Tensor1D, batch, spec.patches - visible);
      const tokens = concatRows(embedPatches(weights, patches), masked);
      const placed = addPositions(weights, spec, tokens, cells);
      const encoded = encodeTokens(weights, spec, placed, { randomKey: tensors[RANDOM_KEY] });
      // Row 0 is the class token's.
      const first = rows === 'removed' ? visible + 1 : 1;
      return applyLinear(weights, HEAD, sliceRows(encoded, first, spec.patches + 1 - first));
    },
  };
}

/** Mask tokens go through the encoder like patches; a head paints them (methods 2.2). */
function workOf({ config, spec }: Counted): number {
  const kept = unitKeptCount(spec.grid, config.simmim.maskUnit, config.task.maskRatio);
  const head = (spec.patches - kept) * spec.width * spec.patchLength;
  return 2 * embedding(spec, kept) + 3 * (blocks(spec, spec.patches) + head);
}
