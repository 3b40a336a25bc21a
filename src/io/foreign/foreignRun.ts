/** Weights of others say nothing of the run that made them: what Patchwork takes them for. */
import { CheckpointError } from '../../base/errors.ts';
import type { SettingValue } from '../../config/field.ts';
import { startingRun } from '../../config/presets.ts';
import { takeSettings } from '../../config/readConfig.ts';
import type { RunConfig } from '../../config/run.ts';
import { INFO_KEYS } from '../checkpoint.ts';
import { readCheckpointInfo } from '../checkpointInfo.ts';
import { encoderShape } from '../encoderShape.ts';
import { readSafetensors, writeSafetensors } from '../safetensors.ts';
import { readHeader } from '../safetensorsHeader.ts';

/** Every published Vision Transformer from 192 numbers wide to 1,280 has heads of so many. */
const HEAD_WIDTH = 64;

/**
 * A file of ours as it is. One of others with the settings of a run that could have made it: labels on pictures, the shape that its tensors
 * have, heads of 64 numbers, which no tensor tells. Everything that starts from weights can start from it then.
 *
 * @param bytes safetensors with timm's names (`bringIn`)
 * @returns also what people should know of what was taken for granted
 * @throws CheckpointError when it is no Vision Transformer, or one that does not fit
 */
export function withRun(bytes: Uint8Array): { bytes: Uint8Array; notes: string[] } {
  const { config, channels } = readCheckpointInfo(bytes);
  if (config !== undefined) return { bytes, notes: [] };
  const taken = foreignRun(bytes);
  const { tensors, metadata } = readSafetensors(bytes);
  const told = { [INFO_KEYS.config]: JSON.stringify(taken), [INFO_KEYS.channels]: String(channels) };
  return { bytes: writeSafetensors(tensors, { ...metadata, ...told }), notes: [sayTaken(taken)] };
}

function sayTaken({ model, picture }: RunConfig): string {
  return (
    `The file does not say how it was made. Taken for granted: ${model.heads} head${model.heads === 1 ? '' : 's'} of ${HEAD_WIDTH} numbers, as published Vision Transformers have, ` +
    `pictures of ${picture.size} px, and that they are normalised by ImageNet’s mean and deviation, as for MAE, DeiT and DINO (some others, such as Google’s ViT and BEiT, learned with 0.5 for both).`
  );
}

function foreignRun(bytes: Uint8Array): RunConfig {
  const shape = encoderShape(bytes);
  const names = new Set(readHeader(bytes).entries.map(({ name }) => name));
  const width = Number(shape['model.width']);
  if (width % HEAD_WIDTH !== 0) {
    throw new CheckpointError(
      `It does not say which settings it was made with, and with a width of ${width} nobody can tell how many heads it has. ` +
        'On the command line, train --from takes it with model.heads.',
    );
  }
  const settings: [string, SettingValue][] = [
    ...(Object.entries(shape) as [string, SettingValue][]),
    ['model.heads', width / HEAD_WIDTH],
    ['supervised.positions', positionsIn(names)],
    ['supervised.pooling', names.has('cls_token') && !names.has('fc_norm.weight') ? 'class' : 'mean'],
    ['supervised.norm', names.has('norm_pre.weight') ? 'post' : 'pre'],
  ];
  const { config, problems } = takeSettings(startingRun({ dataset: 'files', modality: 'picture' }, 'supervised'), settings);
  if (problems.length === 0) return config;
  throw new CheckpointError(`It holds an encoder that does not fit here. ${problems.join(' ')}`);
}

function positionsIn(names: ReadonlySet<string>): RunConfig['supervised']['positions'] {
  if (names.has('pos_embed')) return 'learned';
  return names.has('blocks.0.attn.relative_position_bias_table') ? 'relative' : 'none';
}
