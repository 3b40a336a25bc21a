import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../base/random.ts';
import { scale } from '../../ops/scale.ts';
import { symmetricKl } from '../../ops/symmetricKl.ts';
import { withoutGradient } from '../../ops/withoutGradient.ts';
import type { Regulariser } from '../regulariser.ts';

export interface R3fNumbers {
  lambda: number;
  /** Deviation of normal noise, bound of uniform noise. */
  size: number;
  shape: 'normal' | 'uniform';
}

/**
 * R3F (Aghajanyan et al. 2021, eq. 3): lambda KL_S(f(x) | f(x + z)) joins the loss, where KL_S(p | q) = KL(p | q) + KL(q | p), x are embedded
 * tokens and z ~ N(0, sigma^2 I) or U(-sigma, sigma), drawn anew at each step. As in the authors' program the noised embeddings are data: the
 * stem learns from the clean pass alone. Blocks that are skipped (drop path) are the same ones in both passes, so that only noise sets them apart.
 */
export function r3f({ lambda, size, shape }: R3fNumbers): Regulariser {
  const draw = (random: Random) => (shape === 'normal' ? size * random.normal() : random.between(-size, size));
  return {
    needsStart: false,
    passes: 1,
    draw: (dimensions, random) => {
      const length = dimensions.reduce((product, dimension) => product * dimension, 1);
      return { data: Float32Array.from({ length }, () => draw(random)), shape: [...dimensions] };
    },
    loss: ({ embedded, logits, again, noise }) =>
      scale(symmetricKl(again(withoutGradient(() => tf.add(embedded, noise))), logits), lambda),
  };
}
