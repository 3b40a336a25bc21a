/** One encoder among several: its names, in a file or a model, stand behind what it reads, as in `sound.blocks.0.norm1.weight`. */
import { CheckpointError } from '../base/errors.ts';
import type { Placement } from '../model/parameters.ts';
import type { TensorsByName } from './checkpoint.ts';
import type { NamedTensor } from './safetensors.ts';

const BLOCK = /^(?:(\w+)\.)?blocks\.\d+\./;
const STEM_BIAS = 'patch_embed.proj.bias';
const POSITIONS = 'pos_embed';

/** Names of one encoder: as they are, behind its scope, and as it has them alone. */
export interface Scoped<T> {
  /** "sound." where there are several encoders, '' where there is one, which need not say what it reads. */
  scope: string;
  own: T;
}

/**
 * The parameters of a model's encoder that reads `modality`, under the names that it has alone.
 *
 * @throws CheckpointError when the model has several encoders, none of which reads it
 */
export function encoderPlacements(placements: readonly Placement[], modality: string): Scoped<Placement[]> {
  const names = placements.map(({ spec }) => spec.name);
  const scope = scopeOf(names, modality);
  if (scope === undefined) throw new CheckpointError(`The model has encoders of ${ownersOf(names)}, and none of ${modality}.`);
  const own = placements.filter(({ spec }) => spec.name.startsWith(scope));
  return { scope, own: own.map((place) => ({ ...place, spec: { ...place.spec, name: place.spec.name.slice(scope.length) } })) };
}

/**
 * The tensors of a file's encoder that reads `modality`, under the names that it has alone.
 *
 * @param alone whether it is to compute alone: the vector that tells its tokens from those of other modalities is then part of its stem
 * @throws CheckpointError when the file has several encoders, none of which reads it
 */
export function encoderTensors(tensors: TensorsByName, modality: string, alone: boolean): Scoped<TensorsByName> {
  const scope = scopeOf(tensors.keys(), modality);
  if (scope === undefined) {
    throw new CheckpointError(`The file has encoders of ${ownersOf(tensors.keys())}, and none of ${modality}.`);
  }
  if (scope === '') return { scope, own: tensors };
  const own = new Map<string, NamedTensor>();
  for (const [name, tensor] of tensors) {
    if (name.startsWith(scope)) own.set(name.slice(scope.length), { ...tensor, name: name.slice(scope.length) });
  }
  const type = tensors.get(typeOf(modality));
  if (alone && type !== undefined) addToTokens(own, type);
  return { scope, own };
}

/** Name of the vector that is added to all tokens of a modality. */
export function typeOf(modality: string): string {
  return `type.${modality}`;
}

/** In the bias of the matrix that embeds them, or, where a table of words does, in their positions. */
function addToTokens(own: Map<string, NamedTensor>, type: NamedTensor): void {
  const tensor = own.get(STEM_BIAS) ?? own.get(POSITIONS);
  if (tensor === undefined)
    throw new CheckpointError(`The file has nothing to add ${type.name} to: no ${STEM_BIAS}, no ${POSITIONS}.`);
  own.set(tensor.name, { ...tensor, data: tensor.data.map((value, i) => value + type.data[i % type.data.length]) });
}

/** What stands before the names of the encoder that reads `modality`; undefined where there are several, and none of them does. */
export function scopeOf(names: Iterable<string>, modality: string): string | undefined {
  const owners = new Set([...names].flatMap((name) => (BLOCK.test(name) ? [BLOCK.exec(name)?.[1] ?? ''] : [])));
  if (owners.has(modality)) return `${modality}.`;
  return owners.size === 0 || owners.has('') ? '' : undefined;
}

/** "picture and sound": what the encoders read. */
function ownersOf(names: Iterable<string>): string {
  return [...new Set([...names].flatMap((name) => BLOCK.exec(name)?.[1] ?? []))].join(' and ');
}
