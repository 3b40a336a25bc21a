/** Rules that several objectives have. */
import { keptCount } from '../counts.ts';
import { gridOf, modalityFacts, tokenCount } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';

export function keepsSome(config: CoreConfig): Problem | undefined {
  const patches = tokenCount(config);
  if (keptCount(patches, config.task.maskRatio) >= 1) return undefined;
  return {
    path: 'task.maskRatio',
    others: modalityFacts(config).cutBy,
    message: `Mask ratio ${config.task.maskRatio} leaves none of the ${patches} patches to look at. Lower it, or cut samples into more of them.`,
  };
}

export function removesSome(config: CoreConfig): Problem | undefined {
  const patches = tokenCount(config);
  if (keptCount(patches, config.task.maskRatio) < patches) return undefined;
  return {
    path: 'task.maskRatio',
    others: modalityFacts(config).cutBy,
    message: `Mask ratio ${config.task.maskRatio} removes none of the ${patches} patches, so there is nothing to predict. Raise it.`,
  };
}

/** Fixed positions are waves in two parts for each axis. */
export function hasWaves(config: CoreConfig): Problem | undefined {
  const { width } = config.model;
  const parts = 2 * gridOf(config).length;
  if (width % parts === 0) return undefined;
  return { path: 'model.width', message: `Width ${width} must be a multiple of ${parts} for sine-cosine positions.` };
}
