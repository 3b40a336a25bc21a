/** Reads texts: files of one text, which are samples or are cut into some, and tables with a text in every row. */
import { crc32 } from '../../base/crc32.ts';
import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';
import { LIMITS } from '../../config/limits.ts';
import { Budget } from '../budget.ts';
import type { Collection } from '../collect.ts';
import type { LoadedSample } from '../dataset.ts';
import type { Entry } from '../entries.ts';
import { isNamedLikeTable } from '../fileNames.ts';
import { baseName, type LoadOptions } from '../files.ts';
import { Pace } from '../pace.ts';
import type { Refusal, TableGlance } from '../samples.ts';
import type { Pick } from '../select.ts';
import type { FileSource, Source } from '../sources/source.ts';
import type { Split } from '../splitWords.ts';
import type { WantedColumns } from '../tables/columns.ts';
import { withoutDoubles } from '../text/doubles.ts';
import { checkTextSize, decodeText } from '../text/encoding.ts';
import { splitByNames } from '../text/fileSplits.ts';
import { findGiveaways, type Giveaway } from '../text/giveaways.ts';
import { TEXT_LIMITS } from '../text/limits.ts';
import type { TextContent } from '../text/textContent.ts';
import { TextCutter } from '../text/textCutter.ts';
import { TextNotes } from '../text/textNotes.ts';
import { storeTexts, type TextSet } from '../text/textSet.ts';
import {
  choosingForAll,
  glanceAt,
  type RowSource,
  readingTable,
  readTable,
  sortingRows,
  type TextTable,
} from '../text/textTables.ts';
import { learningVocabulary, type Vocabulary } from '../text/vocabulary.ts';
import { dropLongRuns } from '../text/words.ts';
import { countText, sizeText } from '../wording.ts';
import type { Opened, Plan, Reader, Reading, Single } from './reader.ts';

/** Bytes of files that are held at the same time while they are decoded. */
const BYTES_AT_ONCE = 128 * 2 ** 20;
/** A text that makes so many samples is more than one to look at. */
const WINDOWS_OF_A_SET = 4;

export class TextReader implements Reader<TextContent> {
  readonly modality = 'text';
  private readonly files = new Map<Source, Entry>();
  private readonly rows = new Map<Source, RowSource>();
  private readonly bytes = new Budget(BYTES_AT_ONCE);
  private tables: TextTable[] = [];
  private readonly said: TextNotes;
  private readonly cutter: TextCutter;
  /** Learned from the training texts, which are gathered first. */
  private vocabulary: Vocabulary | undefined;

  constructor(private readonly options: LoadOptions) {
    this.said = new TextNotes(options.text);
    this.cutter = new TextCutter(options.text, this.said);
  }

  private get wanted(): WantedColumns {
    const { column, labels } = this.options.text;
    return { text: column, labels };
  }

  async open({ text, papers, refused, splitLists }: Collection, pace: Pace): Promise<Opened> {
    const entries = splitByNames(withinLimit(text, refused), refused);
    const tables: Omit<TextTable, 'columns'>[] = [];
    for (const { entry } of entries.filter(isTable)) await this.openTable(entry, tables, refused, pace);
    this.tables = await pace.finish('Looking for columns', choosingForAll(tables, this.wanted, refused));
    const splits = new Map(entries.map(({ entry, split }) => [entry, split]));
    const labelled: RowSource[] = [];
    for (const table of this.tables) labelled.push(...(await pace.finish('Looking for texts', sortingRows(table, refused))));
    for (const source of labelled) {
      this.rows.set(source, source);
      source.split ??= splits.get(source.table.entry);
    }
    const files = entries.filter((one) => !isTable(one)).map(({ entry, split }) => fileSource(entry, split));
    for (const source of files) this.files.set(source, source.entry);
    refused.push(...splitLists.map(({ path }) => ({ name: path, reason: 'lists files, which is understood of sounds only.' })));
    return { files, labelled, notes: this.said.opened(this.tables, papers) };
  }

  plan(): Plan {
    const { words } = this.options.text;
    const most = Math.min(LIMITS.samples, Math.floor(TEXT_LIMITS.setTokens / words));
    this.cutter.most = most;
    return { most, limit: `of ${words} places ${countText(most)} texts are the most` };
  }

  async read({ source, index }: Pick): Promise<Reading<TextContent>> {
    const row = this.rows.get(source);
    return row === undefined ? this.readFile(source) : this.readRow(row, index);
  }

  /** Cuts what was read into samples, and lets go of those that are there twice. */
  async sift(
    samples: readonly LoadedSample<TextContent>[],
    refused: Refusal[],
    pace: Pace,
  ): Promise<LoadedSample<TextContent>[]> {
    const cut = await this.cutter.cut(samples, pace);
    const single = await withoutDoubles(cut.map(unitOf), refused, pace);
    const remain = single.map(({ sample, split }) => Object.assign(sample, { split }));
    if (remain.length === 1 && cut.length > 1) {
      refused.push({ name: cut[0].content?.place ?? '', reason: 'every text is the same: there is nothing to tell apart.' });
      return [];
    }
    this.said.giveaways = giveawaysIn(remain);
    return this.cutter.thinOut(remain, refused);
  }

  async gather(contents: (TextContent | undefined)[], pace: Pace): Promise<TextSet> {
    const texts = contents.flatMap((content) => content?.texts ?? []);
    contents.fill(undefined);
    const { words, tokens: kind, vocabulary: size, lower } = this.options.text;
    this.vocabulary ??= await pace.finish('Learning the vocabulary', learningVocabulary(texts, { kind, size, lower }));
    await pace.finish('Reading texts in their vocabulary', this.said.counting(texts, this.vocabulary));
    return { modality: 'text', words, texts: storeTexts(texts), vocabulary: this.vocabulary, count: texts.length, classes: [] };
  }

  async one(entry: Entry): Promise<Single> {
    const bytes = await entry.read();
    const text = isNamedLikeTable(entry.path) ? this.firstText(bytes, entry) : decodeText(bytes).text;
    const kept = this.clean(text, entry.path);
    const windows = this.cutter.windows(kept);
    return {
      sample: await this.gather([{ texts: [this.cutter.start(kept)], place: entry.path, isFile: true }], new Pace(() => {})),
      isLong: windows >= WINDOWS_OF_A_SET,
    };
  }

  notes(): string[] {
    return this.said.read();
  }

  table(): TableGlance | undefined {
    return glanceAt(this.tables);
  }

  private async openTable(entry: Entry, tables: Omit<TextTable, 'columns'>[], refused: Refusal[], pace: Pace): Promise<void> {
    try {
      checkTextSize(entry.size);
      const opened = await pace.finish(`Reading ${baseName(entry.path)}`, readingTable(await entry.read(), entry.path));
      this.said.decoded(entry.path, opened.decoded, true);
      tables.push({ entry, ...opened });
    } catch (error) {
      if (!(error instanceof BadDataError)) throw error;
      refused.push({ name: entry.path, reason: error.message });
    }
  }

  private async readFile(source: Source): Promise<Reading<TextContent>> {
    const entry = this.files.get(source);
    invariant(entry !== undefined, 'a source is read by the reader that opened it');
    return this.bytes.spend(entry.size, () => this.decodeFile(entry));
  }

  private async decodeFile(entry: Entry): Promise<Reading<TextContent>> {
    checkTextSize(entry.size);
    const bytes = await entry.read();
    const { text, ...decoded } = decodeText(bytes);
    const content = { texts: [this.clean(text, entry.path)], place: entry.path, isFile: true };
    this.said.decoded(entry.path, decoded, false);
    return {
      content,
      samples: 1,
      print: crc32(bytes),
      ...(decoded.isCutOff && { shortened: 'it ends in the middle of a sign' }),
    };
  }

  private readRow({ table: { table, columns, entry }, rows }: RowSource, index: number): Reading<TextContent> {
    const place = `${entry.path}, row ${countText(table.numberOf(rows[index]))}`;
    const text = table.cell(rows[index], columns.text);
    const content = { texts: [this.clean(text, place)], place, isFile: false };
    return { content, samples: 1, print: crc32(new TextEncoder().encode(text)) };
  }

  /** Without words that are none. Throws BadDataError when nothing remains. */
  private clean(text: string, place: string): string {
    const { text: kept, ...long } = dropLongRuns(text, TEXT_LIMITS.wordSigns);
    if (long.count > 0) this.said.longRuns(place, long);
    if (!/[\p{L}\p{N}]/u.test(kept)) throw new BadDataError('holds no words.');
    return kept.trim();
  }

  private firstText(bytes: Uint8Array, entry: Entry): string {
    const [one] = drain(choosingForAll([{ entry, ...readTable(bytes, entry.path) }], this.wanted, []));
    const [source] = one === undefined ? [] : drain(sortingRows(one, []));
    if (one === undefined || source === undefined) throw new BadDataError('has no column with texts in it.');
    return one.table.cell(source.rows[0], one.columns.text);
  }
}

function isTable({ entry }: { entry: Entry }): boolean {
  return isNamedLikeTable(entry.path.replace(/\.gz$/i, ''));
}

function fileSource(entry: Entry, split: Split | undefined): FileSource {
  return { entry, path: entry.path, count: 1, split, classOf: () => undefined };
}

/** Files, in their order, as long as all of them together fit into memory. */
function withinLimit(entries: readonly Entry[], refused: Refusal[]): Entry[] {
  let bytes = 0;
  return entries.filter(({ path, size }) => {
    bytes += size;
    const fits = bytes <= LIMITS.decodedBytes;
    if (!fits)
      refused.push({ name: path, reason: `did not fit: ${sizeText(LIMITS.decodedBytes)} of texts are the most that is read.` });
    return fits;
  });
}

function unitOf(sample: LoadedSample<TextContent>) {
  const { content, split, className } = sample;
  return { sample, texts: content?.texts ?? [], place: content?.place ?? '', split, className };
}

function giveawaysIn(samples: readonly LoadedSample<TextContent>[]): Giveaway[] {
  const training = samples.filter(({ split, className }) => split !== 'heldOut' && className !== undefined);
  return findGiveaways(
    training.map(({ content }) => content?.texts.join('\n') ?? ''),
    training.map(({ className }) => className),
  );
}
