/** The encoder of one model for another one: what fine-tuning and further pretraining start from. */
import { CheckpointError } from '../base/errors.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import { MODALITIES } from '../config/modalities.ts';
import { countText } from '../data/wording.ts';
import type { Placement } from '../model/parameters.ts';
import { fits, readParameter, readTensors, type TensorsByName } from './checkpoint.ts';
import { WORD_TABLE } from './checkpointInfo.ts';
import { encoderPlacements, encoderTensors, typeOf } from './encoderScope.ts';
import { fitTables } from './fitTables.ts';
import { isStateTensor, leftOver } from './leftOver.ts';

export interface LoadedEncoder {
  /** All parameters, flat, as placed. */
  values: Float32Array;
  /** Names of the parameters that the file does not have: they are as they were in `initial`. */
  added: string[];
  /** Names of the file's tensors that were not used: heads, decoders and what else the model does without. */
  unused: string[];
  /** Learned positions that were brought to another grid (`fitTables`). */
  resized: string[];
}

/**
 * Fills the encoder's parameters by name. Learned positions of another grid are brought to the model's. What a model may have that its
 * pretraining had not stays as it is in `initial`: tables of positions, the class token, the norm of another read-out. Decoders and mask tokens are taken if all
 * of them are there and fit; heads never are. Where the file or the model has several encoders (io/encoderScope.ts), it is the one
 * that reads what `tokens` are of.
 *
 * @param placements of the model that starts from the file
 * @param tokens that it reads
 * @param initial its first weights, flat
 * @throws CheckpointError when the file is not safetensors, or its encoder is another one, or has parts that this one has not
 */
export function readEncoder(
  bytes: Uint8Array,
  placements: readonly Placement[],
  tokens: Tokens,
  initial: Float32Array,
): LoadedEncoder {
  return takeEncoder(readTensors(bytes).tensors, placements, tokens, initial);
}

/** `readEncoder` from tensors that are read already. */
export function takeEncoder(
  file: TensorsByName,
  placements: readonly Placement[],
  tokens: Tokens,
  initial: Float32Array,
): LoadedEncoder {
  const { scope, own } = encoderPlacements(placements, tokens.modality);
  const alone = placements.every(({ spec }) => spec.name !== typeOf(tokens.modality));
  const { scope: fileScope, own: found } = encoderTensors(file, tokens.modality, alone);
  const { tensors, resized } = fitTables(found, own, tokens.grid);
  checkEncoder(tensors, own, tokens);
  leftOver(tensors.keys(), new Set(own.map(({ spec }) => spec.name)));
  const wanted = wantedOf(tensors, own, file.has(JOINT_NORM));
  const values = initial.slice();
  for (const placement of wanted) values.set(readParameter(placement, tensors), placement.offset);
  const taken = new Set(wanted.map(({ spec }) => spec.name));
  const unused = leftOver(tensors.keys(), taken).map((name) => fileScope + name);
  const others = [...file.keys()].filter((name) => !name.startsWith(fileScope) && !isStateTensor(name));
  return { values, added: namesBeside(placements, scope, taken), unused: [...unused, ...others], resized };
}

/** The parameters that the file fills. @param joint whether the encoder's last norm is that of a block which it shares with others */
function wantedOf(tensors: TensorsByName, placements: readonly Placement[], joint: boolean): Placement[] {
  const found = placements.filter(({ spec }) => {
    const tensor = tensors.get(spec.name);
    return tensor !== undefined && fits(spec, tensor);
  });
  const rest = placements.filter(({ spec }) => !ENCODER.test(spec.name) && !HEAD.test(spec.name));
  const decoderFits = rest.every((placement) => TABLE.test(placement.spec.name) || found.includes(placement));
  return placements.filter((placement) => {
    const { name } = placement.spec;
    if (!ENCODER.test(name)) return decoderFits && rest.includes(placement) && found.includes(placement);
    return found.includes(placement) || !(mayBeNew(name, tensors) || (joint && name.startsWith('norm.')));
  });
}

/** Names of a model's parameters but those taken, which are named as behind `scope`. */
function namesBeside(placements: readonly Placement[], scope: string, taken: ReadonlySet<string>): string[] {
  const names = placements.map(({ spec }) => spec.name);
  return names.filter((name) => !name.startsWith(scope) || !taken.has(name.slice(scope.length)));
}

const JOINT_NORM = 'joint_norm.weight';
const ENCODER = /^(patch_embed|text\.embed|blocks|norm_pre|norm|fc_norm)\.|^(cls_token|pos_embed)$/;
/** What guesses words is as much a decoder as what paints. */
const HEAD = /^head(?!_words)/;
const PATCHES = 'patch_embed.proj.weight';
const TABLE = /pos_embed$|\.relative_position_bias_table$/;

function mayBeNew(name: string, tensors: TensorsByName): boolean {
  // A model that was read out by the mean of its patches has `fc_norm` in place of `norm`.
  const otherReadOut = name.startsWith('fc_norm.') || (name.startsWith('norm.') && tensors.has('fc_norm.weight'));
  return TABLE.test(name) || name === 'cls_token' || otherReadOut;
}

/** @throws CheckpointError saying in what way the encoder of the file is another one than that of the model */
function checkEncoder(tensors: TensorsByName, placements: readonly Placement[], tokens: Tokens): void {
  if (tokens.vocabulary === undefined) checkPatches(tensors, placements, tokens);
  else checkWords(tensors, placements, tokens.vocabulary);
  const names = placements.map(({ spec }) => spec.name);
  compare((amount) => `has depth ${amount}`, blocksIn([...tensors.keys()]), blocksIn(names), 'model.depth');
  const postNorm = tensors.has('norm_pre.weight');
  if (postNorm !== names.includes('norm_pre.weight')) {
    const [file, own] = postNorm ? ['after', 'before'] : ['before', 'after'];
    throw new CheckpointError(
      `The saved encoder has its norms ${file} its branches, the one to be trained ${own} them (data2vec 2.0 has them after): they do not fit.`,
    );
  }
}

function checkPatches(tensors: TensorsByName, placements: readonly Placement[], { modality, layout }: Tokens): void {
  const [width, channels, ...places] = tensors.get(PATCHES)?.shape ?? [];
  if (width === undefined || channels === undefined || places.length !== layout.length - 1) {
    throw new CheckpointError('The file has no patch embedding: it holds no Vision Transformer with timm’s names.');
  }
  for (const { words, axis, path } of MODALITIES[modality].axes)
    compare(words, [...places, channels][axis] ?? 0, layout[axis], path);
  compare(sayWidth, width, shapeOf(placements, PATCHES)[1] ?? 0, 'model.width');
}

function checkWords(tensors: TensorsByName, placements: readonly Placement[], vocabulary: number): void {
  const [words, width] = tensors.get(WORD_TABLE)?.shape ?? [];
  if (words === undefined || width === undefined) {
    throw new CheckpointError('The file has no table of words: its encoder reads no texts.');
  }
  compare((amount) => `reads ${countText(amount)} words`, words, vocabulary);
  compare(sayWidth, width, shapeOf(placements, WORD_TABLE)[1] ?? 0, 'model.width');
}

const sayWidth = (amount: number): string => `has width ${amount}`;

/** @param path of the setting that would mend it */
function compare(words: (amount: number) => string, file: number, own: number, path?: string): void {
  if (file === own) return;
  const remedy = path === undefined ? '' : ` Set ${path}=${file}.`;
  throw new CheckpointError(`The saved encoder ${words(file)}, the one to be trained ${words(own)}.${remedy}`);
}

function shapeOf(placements: readonly Placement[], name: string): readonly number[] {
  return placements.find(({ spec }) => spec.name === name)?.spec.shape ?? [];
}

function blocksIn(names: readonly string[]): number {
  return new Set(names.map((name) => /^blocks\.(\d+)\./.exec(name)?.[1]).filter((block) => block !== undefined)).size;
}
