/** What there is to say of texts that were read, in sentences with numbers. */
import { UNKNOWN } from '../../config/modalities/tokens.ts';
import type { Entry } from '../entries.ts';
import type { TextReading } from '../files.ts';
import { baseName } from '../files.ts';
import { amountText, countText } from '../wording.ts';
import { encoderOf } from './encoder.ts';
import type { DecodedText, Encoding } from './encoding.ts';
import type { Giveaway } from './giveaways.ts';
import { TEXT_LIMITS } from './limits.ts';
import { type TextTable, tableNotes } from './textTables.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { WithoutLongRuns } from './words.ts';

const MOST_UNKNOWN = 0.1;
/** Files that are named in a sentence. */
const NAMED = 2;
const TOKENS: Readonly<Record<Vocabulary['kind'], string>> = { words: 'word', 'byte pairs': 'piece', bytes: 'byte' };

export class TextNotes {
  /** Parts of the same file may be trained on and tested on. */
  isSplitWithinFiles = false;
  /** Parts without a letter or digit. */
  wordless = 0;
  giveaways: readonly Giveaway[] = [];
  /** Files that are not in UTF-8. */
  private readonly encodings = new Map<Encoding, string[]>();
  private readonly damaged: string[] = [];
  private readonly cutOff: string[] = [];
  private replaced = 0;
  private readonly long = { count: 0, longest: 0, place: '' };
  private readonly cut = { texts: 0, parts: 0, sentences: 0, way: '' };
  private readonly counted = { texts: 0, longer: 0, tokens: 0, unknown: 0 };

  /** @param noun what one text is called */
  constructor(
    private readonly options: TextReading,
    private readonly noun: 'text' | 'caption' = 'text',
  ) {}

  private get token(): string {
    return TOKENS[this.options.tokens];
  }

  decoded(path: string, { encoding, isCutOff, replaced }: Omit<DecodedText, 'text'>, isTable: boolean): void {
    const paths = this.encodings.get(encoding) ?? [];
    if (encoding !== 'UTF-8') this.encodings.set(encoding, paths);
    paths.push(path);
    if (isCutOff && isTable) this.cutOff.push(path);
    if (replaced > 0) this.damaged.push(path);
    this.replaced += replaced;
  }

  longRuns(place: string, { count, longest }: Pick<WithoutLongRuns, 'count' | 'longest'>): void {
    if (longest > this.long.longest) this.long.place = place;
    this.long.count += count;
    this.long.longest = Math.max(this.long.longest, longest);
  }

  /** A text was cut into so many parts, and so many sentences that were too long by themselves. */
  parts(way: string, parts: number, cutSentences = 0): void {
    this.cut.way = way;
    this.cut.texts += 1;
    this.cut.parts += parts;
    this.cut.sentences += cutSentences;
  }

  /** Takes down how long the texts of a set are, and how many of their words are known. Yields the share that is done. */
  *counting(texts: readonly string[], vocabulary: Vocabulary): Generator<number, void, void> {
    const encode = encoderOf(vocabulary);
    for (const [i, text] of texts.entries()) {
      yield i / texts.length;
      const ids = encode(text);
      this.counted.texts += 1;
      if (ids.length > this.options.words) this.counted.longer += 1;
      for (const id of ids.subarray(0, this.options.words)) if (id === UNKNOWN) this.counted.unknown += 1;
      this.counted.tokens += Math.min(ids.length, this.options.words);
    }
  }

  /** What was found before anything was read. @param papers that go with data sets, and were not read */
  opened(tables: readonly TextTable[], papers: readonly Entry[]): string[] {
    const names = papers.map(({ path }) => baseName(path));
    const about = names.length > 0 ? [`Not read, as about the data and not of it: ${listed(names)}.`] : [];
    return [...tableNotes(tables), ...about];
  }

  /** What there is to say when all has been read. */
  read(): string[] {
    return [...this.encodingNotes(), ...this.cutNotes(), ...this.countNotes(), ...this.giveawayNotes()];
  }

  private encodingNotes(): string[] {
    return [
      ...[...this.encodings].map(([encoding, paths]) => `Read as ${encoding}: ${listed(paths)}.`),
      ...(this.replaced > 0
        ? [
            `${amountText(this.replaced, 'sign')} that no text has ${this.replaced === 1 ? 'was' : 'were'} read as spaces: ${listed(this.damaged)}.`,
          ]
        : []),
      ...this.cutOff.map((path) => `${path} ends in the middle of a sign.`),
    ];
  }

  private cutNotes(): string[] {
    const { count, longest, place } = this.long;
    const { texts, parts, sentences, way } = this.cut;
    const { words } = this.options;
    const what = way === 'windows' ? `stretches of whole sentences, each of at most ${amountText(words, this.token)}` : way;
    return [
      ...(count === 1 ? [`One word is ${countText(longest)} characters long: left out (${place}).`] : []),
      ...(count > 1
        ? [
            `${countText(count)} words of more than ${TEXT_LIMITS.wordSigns} characters were left out, the longest of ${countText(longest)} (${place}).`,
          ]
        : []),
      ...(parts > texts ? [`${amountText(texts, 'text')} cut into ${countText(parts)} ${what}.`] : []),
      ...(sentences > 0
        ? [`${amountText(sentences, 'sentence')} longer than that ${sentences === 1 ? 'was' : 'were'} cut.`]
        : []),
      ...(this.wordless > 0
        ? [`${amountText(this.wordless, 'part')} without a word ${this.wordless === 1 ? 'was' : 'were'} left out.`]
        : []),
      ...(this.isSplitWithinFiles ? ['Of so few files parts are held out, not whole files.'] : []),
    ];
  }

  private countNotes(): string[] {
    const { texts, longer, tokens, unknown } = this.counted;
    const { words, vocabulary } = this.options;
    const share = unknown / Math.max(1, tokens);
    return [
      ...(longer > 0
        ? [
            `${countText(longer)} of ${amountText(texts, this.noun)} ${longer === 1 ? 'is' : 'are'} longer than ${amountText(words, this.token)}: the rest of ${longer === 1 ? 'it' : 'them'} is not read.`,
          ]
        : []),
      ...(share > MOST_UNKNOWN
        ? [
            `${Math.round(100 * share)} % of the words are not among the ${countText(vocabulary)} that are known: raise Vocabulary or take byte pairs.`,
          ]
        : []),
      ...(texts > 0 && texts < TEXT_LIMITS.fewSamples
        ? [`${amountText(texts, this.noun)}: a model learns so few by heart.`]
        : []),
    ];
  }

  private giveawayNotes(): string[] {
    const [first, ...others] = this.giveaways;
    if (first === undefined) return [];
    const more = others.length > 0 ? `, and so do others for ${amountText(others.length, 'class', 'classes')} more` : '';
    return [`The word “${first.word}” gives the class ${first.className} away${more}.`];
  }
}

function listed(paths: readonly string[]): string {
  const more = paths.length > NAMED ? ` and ${countText(paths.length - NAMED)} more` : '';
  return paths.slice(0, NAMED).join(', ') + more;
}
