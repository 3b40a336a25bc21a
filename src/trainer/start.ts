import { CheckpointError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import { sensesOf } from '../config/modalities/pair.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import { modalityFacts, modalityOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { getSetting } from '../config/settings.ts';
import { readCheckpointInfo } from '../io/checkpointInfo.ts';
import { type LoadedEncoder, readEncoder } from '../io/encoder.ts';
import { readEncoders } from '../io/encoders.ts';
import { asWeights } from '../io/runFiles/asWeights.ts';
import { firstValues, type Placement } from '../model/parameters.ts';

/** Where the first values of a run's parameters come from. */
export function initialRandom(seed: number): (name: string) => Random {
  return (name) => new Random(seed, 'init', name);
}

/**
 * The first weights of a run that starts from a pretrained encoder.
 *
 * @param file weights, or a whole run
 * @param tokens that the run reads
 * @throws CheckpointError when the file's encoder is another one than the run's
 */
export function pretrainedStart(
  file: Uint8Array,
  config: RunConfig,
  placements: readonly Placement[],
  tokens: Tokens,
): LoadedEncoder {
  const { model, optimiser } = config;
  const { config: saved, heads = saved?.model.heads } = readCheckpointInfo(file);
  const weights = asWeights(file);
  if (saved !== undefined) refuseOtherTokens(saved, config);
  if (heads !== undefined && heads !== model.heads) {
    // No tensor's shape tells.
    throw new CheckpointError(
      `The saved encoder has ${heads} heads, the one to be trained has ${model.heads}. Set model.heads=${heads}.`,
    );
  }
  const initial = firstValues(placements, initialRandom(optimiser.seed));
  return tokens.members === undefined
    ? readEncoder(weights, placements, tokens, initial)
    : readEncoders(weights, placements, tokens.members, initial);
}

/**
 * Whether the file is of several encoders, one of which reads what the run is of. Shapes tell whether it fits. Sounds of built-in pairs are
 * cut into other bands than sounds by themselves, though of one shape: their encoder would hear something else.
 */
function isMember(saved: RunConfig, config: RunConfig): boolean {
  const modality = modalityOf(config);
  const isOne = modalityFacts(saved).members !== undefined && sensesOf(saved).some((sense) => sense === modality);
  return isOne && (modality !== 'sound' || saved.data.dataset === 'files');
}

/** @throws CheckpointError when the saved encoder reads something else, which the shape of its tensors need not tell */
function refuseOtherTokens(saved: RunConfig, config: RunConfig): void {
  const [theirs, own] = [modalityFacts(saved), modalityFacts(config)];
  if (isMember(saved, config)) return;
  const isOfMembers = theirs.members !== undefined && own.members === undefined;
  if (isOfMembers && modalityOf(config) === 'sound' && sensesOf(saved).includes('sound')) {
    throw new CheckpointError(
      'The encoder of sounds in this file listens to Paired digits in bands and frames of their own (60 to 3,800 Hz, 32 ms every 16), ' +
        'which runs on sounds do not have: it would hear something else. Its encoders of pictures and of texts open; of pairs of your own, that of sounds too.',
    );
  }
  if (theirs !== own) {
    throw new CheckpointError(`The saved encoder reads ${theirs.words.samples}, the one to be trained ${own.words.samples}.`);
  }
  for (const path of own.meaning ?? []) {
    const value = getSetting(saved, path);
    if (value === getSetting(config, path)) continue;
    throw new CheckpointError(
      `The saved encoder learned with ${path}=${value}, the one to be trained has ${getSetting(config, path)}. Set ${path}=${value}.`,
    );
  }
}
