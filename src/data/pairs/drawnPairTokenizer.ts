/** *Paired digits* as tokens: three members, each corrupted by itself at every look (multimodal.md 1). */
import { joinBytes } from '../../base/join.ts';
import { Random } from '../../base/random.ts';
import type { Sense } from '../../config/modalities/names.ts';
import { DIGIT_MEMBERS, sensesOf } from '../../config/modalities/pair.ts';
import { EMPTY, FIRST_WORD } from '../../config/modalities/tokens.ts';
import { tokensOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Members, PatchBatch } from '../../objectives/objective.ts';
import type { Gallery } from '../gallery.ts';
import type { Statistics } from '../learnedStatistics.ts';
import type { CutMember, MemberQuery } from '../memberQuery.ts';
import { eachPatchRow, unpatchify } from '../patchify.ts';
import { sampleOf } from '../sample.ts';
import { selectLabels } from '../sampleSet.ts';
import { storeClips } from '../sound/soundSet.ts';
import { SPECIAL_NAMES, type Vocabulary } from '../text/vocabulary.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { CAPTION_WORDS } from './captions.ts';
import { type CorruptionSettings, corruptionRandom, corruptPicture, corruptPower, logPower } from './corruption.ts';
import { PAIR_SIZE } from './drawnDigit.ts';
import { clipOfSound, idsOfCaption, inkOf } from './drawnQuery.ts';
import { DRAWN_PAIR_BYTES, DrawnStore, speakAt } from './drawnStore.ts';
import { PAIR_BANDS, PAIR_FRAMES } from './melPower.ts';
import { type DrawnPairs, isDrawn, type PairedSet, placeInSplit } from './pairedSet.ts';
import { PAIR_COUNTS } from './things.ts';

/** Samples that statistics are taken of, corrupted as in training. */
const MEASURED = 512;
const AHEAD = 16;
const PATCH = 8;
/** Of what is drawn of sounds, from the faintest to the brightest. */
const DRAWN = [0.01, 0.99] as const;
const MEASURE_SEED = 20_240;

/** What a look puts over a sample: the seed of its corruption. */
export interface PairLook {
  seed: number;
}

interface Scale {
  mean: number;
  deviation: number;
}

export class DrawnPairTokenizer implements Tokenizer {
  readonly tokens;
  readonly statistics: Statistics;
  readonly raster = { height: PAIR_SIZE, width: PAIR_SIZE, channels: 1 as const };
  private readonly senses: readonly Sense[];
  private readonly store: DrawnStore;
  private readonly corruption: CorruptionSettings;
  private readonly picture: Scale;
  private readonly sound: Scale & { low: number; high: number };

  constructor(config: RunConfig, train: PairedSet & { content: DrawnPairs }) {
    this.tokens = tokensOf(config, { channels: 1 });
    this.senses = sensesOf(config);
    this.corruption = { occlusion: config.pair.occlusion, noise: config.pair.noise };
    this.store = new DrawnStore(train.content.seed, train.content.form);
    const measured = sampleOf(train, MEASURED);
    const looks = measured.map((_, i): PairLook => ({ seed: new Random(MEASURE_SEED, 'look', i).below(2 ** 30) }));
    const pictures = measured.map((index, i) => this.pixels(train.content, index, looks[i]));
    const sounds = measured.map((index, i) => this.logMel(train.content, index, looks[i]));
    this.picture = scaleOf(pictures);
    const clean = measured
      .slice(0, 64)
      .flatMap((index) => Array.from(this.logMel(train.content, index, undefined)))
      .sort((a, b) => a - b);
    const [low = 0, high = 1] = DRAWN.map((share) => clean[Math.floor(share * (clean.length - 1))]);
    this.sound = { ...scaleOf(sounds), low, high: Math.max(high, low + 1) };
    this.statistics = {
      mean: [this.picture.mean, this.sound.mean],
      deviation: [this.picture.deviation, this.sound.deviation],
    };
  }

  get recipe() {
    return { modality: 'pair', senses: this.senses, vocabulary: CAPTION_VOCABULARY, ...this.statistics };
  }

  look(_live: RunConfig, random: Random): PairLook {
    return { seed: random.below(2 ** 30) };
  }

  /** Test samples are corrupted once and for all; training samples at every look, and not at all without one. */
  cut(set: PairedSet, indices: ArrayLike<number>, looks?: readonly PairLook[]): PatchBatch {
    const content = drawn(set);
    const members = Object.fromEntries(this.senses.map((sense) => [sense, this.member(sense, content, indices, looks)]));
    const { count: patches } = this.tokens;
    return {
      values: new Float32Array(),
      count: indices.length,
      patches,
      patchLength: 0,
      ...selectLabels(set, indices),
      members: members as Members,
    };
  }

  cutMember(query: MemberQuery): CutMember {
    const { sense } = query;
    const { count: patches, length: patchLength } = DIGIT_MEMBERS[sense];
    const cut = (values: Float32Array | Int32Array, note?: string): CutMember => ({
      batch: { values, count: 1, patches, patchLength },
      ...(note === undefined ? {} : { note }),
    });
    if (sense === 'text') {
      const { ids, unknown, isCut } = idsOfCaption(query.text);
      const notes = [
        ...(unknown.length === 0 ? [] : [`Not among the words of captions, and left out: ${unknown.join(', ')}.`]),
        ...(isCut ? [`A caption has ${patches} words at most: the rest is left out.`] : []),
      ];
      return cut(ids, notes.length === 0 ? undefined : notes.join(' '));
    }
    if (sense === 'sound') {
      const power = this.store.powerOf(clipOfSound(query.samples));
      logPower(power);
      return cut(normalised(power, this.sound));
    }
    const { ink, isInverted } = inkOf(query.samples);
    const pixels = Float32Array.from(ink, (value) => value / 255);
    const note = 'The picture is light on dark: its light is taken for ink.';
    return cut(patchesOf(normalised(pixels, this.picture)), isInverted ? note : undefined);
  }

  ahead(set: PairedSet): boolean {
    return this.store.ahead(drawn(set), AHEAD);
  }

  keptBytes(set: PairedSet): number {
    return PAIR_COUNTS[drawn(set).split] * DRAWN_PAIR_BYTES;
  }

  /** Of pictures: what the other senses look like stands in `gallery`. */
  draw(tokens: Float32Array): Uint8Array {
    return this.drawMember('picture', tokens);
  }

  /** (length of a member's tokens) -> its raster; of texts there is none. */
  drawMember(sense: 'picture' | 'sound', tokens: Float32Array): Uint8Array {
    if (sense === 'picture') {
      const { mean, deviation } = this.picture;
      return asInk(unpatchify(tokens, PAIR_SIZE, 1, PATCH).map((value) => value * deviation + mean));
    }
    const { mean, deviation } = this.sound;
    return this.spectrogram(tokens.map((value) => value * deviation + mean));
  }

  /** As they are looked at: corrupted test samples, clean training samples. */
  gallery(set: PairedSet): Gallery {
    const content = drawn(set);
    const { count, labels, classes, modality } = set;
    const all = Array.from({ length: count }, (_, i) => i);
    const shared = { count, classes, ...(labels === undefined ? {} : { labels }) };
    const pictures = joinBytes(all.map((index) => asInk(this.pixels(content, index, undefined))));
    const sounds = joinBytes(all.map((index) => this.spectrogram(this.logMel(content, index, undefined))));
    const clips = storeClips(all.map((index) => speakAt(content, placeInSplit(content, index))));
    const captions = all.map((index) => this.store.take(content, index).caption);
    const ids = Int32Array.from(captions.flatMap((caption) => Array.from(idsOf(caption))));
    const members = {
      picture: { ...shared, modality: 'picture' as const, pixels: pictures, ...this.raster },
      sound: {
        ...shared,
        modality: 'sound' as const,
        pixels: sounds,
        height: PAIR_BANDS,
        width: PAIR_FRAMES,
        channels: 1 as const,
        clips,
      },
      text: { ...shared, texts: captions, ids, vocabulary: CAPTION_VOCABULARY },
    };
    const shown = Object.fromEntries(this.senses.map((sense) => [sense, members[sense]]));
    return { ...shared, modality, pixels: pictures, ...this.raster, members: shown };
  }

  private member(sense: Sense, content: DrawnPairs, indices: ArrayLike<number>, looks?: readonly PairLook[]): PatchBatch {
    const { count: patches, length: patchLength } = DIGIT_MEMBERS[sense];
    const size = patches * patchLength;
    const values = sense === 'text' ? new Int32Array(indices.length * size) : new Float32Array(indices.length * size);
    for (let i = 0; i < indices.length; i++) {
      values.set(this.tokensOf(sense, content, indices[i], looks?.[i]), i * size);
    }
    return { values, count: indices.length, patches, patchLength };
  }

  private tokensOf(sense: Sense, content: DrawnPairs, index: number, look: PairLook | undefined): ArrayLike<number> {
    if (sense === 'text') return idsOf(this.store.take(content, index).caption);
    if (sense === 'sound') return normalised(this.logMel(content, index, look), this.sound);
    return patchesOf(normalised(this.pixels(content, index, look), this.picture));
  }

  /** (32, 32) ink is 1, paper 0. */
  private pixels(content: DrawnPairs, index: number, look: PairLook | undefined): Float32Array {
    const pixels = Float32Array.from(this.store.take(content, index).picture, (value) => value / 255);
    const random = randomOf(content, 'picture', index, look);
    if (random !== undefined) corruptPicture(pixels, PAIR_SIZE, this.corruption, random);
    return pixels;
  }

  /** (50, 40) */
  private logMel(content: DrawnPairs, index: number, look: PairLook | undefined): Float32Array {
    const power = this.store.take(content, index).power.slice();
    const random = randomOf(content, 'sound', index, look);
    if (random !== undefined) corruptPower(power, PAIR_BANDS, this.corruption, random);
    logPower(power);
    return power;
  }

  /** (40, 50) 0..255, the highest band first. */
  private spectrogram(logMel: Float32Array): Uint8Array {
    const { low, high } = this.sound;
    const bytes = new Uint8ClampedArray(logMel.length);
    for (let frame = 0; frame < PAIR_FRAMES; frame++) {
      for (let band = 0; band < PAIR_BANDS; band++) {
        const value = logMel[frame * PAIR_BANDS + band];
        bytes[(PAIR_BANDS - 1 - band) * PAIR_FRAMES + frame] = (255 * (value - low)) / (high - low);
      }
    }
    return new Uint8Array(bytes.buffer);
  }
}

/** What captions are read in: the 35 words behind the three that every vocabulary has. */
export const CAPTION_VOCABULARY: Vocabulary = {
  kind: 'words',
  lower: true,
  names: [...SPECIAL_NAMES, ...CAPTION_WORDS],
};

const IDS = new Map(CAPTION_WORDS.map((word, i) => [word, FIRST_WORD + i]));

/** (8) ids of a caption's words, and empty places. */
function idsOf(caption: string): Int32Array {
  const ids = new Int32Array(DIGIT_MEMBERS.text.count).fill(EMPTY);
  ids.set(caption.split(' ').map((word) => IDS.get(word) ?? EMPTY));
  return ids;
}

function randomOf(
  content: DrawnPairs,
  member: 'picture' | 'sound',
  index: number,
  look: PairLook | undefined,
): Random | undefined {
  if (content.split === 'heldOut') return corruptionRandom(content.seed, 'heldOut', member, placeInSplit(content, index));
  return look && corruptionRandom(look.seed, 'train', member, placeInSplit(content, index));
}

function drawn({ content }: PairedSet): DrawnPairs {
  if (!isDrawn(content)) throw new Error('these pairs are somebody’s own');
  return content;
}

function normalised(values: Float32Array, { mean, deviation }: Scale): Float32Array {
  return values.map((value) => (value - mean) / deviation);
}

function scaleOf(rows: readonly Float32Array[]): Scale {
  const count = rows.reduce((sum, { length }) => sum + length, 0);
  let sum = 0;
  for (const row of rows) for (const value of row) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const row of rows) for (const value of row) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}

function patchesOf(pixels: Float32Array): Float32Array {
  const patches = new Float32Array(pixels.length);
  eachPatchRow(PAIR_SIZE, 1, PATCH, (inPicture, inPatches, length) => {
    patches.set(pixels.subarray(inPicture, inPicture + length), inPatches);
  });
  return patches;
}

/** Ink 1, paper 0 -> black on white, 0..255. */
function asInk(pixels: Float32Array): Uint8Array {
  return new Uint8Array(Uint8ClampedArray.from(pixels, (value) => 255 * (1 - value)).buffer);
}
