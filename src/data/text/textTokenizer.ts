/** Texts as ids of words, cut or filled to one length (text.md 2). */
import { BadDataError } from '../../base/errors.ts';
import { Random } from '../../base/random.ts';
import { EMPTY, UNKNOWN } from '../../config/modalities/tokens.ts';
import { tokensOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { PatchBatch } from '../../objectives/objective.ts';
import type { Gallery } from '../gallery.ts';
import type { Statistics } from '../learnedStatistics.ts';
import type { CutMember, QueryOf } from '../memberQuery.ts';
import { selectLabels } from '../sampleSet.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { encodeText } from './encoder.ts';
import { IdStore } from './idStore.ts';
import { CELL, drawWords } from './textRaster.ts';
import { type TextSet, textAt } from './textSet.ts';
import type { Vocabulary } from './vocabulary.ts';
import { sentenceEnds, windowStart } from './wordWindows.ts';

/** Texts that are read at a time while nothing else is to be done: some milliseconds. */
const AHEAD_TEXTS = 64;
/** Not a run's seed, so that two runs are tested on the same windows. */
const WINDOW_SEED = 20_231;

/** Which of the windows that begin a sentence, from 0 to 1. */
export interface WindowLook {
  at: number;
}

export class TextTokenizer implements Tokenizer {
  readonly tokens;
  /** Ids have none. */
  readonly statistics: Statistics = { mean: [0], deviation: [1] };
  readonly raster;
  private readonly store: IdStore;
  private readonly vocabulary: Vocabulary;
  private readonly isWindow: boolean;
  private readonly ends: Uint8Array;

  constructor(config: RunConfig, { vocabulary }: TextSet) {
    const { words, window } = config.text;
    this.tokens = tokensOf(config, { channels: 1, vocabulary: vocabulary.names.length });
    this.vocabulary = vocabulary;
    this.store = new IdStore(vocabulary, words);
    this.isWindow = window > 0;
    this.ends = sentenceEnds(vocabulary);
    this.raster = { height: CELL.height, width: CELL.width * this.tokens.count, channels: 1 as const };
  }

  get recipe() {
    return { modality: 'text', words: this.store.words, vocabulary: this.vocabulary };
  }

  look(_live: RunConfig, random: Random): WindowLook | undefined {
    return this.isWindow ? { at: random.uniform() } : undefined;
  }

  cut(set: TextSet, indices: ArrayLike<number>, looks?: readonly (WindowLook | undefined)[]): PatchBatch {
    const { count: patches, length: patchLength } = this.tokens;
    const values = new Int32Array(indices.length * patches).fill(EMPTY);
    for (let i = 0; i < indices.length; i++) values.set(this.idsOf(set, indices[i], looks?.[i]), i * patches);
    return { values, count: indices.length, patches, patchLength, ...selectLabels(set, indices) };
  }

  ahead(set: TextSet): boolean {
    return this.store.ahead(set, AHEAD_TEXTS);
  }

  keptBytes(set: TextSet): number {
    return this.store.bytes(set);
  }

  draw(tokens: ArrayLike<number>): Uint8Array {
    return drawWords(tokens, this.vocabulary.names);
  }

  cutMember({ text }: QueryOf<'text'>): CutMember {
    const { count: patches, length: patchLength } = this.tokens;
    const all = encodeText(this.vocabulary, text);
    if (all.length === 0) throw new BadDataError('There is no word in this caption.');
    const ids = all.subarray(0, patches);
    const unknown = ids.filter((id) => id === UNKNOWN).length;
    const notes = [
      ...(unknown > 0 ? [`${unknown} of its words are not among those of the training captions.`] : []),
      ...(all.length > patches ? [`Of a caption ${patches} words are read: the rest is left out.`] : []),
    ];
    const values = new Int32Array(patches).fill(EMPTY);
    values.set(ids);
    return { batch: { values, count: 1, patches, patchLength }, ...(notes.length > 0 && { note: notes.join(' ') }) };
  }

  gallery(set: TextSet): Gallery {
    const { count, labels, classes, modality } = set;
    const indices = Array.from({ length: count }, (_, i) => i);
    const { values } = this.cut(set, indices);
    const ids = Int32Array.from(values);
    const { count: places } = this.tokens;
    const { height, width } = this.raster;
    const pixels = new Uint8Array(count * height * width);
    for (const i of indices) pixels.set(this.draw(ids.subarray(i * places, (i + 1) * places)), i * height * width);
    const text = { texts: indices.map((i) => textAt(set, i)), ids, vocabulary: this.vocabulary };
    return { modality, count, pixels, ...this.raster, classes, ...(labels === undefined ? {} : { labels }), text };
  }

  /** At most as many as there are places. Where nobody chose a window, the text itself does, so that it is always the same. */
  private idsOf(set: TextSet, index: number, look: WindowLook | undefined): Int32Array {
    const ids = this.store.take(set, index);
    if (!this.isWindow) return ids;
    const at = look?.at ?? new Random(WINDOW_SEED, 'window', ...ids).uniform();
    const start = windowStart(ids, this.tokens.count, this.ends, at);
    return ids.subarray(start, start + this.tokens.count);
  }
}
