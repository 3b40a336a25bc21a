/** The shape of the encoder in a file, as settings. */

import type { Settings } from '../config/field.ts';
import { modalityFacts } from '../config/modalities.ts';
import { getSetting } from '../config/settings.ts';
import { readCheckpointInfo } from './checkpointInfo.ts';
import { readHeader } from './safetensorsHeader.ts';

/**
 * What a run that starts from the file has to be: what samples are cut into, width, depth and heads, as far as the file says. A file
 * of ours says all of it; the tensors of others, which read pictures, say neither the heads nor, without positions, the side of those.
 *
 * @returns values by path
 * @throws CheckpointError when it is not safetensors, or holds no Vision Transformer
 */
export function encoderShape(bytes: Uint8Array): Settings {
  const { config, heads } = readCheckpointInfo(bytes);
  if (config !== undefined) {
    const { width, depth } = config.model;
    return {
      ...Object.fromEntries(modalityFacts(config).cutBy.map((path) => [path, getSetting(config, path)])),
      'model.width': width,
      'model.depth': depth,
      'model.heads': config.model.heads,
    };
  }
  const { entries } = readHeader(bytes);
  const [width = 0, , patch = 0] = entries.find(({ name }) => name === 'patch_embed.proj.weight')?.shape ?? [];
  const blocks = new Set(entries.flatMap(({ name }) => /^blocks\.(\d+)\./.exec(name)?.[1] ?? []));
  const positions = entries.find(({ name }) => name === 'pos_embed')?.shape.at(-2);
  const hasToken = entries.some(({ name }) => name === 'cls_token');
  const side = positions === undefined ? Number.NaN : Math.sqrt(positions - (hasToken ? 1 : 0));
  return {
    ...(Number.isInteger(side) ? { 'picture.size': side * patch } : {}),
    'picture.patch': patch,
    'model.width': width,
    'model.depth': blocks.size,
    ...(heads === undefined ? {} : { 'model.heads': heads }),
  };
}
