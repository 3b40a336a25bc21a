/** Two samples for everybody to try a model on: drawn by Patchwork, never somebody's own. */
import { Random } from '../base/random.ts';
import type { Sense } from '../config/modalities/names.ts';
import { FIRST_WORD, type Tokens } from '../config/modalities/tokens.ts';
import { drawPicture } from '../data/builtInPictures.ts';
import { patchify } from '../data/patchify.ts';
import { normaliseTokens } from '../data/sound/bandStatistics.ts';
import { FeatureExtractor } from '../data/sound/features.ts';
import type { FrontEnd } from '../data/sound/frontEnd.ts';
import { frontEndOf } from '../data/sound/settings.ts';
import { soundClip } from '../data/sound/synth/soundSets.ts';
import type { NamedTensor } from '../io/safetensors.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import type { HomeModel } from './part.ts';
import { statisticsOf } from './statistics.ts';

export const PROBED = 2;
const SEED = 20_261;
/** Words of the second text: places behind its end are part of what has to agree. */
const FILLED = 0.6;
const SOUND_RATE = 16_000;

export interface ProbeSamples {
  batch: PatchBatch;
  /** As others get them: before the front end, where there is one, and as tokens. */
  inputs: NamedTensor[];
}

export function probeSamples(model: HomeModel): ProbeSamples {
  const { tokens } = model.subject;
  if (tokens.members !== undefined) return members(tokens.members);
  switch (tokens.modality) {
    case 'picture':
      return pictures(model);
    case 'sound':
      return sounds(model);
    default:
      return single(drawn(tokens), []);
  }
}

function pictures(model: HomeModel): ProbeSamples {
  const { tokens } = model.subject;
  const { size, patch } = model.config.picture;
  const channels = tokens.layout[2];
  const { mean, deviation } = statisticsOf(model);
  const pixels = new Float32Array(PROBED * channels * size * size);
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < PROBED; i++) {
    const picture = picturePixels(size, channels, i);
    const normalised = picture.map((value, k) => (value - mean[k % channels]) / deviation[k % channels]);
    values.set(patchify(normalised, size, channels, patch), i * picture.length);
    pixels.set(channelsFirst(picture, channels), i * picture.length);
  }
  return single(batchOf(tokens, values), [{ name: 'pixels', shape: [PROBED, channels, size, size], data: pixels }]);
}

/** (size, size, channels) 0..255 */
function picturePixels(size: number, channels: number, index: number): Float32Array {
  const { pixels } = drawPicture('scenes', size, new Random(SEED, 'probe', index));
  if (channels === 3) return Float32Array.from(pixels);
  return Float32Array.from({ length: size * size }, (_, i) =>
    Math.round((pixels[3 * i] + pixels[3 * i + 1] + pixels[3 * i + 2]) / 3),
  );
}

function channelsFirst(pixels: Float32Array, channels: number): Float32Array {
  const places = pixels.length / channels;
  return Float32Array.from(pixels, (_, i) => pixels[(i % places) * channels + Math.floor(i / places)]);
}

function sounds(model: HomeModel): ProbeSamples {
  const { tokens } = model.subject;
  const frontEnd = frontEndIn(model);
  const { mean, deviation } = model.info;
  if (frontEnd === undefined || mean === undefined || deviation === undefined) return single(drawn(tokens), []);
  const extractor = new FeatureExtractor(frontEnd);
  const clips = Array.from({ length: PROBED }, (_, i) => soundClip('syllables', SEED, 'heldOut', i, frontEnd.seconds).samples);
  const values = new Float32Array(PROBED * tokens.count * tokens.length);
  clips.forEach((clip, i) => {
    extractor.extract(clip, values, i * tokens.count * tokens.length);
  });
  normaliseTokens(extractor.shape, { mean: [...mean], deviation: [...deviation] }, values);
  const length = Math.min(...clips.map((clip) => clip.length));
  if (clips.some((clip) => clip.length !== length)) return single(batchOf(tokens, values), []);
  const waveform = Float32Array.from({ length: PROBED * length }, (_, i) => clips[Math.floor(i / length)][i % length] / 32_768);
  return single(batchOf(tokens, values), [{ name: 'waveform', shape: [PROBED, length], data: waveform }]);
}

/** The front end that the file names where it is the one that its settings describe: files come from anywhere. */
function frontEndIn({ config, recipe }: HomeModel): FrontEnd | undefined {
  const high = typeof recipe.high === 'number' ? recipe.high : undefined;
  if (high === undefined) return undefined;
  const frontEnd = { ...frontEndOf(config.sound, SOUND_RATE), high };
  const same = Object.entries(frontEnd).every(([key, value]) => recipe[key] === value);
  return same ? frontEnd : undefined;
}

function members(all: readonly Tokens[]): ProbeSamples {
  const batches = all.map((tokens) => [tokens.modality as Sense, drawn(tokens)] as const);
  const batch = { values: new Float32Array(), count: PROBED, patches: 0, patchLength: 0, members: Object.fromEntries(batches) };
  return { batch, inputs: batches.map(([sense, member]) => tokenTensor(`${sense}.tokens`, member)) };
}

/** Tokens that nothing stands behind: noise as large as normalised numbers are, or any words. */
function drawn(tokens: Tokens): PatchBatch {
  const random = new Random(SEED, 'tokens', tokens.modality);
  const { count, length, vocabulary } = tokens;
  const total = PROBED * count * length;
  if (vocabulary === undefined)
    return batchOf(
      tokens,
      Float32Array.from({ length: total }, () => random.normal()),
    );
  const filled = count + Math.ceil(FILLED * count);
  const words = Math.max(1, vocabulary - FIRST_WORD);
  const ids = Int32Array.from({ length: total }, (_, i) =>
    i < filled ? Math.min(vocabulary - 1, FIRST_WORD + random.below(words)) : 0,
  );
  return batchOf(tokens, ids);
}

function batchOf({ count: patches, length: patchLength }: Tokens, values: Float32Array | Int32Array): PatchBatch {
  return { values, count: PROBED, patches, patchLength };
}

function single(batch: PatchBatch, before: NamedTensor[]): ProbeSamples {
  return { batch, inputs: [...before, tokenTensor('tokens', batch)] };
}

/** Ids of words as (samples, n), numbers as (samples, n, length). */
function tokenTensor(name: string, { values, count, patches, patchLength }: PatchBatch): NamedTensor {
  const shape = values instanceof Int32Array ? [count, patches] : [count, patches, patchLength];
  return { name, shape, data: Float32Array.from(values) };
}
