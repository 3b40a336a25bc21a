/** Makes samples of texts: whole ones, or parts of them. */
import { crc32 } from '../../base/crc32.ts';
import type { LoadedSample } from '../dataset.ts';
import type { TextReading } from '../files.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import { amountText, countText } from '../wording.ts';
import { measureOf } from './measure.ts';
import type { TextContent } from './textContent.ts';
import type { TextNotes } from './textNotes.ts';
import { learningVocabulary, type Vocabulary } from './vocabulary.ts';
import { cutParagraphs, cutSentences, cutStart, cuttingWindows, cutWindows, type Measure } from './windows.ts';

type Sample = LoadedSample<TextContent>;

/** With fewer files one that is held out would be too large a part: their parts are held out one by one. */
const FEW_FILES = 10;
const FEW_LABELLED_FILES = 4;
/** Characters by which the sizes of byte pairs are known before there is a vocabulary; only where texts are cut hangs on them. */
const LEARNED_FROM = 2_000_000;
/** What the vocabulary that is learned afterwards may do otherwise: so much room is left in windows of byte pairs. */
const ROOM = 0.06;
/** Characters of a text from which on whoever waits is asked whether to go on. */
const LONG = 20_000;
const HAS_WORD = /[\p{L}\p{N}]/u;

export class TextCutter {
  /** Texts that fit into one data set. */
  most = Number.POSITIVE_INFINITY;
  private measure: Measure;

  constructor(
    private readonly options: TextReading,
    private readonly said: TextNotes,
  ) {
    this.measure = measureOf(this.unlearned());
  }

  /** The samples with the texts that are made of theirs. A file's stay together, unless there are only few files. */
  async cut(samples: readonly Sample[], pace: Pace): Promise<Sample[]> {
    if (this.options.tokens === 'byte pairs') this.measure = measureOf(await this.learn(samples, pace));
    const isLabelled = samples.some(({ className }) => className !== undefined);
    const files = samples.filter(({ content }) => content?.isFile === true).length;
    const isFew = files < (isLabelled ? FEW_LABELLED_FILES : FEW_FILES);
    const result: Sample[] = [];
    for (const [i, sample] of samples.entries()) {
      await pace.tick('Cutting texts', i, samples.length);
      const { content } = sample;
      if (content === undefined) continue;
      const texts = await this.parts(content.texts, content.isFile && !isLabelled, pace);
      if (isFew && content.isFile && texts.length > 1) {
        if (sample.split === undefined) this.said.isSplitWithinFiles = true;
        for (const [k, text] of texts.entries()) {
          await pace.tick('Cutting texts', i, samples.length);
          result.push(partOf(sample, content, text, k));
        }
      } else if (texts.length > 0) result.push({ ...sample, content: { ...content, texts }, samples: texts.length });
    }
    return result;
  }

  /** The beginning of a text, as much as is read of it and a word more where there is one. */
  start(text: string): string {
    return cutStart(text, this.options.words, this.measure);
  }

  /** How many windows a text would make. */
  windows(text: string): number {
    return cutWindows(text, this.options.words, this.measure).texts.length;
  }

  /** At most `most` texts, left out evenly. */
  thinOut(samples: readonly Sample[], refused: Refusal[]): Sample[] {
    const total = samples.reduce((sum, { samples: count }) => sum + count, 0);
    if (total <= this.most) return [...samples];
    const share = this.most / total;
    let at = 0;
    const isKept = (): boolean => Math.floor((at + 1) * share) > Math.floor(at++ * share);
    const kept = samples.flatMap((sample) => {
      const texts = (sample.content?.texts ?? []).filter(isKept);
      return sample.content === undefined || texts.length === 0
        ? []
        : [{ ...sample, content: { ...sample.content, texts }, samples: texts.length }];
    });
    const left = total - kept.reduce((sum, { samples: count }) => sum + count, 0);
    refused.push({
      name: amountText(left, 'text'),
      reason: `did not fit: of ${this.options.words} places ${countText(this.most)} texts are the most. They were left out evenly.`,
      sums: { modality: 'text', count: left },
    });
    return kept;
  }

  private async parts(texts: readonly string[], isLong: boolean, pace: Pace): Promise<string[]> {
    const { split } = this.options;
    const way = split === 'auto' ? (isLong ? 'windows' : 'texts') : split;
    if (way === 'texts') return texts.map((text) => this.start(text));
    if (way === 'windows') return (await Promise.all(texts.map((text) => this.cutWindows(text, pace)))).flat();
    const parts = texts.map(way === 'sentences' ? cutSentences : cutParagraphs);
    for (const some of parts) this.said.parts(way, some.length);
    return this.worded(parts.flat()).map((part) => this.start(part));
  }

  private async cutWindows(text: string, pace: Pace): Promise<string[]> {
    const { words, tokens } = this.options;
    const places = tokens === 'byte pairs' ? Math.floor((1 - ROOM) * words) : words;
    const work = cuttingWindows(text, places, this.measure);
    let next = work.next();
    for (; !next.done; next = work.next()) {
      // A book in one file takes seconds.
      if (next.value >= LONG) await pace.tick('Cutting a long text', next.value, text.length);
    }
    const { texts, cutSentences: cut } = next.value;
    this.said.parts('windows', texts.length, cut);
    return this.worded(texts);
  }

  private worded(parts: readonly string[]): string[] {
    const kept = parts.filter((part) => HAS_WORD.test(part));
    this.said.wordless += parts.length - kept.length;
    return kept;
  }

  /** Words and bytes are told apart without a vocabulary. */
  private unlearned(): Vocabulary {
    const { tokens, lower } = this.options;
    return { kind: tokens === 'byte pairs' ? 'words' : tokens, lower, names: [] };
  }

  /** Byte pairs are learned, in the order of the files' names. */
  private async learn(samples: readonly Sample[], pace: Pace): Promise<Vocabulary> {
    if (samples.length === 0) return this.unlearned();
    const { tokens: kind, vocabulary: size, lower } = this.options;
    const each = Math.ceil(LEARNED_FROM / samples.length);
    const training = samples.filter(({ split }) => split !== 'heldOut');
    const texts = training.flatMap(({ content }) => (content?.texts ?? []).map((text) => text.slice(0, each)));
    return pace.finish('Measuring byte pairs', learningVocabulary(texts, { kind, size, lower }));
  }
}

function partOf(sample: Sample, content: TextContent, text: string, k: number): Sample {
  const place = `${content.place}, part ${countText(k + 1)}`;
  return { ...sample, content: { ...content, texts: [text], place }, samples: 1, print: crc32(new TextEncoder().encode(text)) };
}
