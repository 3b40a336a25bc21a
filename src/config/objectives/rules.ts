/** Rules that several objectives have. */
import { keptCount, type Problem, patchCount } from '../counts.ts';
import type { CoreConfig } from '../sections.ts';

export function keepsSome(config: CoreConfig): Problem | undefined {
  const patches = patchCount(config);
  if (keptCount(patches, config.task.maskRatio) >= 1) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['model.patch', 'data.size'],
    message: `Mask ratio ${config.task.maskRatio} leaves none of the ${patches} patches to look at. Lower it, or use smaller patches.`,
  };
}

export function removesSome(config: CoreConfig): Problem | undefined {
  const patches = patchCount(config);
  if (keptCount(patches, config.task.maskRatio) < patches) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['model.patch', 'data.size'],
    message: `Mask ratio ${config.task.maskRatio} removes none of the ${patches} patches, so there is nothing to predict. Raise it.`,
  };
}

/** Fixed positions are waves in four parts. */
export function hasWaves({ model }: CoreConfig): Problem | undefined {
  if (model.width % 4 === 0) return undefined;
  return { path: 'model.width', message: `Width ${model.width} must be a multiple of 4 for sine-cosine positions.` };
}
