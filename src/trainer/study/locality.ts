/** How far the heads of an encoder look, before and after fine-tuning (methods 8). */
import { sampleOf } from '../../data/sample.ts';
import { attentionDistances } from '../attention.ts';
import { chunks } from '../chunks.ts';
import type { Run } from '../run.ts';

/** Pictures that the distances are averaged over. */
const PICTURES = 100;

/** Mean attention distance on held-out pictures, (depth, heads); yields between chunks. */
export async function* meanDistances(run: Run): AsyncGenerator<undefined, Float32Array, void> {
  const { depth, heads, patches } = run.spec;
  const { heldOut } = run.dataset;
  const pictures = sampleOf(heldOut, PICTURES);
  const mean = new Float32Array(depth * heads);
  for (const chunk of chunks(pictures, patches)) {
    const distances = await attentionDistances(run, heldOut, chunk);
    for (let i = 0; i < mean.length; i++) mean[i] += (distances[i] * chunk.length) / pictures.length;
    yield undefined;
  }
  return mean;
}
