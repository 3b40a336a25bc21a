/** What a file of weights says of itself, without reading the weights. */
import { CheckpointError } from '../base/errors.ts';
import { checkRun } from '../config/check.ts';
import type { SettingValue } from '../config/field.ts';
import { defaultRun, type RunConfig } from '../config/run.ts';
import { SETTING_PATHS, withSetting } from '../config/settings.ts';
import { INFO_KEYS, readStep } from './checkpoint.ts';
import { readHeader } from './safetensorsHeader.ts';

export interface ReadInfo {
  /** The settings of the run that saved it; absent when the file is not ours, or does not hold a run that is possible. */
  config: RunConfig | undefined;
  step: number;
  /** Channels of the pictures that the encoder reads. */
  channels: number;
}

/**
 * Files come from anywhere: settings that no run could have are not believed, and settings that did not exist when the file was
 * saved have their defaults.
 *
 * @throws CheckpointError when it is not safetensors, or holds no patch embedding
 */
export function readCheckpointInfo(bytes: Uint8Array): ReadInfo {
  const { entries, metadata } = readHeader(bytes);
  const [, channels] = entries.find(({ name }) => name === 'patch_embed.proj.weight')?.shape ?? [];
  if (channels === undefined) {
    throw new CheckpointError(
      'The file has no tensor patch_embed.proj.weight: it holds no Vision Transformer with timm’s names.',
    );
  }
  return { config: readConfig(metadata[INFO_KEYS.config]), step: readStep(metadata[INFO_KEYS.step]), channels };
}

function readConfig(text: string | undefined): RunConfig | undefined {
  const saved = text === undefined ? undefined : parse(text);
  if (own(saved, 'task') === undefined || own(saved, 'model') === undefined) return undefined;
  const config = SETTING_PATHS.reduce((run, path) => {
    const [section = '', name = ''] = path.split('.');
    const value = own(own(saved, section), name);
    // Whatever it is: the check below refuses what is no setting's value.
    return value === undefined ? run : withSetting(run, path, value as SettingValue);
  }, defaultRun());
  return checkRun(config).length === 0 ? config : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function own(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? (object as Record<string, unknown>)[key]
    : undefined;
}
