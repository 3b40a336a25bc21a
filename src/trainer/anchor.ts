/** The weights that a run started from, on the backend, for a regulariser that holds it there. */
import * as tf from '@tensorflow/tfjs-core';
import { BadSettingError } from '../base/errors.ts';
import { NO_START } from '../config/objectives/regularisers.ts';
import type { Parameters, Placement } from '../model/parameters.ts';
import { WORD_TABLE } from '../model/stem.ts';
import type { Anchor } from '../objectives/regulariser.ts';

/**
 * What was pretrained is known by its weights: those of new parameters are as the seed draws them.
 *
 * @param start (count) the weights that the run started from
 * @param drawn (count) the weights that its seed draws
 * @throws BadSettingError when nothing was pretrained
 */
export function anchorOf({ placements, count, rate }: Parameters, start: Float32Array, drawn: Float32Array): Anchor {
  const old = placements.filter((placement) => isOld(placement, start, drawn));
  if (old.length === 0) throw new BadSettingError(NO_START);
  const held = new Float32Array(count);
  for (const { offset, length } of old) held.fill(1, offset, offset + length);
  return tf.tidy(() => {
    const holds = tf.tensor1d(held);
    return {
      start: tf.keep(tf.tensor1d(start)),
      held: tf.keep(holds),
      share: tf.keep(tf.mul(rate, holds)),
      matrices: old.filter(isMatrix).map(({ offset, spec: { shape } }) => ({ offset, inputs: shape[0], outputs: shape[1] })),
    };
  });
}

export function disposeAnchor({ start, held, share }: Anchor): void {
  tf.dispose([start, held, share]);
}

function isOld({ offset, length }: Placement, start: Float32Array, drawn: Float32Array): boolean {
  for (let i = offset; i < offset + length; i++) if (start[i] !== drawn[i]) return true;
  return false;
}

/** Of a linear map: tables that are looked up are none. */
function isMatrix({ spec: { name, shape } }: Placement): boolean {
  return shape.length === 2 && name.endsWith('.weight') && name !== WORD_TABLE;
}
