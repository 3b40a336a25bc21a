/** The tasks of data2vec 2.0: several masks of every sample, what students see of it and what they are asked (methods 3.1, 3.5). */
import type { Random } from '../base/random.ts';
import { keptCount } from '../config/counts.ts';
import { isReal } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { ModelSpec } from '../model/spec.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { inverseBlockMask, spanMask } from './masks.ts';
import type { PatchBatch, Task } from './objective.ts';
import { tokenTensors } from './tokenValues.ts';

const MASKS: Readonly<Record<RunConfig['data2vec']['mask'], typeof spanMask>> = { inverse: inverseBlockMask, spans: spanMask };

/** All n cells of one mask at a mask ratio, the `keptCells` first. */
export function drawMask({ grid, patches }: ModelSpec, live: RunConfig, ratio: number, random: Random): Int32Array {
  const { mask, block, adjust } = live.data2vec;
  return MASKS[mask](grid, keptCells(patches, ratio), { ratio, block, adjust }, random);
}

/** The ratio may be moved during a run: students always see something and miss something. */
export function keptCells(patches: number, ratio: number): number {
  return Math.min(patches - 1, Math.max(1, keptCount(patches, ratio)));
}

/**
 * `orders.length / batch.count` masks of every picture, side by side: mask m of picture b is number b M + m throughout
 * (fairseq's `repeat_interleave`).
 *
 * @param orders all n cells each, the first `kept` of which the student sees
 * @param noise (orders, n - kept, width) what the decoder gets in place of the others, in their order
 * @param vocabulary so many words there are, where the table is to learn
 */
export function latentTask(
  batch: PatchBatch,
  orders: readonly Int32Array[],
  kept: number,
  noise: Float32Array,
  { vocabulary }: Pick<ModelSpec, 'vocabulary'> = {},
): Task {
  const { values, count, patches, patchLength } = batch;
  const masks = orders.length / count;
  const seen = orders.map((order) => order.subarray(0, kept));
  return {
    tensors: {
      patches: { data: values, shape: [count, patches, patchLength] },
      ...tokenTensors('seen', arrangePatches(batch, seen, masks), { vocabulary }),
      cells: cellsOf(seen),
      removed: cellsOf(orders.map((order, k) => asked(batch, Math.floor(k / masks), order.subarray(kept)))),
      places: cellsOf(orders.map(inverseOf)),
      noise: { data: noise, shape: [orders.length, patches - kept, noise.length / (orders.length * (patches - kept))] },
    },
    sizes: { masks },
  };
}

/**
 * The removed cells that are predicted, as many as there are: of a text the real words among them, again and again until they are;
 * all, empty places too, where none of them is one.
 */
function asked(batch: PatchBatch, sample: number, removed: Int32Array): Int32Array {
  const { values, patches } = batch;
  if (!(values instanceof Int32Array)) return removed;
  const real = removed.filter((place) => isReal(values[sample * patches + place]));
  return real.length === 0 ? removed : removed.map((_, row) => real[row % real.length]);
}

/** Where in an order each cell stands. */
function inverseOf(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place]] = place;
  return places;
}
