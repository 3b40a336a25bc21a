/**
 * How much arithmetic an objective is: multiply-adds of matrix products and convolutions on one picture, counted from the settings
 * (`trainer/flops.ts` says what is left out). Here are the pieces; an objective's own file puts them together.
 */
import { keptCount } from '../config/counts.ts';
import type { RunConfig } from '../config/run.ts';
import type { ModelSpec } from '../model/spec.ts';

/** Whose arithmetic is counted. */
export interface Counted {
  config: RunConfig;
  spec: ModelSpec;
}

export function keptPatches({ config, spec }: Counted): number {
  return keptCount(spec.patches, config.task.maskRatio);
}

/** With the class token. */
export function rowsOf(spec: ModelSpec, patches: number): number {
  return patches + (spec.classToken ? 1 : 0);
}

/** Words are looked up, which is no arithmetic. */
export function embedding({ patches, patchLength, width, vocabulary }: ModelSpec, given = patches): number {
  return vocabulary !== undefined ? 0 : given * patchLength * width;
}

/** `given` patches ask, `context` of them answer. */
export function encoderForward(spec: ModelSpec, given: number, context = given): number {
  return embedding(spec, given) + blocks(spec, given, context);
}

export function blocks(spec: ModelSpec, given: number, context = given): number {
  return spec.depth * block(spec, rowsOf(spec, given), rowsOf(spec, context));
}

/** Queries and projection, keys and values, scores and mixing, MLP. */
export function block({ width, mlpRatio }: Pick<ModelSpec, 'width' | 'mlpRatio'>, rows: number, answering = rows): number {
  const projections = 2 * rows * width * width + 2 * answering * width * width;
  return projections + 2 * rows * answering * width + 2 * rows * width * mlpRatio * width;
}
