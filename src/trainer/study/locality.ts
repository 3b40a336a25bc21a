/** How far the heads of an encoder look, before and after fine-tuning (methods 8). */
import { sampleOf } from '../../data/sample.ts';
import { encoderOf, meanAttentionDistances } from '../attention.ts';
import type { Run } from '../run.ts';

/** Pictures that the distances are averaged over. */
const PICTURES = 100;

/** Mean attention distance on held-out pictures, (depth, heads); yields between chunks. */
export function meanDistances(run: Run): AsyncGenerator<undefined, Float32Array, void> {
  const { heldOut } = run.dataset;
  return meanAttentionDistances(run, heldOut, sampleOf(heldOut, PICTURES), encoderOf(run, undefined));
}
