/** The run with labels that a command asks for, on a pretrained encoder or from scratch. */
import { BadSettingError, CheckpointError } from '../base/errors.ts';
import { checkRun } from '../config/check.ts';
import type { SettingValue } from '../config/field.ts';
import { fineTuneConfig } from '../config/fineTune.ts';
import { modalityOf } from '../config/modalities.ts';
import { NO_START, needsStart } from '../config/objectives/regularisers.ts';
import { switchToFiles } from '../config/ownFiles.ts';
import { takeSettings } from '../config/readConfig.ts';
import type { RunConfig } from '../config/run.ts';
import { withSetting } from '../config/settings.ts';
import { readCheckpointInfo } from '../io/checkpointInfo.ts';

export interface Wish {
  train: RunConfig['supervised']['train'];
  positions?: RunConfig['supervised']['positions'] | undefined;
  settings: readonly (readonly [path: string, value: SettingValue])[];
}

/**
 * @param base the pretrained run, or the one whose model and pictures are taken
 * @param pretrained whether there are weights: positions that they learned with cannot be changed
 * @throws BadSettingError when settings are out of range or contradict each other or the weights
 */
export function labelledRun(base: RunConfig, pretrained: boolean, { train, positions, settings }: Wish): RunConfig {
  const start = fineTuneConfig(base, { train, ...(positions && { positions }) });
  // From scratch everything is new, positions too.
  const fresh: Wish['settings'] = pretrained ? [] : [['supervised.positions', positions ?? 'learned']];
  const config = withSettings(start, [...fresh, ...settings]);
  if (pretrained && positions !== undefined && config.supervised.positions !== positions) {
    throw new BadSettingError(
      `The encoder learned with ${start.supervised.positions} positions and keeps them: leave --positions ${positions} out.`,
    );
  }
  if (!pretrained && needsStart(config)) throw new BadSettingError(`${NO_START} (supervised.regulariser)`);
  const problems = checkRun(config);
  if (problems.length > 0) throw new BadSettingError(problems.map(({ path, message }) => `${message} (${path})`).join('\n'));
  return config;
}

/** @throws BadSettingError naming the setting, and what it takes */
export function withSettings(config: RunConfig, settings: Wish['settings']): RunConfig {
  const { config: changed, problems } = takeSettings(config, settings);
  if (problems.length > 0) throw new BadSettingError(problems.join('\n'));
  return changed;
}

/** @throws CheckpointError when the file does not say what run saved it */
export function pretrainedRun(weights: Uint8Array, name: string): RunConfig {
  const { config } = readCheckpointInfo(weights);
  if (config !== undefined) return config;
  throw new CheckpointError(`${name} does not say what model it holds: it was not saved by Patchwork, or by a newer one.`);
}

/** The same built-in pictures for every seed: drawn from this one. Which files are held out is `data.splitSeed`'s affair. */
const PICTURE_SEED = 1;

/** The settings that decide which pictures a run sees, whatever its seed. */
export function pictureConfig(config: RunConfig, data: readonly string[]): RunConfig {
  const seeded = withSetting(config, 'optimiser.seed', PICTURE_SEED);
  // What the encoder reads, the files have to hold.
  return data.length === 0 ? seeded : switchToFiles(seeded, modalityOf(seeded));
}
