import { CheckpointError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import { readCheckpointInfo } from '../io/checkpointInfo.ts';
import { type LoadedEncoder, readEncoder } from '../io/encoder.ts';
import { firstValues, type Placement } from '../model/parameters.ts';

/** Where the first values of a run's parameters come from. */
export function initialRandom(seed: number): (name: string) => Random {
  return (name) => new Random(seed, 'init', name);
}

/**
 * The first weights of a run that starts from a pretrained encoder.
 *
 * @param tokens that the run reads
 * @throws CheckpointError when the file's encoder is another one than the run's
 */
export function pretrainedStart(
  file: Uint8Array,
  { model, optimiser }: RunConfig,
  placements: readonly Placement[],
  tokens: Tokens,
): LoadedEncoder {
  const heads = readCheckpointInfo(file).config?.model.heads;
  if (heads !== undefined && heads !== model.heads) {
    // No tensor's shape tells.
    throw new CheckpointError(
      `The saved encoder has ${heads} heads, the one to be trained has ${model.heads}. Set model.heads=${heads}.`,
    );
  }
  return readEncoder(file, placements, tokens, firstValues(placements, initialRandom(optimiser.seed)));
}
