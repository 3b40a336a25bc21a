/** All encoders of a model that has several, from the file of another one. */
import { CheckpointError } from '../base/errors.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { Placement } from '../model/parameters.ts';
import { fits, readParameter, readTensors, type TensorsByName } from './checkpoint.ts';
import { type LoadedEncoder, takeEncoder } from './encoder.ts';
import { scopeOf } from './encoderScope.ts';

/** What encoders with a joint block share. */
const SHARED = /^(joint|joint_norm|type)\./;

/**
 * `readEncoder` for every member of samples that have several: takes the encoders that both file and model have, and, where all of it is
 * there and fits, the block that they share with the vectors that tell their tokens apart.
 *
 * @param members what the members are cut into
 * @throws CheckpointError as `readEncoder`, and when the file has none of the encoders
 */
export function readEncoders(
  bytes: Uint8Array,
  placements: readonly Placement[],
  members: readonly Tokens[],
  initial: Float32Array,
): LoadedEncoder {
  const { tensors } = readTensors(bytes);
  const known = members.filter(({ modality }) => scopeOf(tensors.keys(), modality) === `${modality}.`);
  if (known.length === 0) {
    const wanted = members.map(({ modality }) => modality).join(', ');
    throw new CheckpointError(`The file has no encoder of ${wanted} among others. Load weights of a run on several modalities.`);
  }
  const start = takeShared(tensors, placements, initial);
  return known.reduce((so, tokens) => both(so, takeEncoder(tensors, placements, tokens, so.values)), start);
}

function takeShared(tensors: TensorsByName, placements: readonly Placement[], initial: Float32Array): LoadedEncoder {
  const shared = placements.filter(({ spec }) => SHARED.test(spec.name));
  const fit = shared.every(({ spec }) => {
    const tensor = tensors.get(spec.name);
    return tensor !== undefined && fits(spec, tensor);
  });
  const taken = fit ? shared : [];
  const values = initial.slice();
  for (const placement of taken) values.set(readParameter(placement, tensors), placement.offset);
  const names = new Set(taken.map(({ spec }) => spec.name));
  return {
    values,
    added: placements.map(({ spec }) => spec.name).filter((name) => !names.has(name)),
    unused: [...tensors.keys()].filter((name) => !names.has(name)),
    resized: [],
  };
}

/** What neither took. The values are those of the second, which started with those of the first. */
function both(first: LoadedEncoder, second: LoadedEncoder): LoadedEncoder {
  const common = (a: readonly string[], b: readonly string[]) => a.filter((name) => b.includes(name));
  return {
    values: second.values,
    added: common(first.added, second.added),
    unused: common(first.unused, second.unused),
    resized: [...first.resized, ...second.resized],
  };
}
