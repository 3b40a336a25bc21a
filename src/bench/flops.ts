/** How much arithmetic a training step is. */
import type { ModelSpec } from '../model/spec.ts';

export interface StepShape {
  spec: ModelSpec;
  batch: number;
  /** Rows that are keys and values, the class token left out. */
  context: number;
}

/**
 * Floating-point operations of the matrix products of one MP3 step, two for each multiply-add. With N rows per picture and M of
 * them answering, forward: patches n P d, and in each block queries N d d, keys and values M d 2d, scores and mixing N M d
 * each, projection N d d, MLP 2 N d 4d, and the head n d n (methods 1.1). Backward costs each product two more, one per factor,
 * except that nobody asks for the gradient of the pictures. Norms, softmax, GELU and AdamW are left out, as is usual: they
 * are a few per cent, and whatever is computed twice counts once.
 */
export function stepFlops({ spec, batch, context }: StepShape): number {
  const { patches, patchLength, width, depth, mlpRatio } = spec;
  const rows = patches + (spec.classToken ? 1 : 0);
  const answering = context + (spec.classToken ? 1 : 0);
  const embedding = patches * patchLength * width;
  const projections = rows * width * width * 2 + answering * width * 2 * width;
  const attention = 2 * rows * answering * width;
  const mlp = 2 * rows * width * mlpRatio * width;
  const head = patches * width * patches;
  const forward = embedding + depth * (projections + attention + mlp) + head;
  return 2 * batch * (3 * forward - embedding);
}
