/** Between two sets of weights of one model (WiSE-FT: Wortsman et al. 2022, equation 3; McKinzie et al. 2023, section 4.2). */

import { crc32 } from '../base/crc32.ts';
import { BadSettingError } from '../base/errors.ts';
import { invariant } from '../base/invariant.ts';

/** One end of the line between two models. */
export interface WeightsEnd {
  /** Every trained number, heads included, flat; both ends in the same order. */
  weights: Float32Array;
  /** `headPrint` of the head that training started from; of a linear probe its own. */
  startHead: string;
}

/** Names a head by its numbers: two that are equal have the same name. */
export function headPrint(head: Float32Array): string {
  return crc32(new Uint8Array(head.buffer, head.byteOffset, head.byteLength))
    .toString(16)
    .padStart(8, '0');
}

/**
 * alpha * tuned + (1 - alpha) * probe: the probe's bits at 0, the tuned ones at 1. Numbers that both ends share keep
 * their bits, as this is done in double: encoders which never moved do not move here either.
 *
 * @throws BadSettingError where the ends started from different heads: in between neither head would mean anything
 */
export function interpolateWeights(probe: WeightsEnd, tuned: WeightsEnd, alpha: number): Float32Array {
  invariant(probe.weights.length === tuned.weights.length, `${probe.weights.length} weights against ${tuned.weights.length}`);
  if (!(alpha >= 0 && alpha <= 1)) throw new BadSettingError(`alpha ${alpha} is not between 0 and 1.`);
  if (probe.startHead !== tuned.startHead) {
    throw new BadSettingError(
      'These two models did not start from the same head: the one in between would be of no use. Fine-tune from the linear probe that is the other end.',
    );
  }
  if (alpha === 0) return probe.weights.slice();
  if (alpha === 1) return tuned.weights.slice();
  return probe.weights.map((from, i) => alpha * tuned.weights[i] + (1 - alpha) * from);
}
