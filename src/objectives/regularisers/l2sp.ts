import { addL2sp } from '../../ops/l2sp.ts';
import type { Regulariser } from '../regulariser.ts';

/**
 * L2-SP (Li, Grandvalet & Davoine 2018, eq. 2): alpha / 2 |w - w0|^2 joins the loss, over all weights that were pretrained. The second term
 * of the paper, beta / 2 |w|^2 over the new ones, is AdamW's weight decay here, which pulls on all matrices as in every other run.
 *
 * @param alpha 0 or more
 */
export function l2sp(alpha: number): Regulariser {
  return {
    needsStart: true,
    passes: 0,
    numbers: () => Float32Array.of(alpha),
    gradient: (gradient, parameters, { start, held }, numbers) => addL2sp(gradient, parameters, start, held, numbers),
  };
}
