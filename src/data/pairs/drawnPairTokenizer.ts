/** *Paired digits* as tokens: three members, each corrupted by itself at every look (multimodal.md 1). */

import { joinBytes } from '../../base/join.ts';
import { Random } from '../../base/random.ts';
import type { Sense } from '../../config/modalities/names.ts';
import { DIGIT_MEMBERS, sensesOf } from '../../config/modalities/pair.ts';
import { PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { tokensOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Members, PatchBatch } from '../../objectives/objective.ts';
import type { Gallery } from '../gallery.ts';
import type { Statistics } from '../learnedStatistics.ts';
import type { CutMember, MemberQuery, QueryOf } from '../memberQuery.ts';
import { sampleOf } from '../sample.ts';
import { selectLabels } from '../sampleSet.ts';
import { storeClips } from '../sound/soundSet.ts';
import { drawWords } from '../text/textRaster.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { CAPTION_VOCABULARY, captionIds } from './captionIds.ts';
import { type CorruptionSettings, corruptionRandom, corruptPicture, corruptPower, logPower } from './corruption.ts';
import { asInk, asPixels, normalised, patchesOf, type Scale, scaleOf, unnormalised } from './drawnNumbers.ts';
import { clipOfSound, idsOfCaption, inkOf } from './drawnQuery.ts';
import { DRAWN_PAIR_BYTES, DrawnStore, speakAt } from './drawnStore.ts';
import { PAIR_BANDS, PAIR_FRAMES } from './melPower.ts';
import { type DrawnPairs, isDrawn, type PairedSet, placeInSplit } from './pairedSet.ts';
import { PAIR_COUNTS } from './things.ts';

/** Samples that statistics are taken of, corrupted as in training. */
const MEASURED = 512;
const AHEAD = 16;
/** Of what is drawn of sounds, from the faintest to the brightest. */
const DRAWN = [0.01, 0.99] as const;
const MEASURE_SEED = 20_240;

/** What a look puts over a sample: the seed of its corruption. */
export interface PairLook {
  seed: number;
}

/** What one sense is made of. */
interface DrawnMember<S extends Sense> {
  tokens(content: DrawnPairs, index: number, look: PairLook | undefined): Float32Array | Int32Array;
  /** (length of its tokens) -> its raster. */
  draw(tokens: Float32Array): Uint8Array;
  /** Tokens of what somebody brings, and what was done to it. */
  bring(query: QueryOf<S>): { values: Float32Array | Int32Array; note?: string };
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
  private readonly members: { readonly [S in Sense]: DrawnMember<S> } = {
    picture: {
      tokens: (content, index, look) => patchesOf(normalised(this.pixels(content, index, look), this.picture)),
      draw: (tokens) => asInk(asPixels(tokens).map((value) => unnormalised(value, this.picture))),
      bring: ({ samples }) => {
        const { ink, isInverted } = inkOf(samples);
        const values = patchesOf(
          normalised(
            Float32Array.from(ink, (value) => value / 255),
            this.picture,
          ),
        );
        return { values, ...(isInverted && { note: 'The picture is light on dark: its light is taken for ink.' }) };
      },
    },
    sound: {
      tokens: (content, index, look) => normalised(this.logMel(content, index, look), this.sound),
      draw: (tokens) => this.spectrogram(tokens.map((value) => unnormalised(value, this.sound))),
      bring: ({ samples }) => {
        const power = this.store.powerOf(clipOfSound(samples));
        logPower(power);
        return { values: normalised(power, this.sound) };
      },
    },
    text: {
      tokens: (content, index) => captionIds(this.store.take(content, index).caption),
      draw: (tokens) => drawWords(tokens, CAPTION_VOCABULARY.names),
      bring: ({ text }) => {
        const { ids, unknown, isCut } = idsOfCaption(text);
        const notes = [
          ...(unknown.length === 0 ? [] : [`Not among the words of captions, and left out: ${unknown.join(', ')}.`]),
          ...(isCut ? [`A caption has ${ids.length} words at most: the rest is left out.`] : []),
        ];
        return { values: ids, ...(notes.length > 0 && { note: notes.join(' ') }) };
      },
    },
  };

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
    const { count: patches, length: patchLength } = DIGIT_MEMBERS[query.sense];
    const member: { bring(query: MemberQuery): ReturnType<DrawnMember<Sense>['bring']> } = this.members[query.sense];
    const { values, note } = member.bring(query);
    return { batch: { values, count: 1, patches, patchLength }, ...(note !== undefined && { note }) };
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

  /** (length of a member's tokens) -> its raster. */
  drawMember(sense: Sense, tokens: Float32Array): Uint8Array {
    return this.members[sense].draw(tokens);
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
    const ids = Int32Array.from(captions.flatMap((caption) => Array.from(captionIds(caption))));
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
    const { count: patches, length: patchLength, vocabulary } = DIGIT_MEMBERS[sense];
    const size = patches * patchLength;
    const values = new (vocabulary === undefined ? Float32Array : Int32Array)(indices.length * size);
    for (let i = 0; i < indices.length; i++) {
      values.set(this.members[sense].tokens(content, indices[i], looks?.[i]), i * size);
    }
    return { values, count: indices.length, patches, patchLength };
  }

  /** (32, 32) ink is 1, paper 0. */
  private pixels(content: DrawnPairs, index: number, look: PairLook | undefined): Float32Array {
    const { picture } = this.store.take(content, index);
    // Not `from`, which takes longer than all of the corruption: these are drawn at every look.
    const pixels = new Float32Array(picture.length);
    for (let i = 0; i < pixels.length; i++) pixels[i] = picture[i] / 255;
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
