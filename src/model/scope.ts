/** Several models in one flat vector of parameters: each has its names behind a prefix of its own. */
import type { ParameterSpec, Weights } from './parameters.ts';

/** The same parameters as `prefix.name`: "sound.blocks.0.attn.q.weight". First values differ, as they are drawn by name. */
export function prefixed(prefix: string, specs: readonly ParameterSpec[]): ParameterSpec[] {
  return specs.map((spec) => ({ ...spec, name: `${prefix}.${spec.name}` }));
}

/** The tensors behind a prefix, under the names that one model alone gives them. */
export function within(weights: Weights, prefix: string): Weights {
  const start = `${prefix}.`;
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, tensor]) => (name.startsWith(start) ? [[name.slice(start.length), tensor]] : [])),
  );
}
