/** Samples by the rows of tables. Folders say nothing then, and files that are in no row are not used. */
import { quote } from '../../config/quote.ts';
import { naturalCompare } from '../files.ts';
import { HELD_OUT_KINDS, type SplitName, splitName } from '../splitWords.ts';
import { amountText, countText } from '../wording.ts';
import { CAPTION_BYTES } from './caption.ts';
import { type Manifest, resolveInFolder, senseOfName } from './manifest.ts';
import type { LeftOut, MemberFile, PairPlan, PlannedPair } from './plan.ts';

/** Rows that are told one by one; of more the first and how many. */
const TOLD = 5;

/** @param manifests at least one */
export function planByManifest(files: readonly MemberFile[], manifests: readonly Manifest[]): PairPlan {
  const [first, ...others] = manifests.toSorted((a, b) => naturalCompare(a.path, b.path));
  const used = [first, ...others.filter((other) => sameSchema(first, other))];
  const refused: LeftOut[] = others
    .filter((other) => !used.includes(other))
    .map(({ path }) => ({
      name: path,
      reason: `is not like ${first.path}: all tables of a set have one kind and the same columns.`,
    }));
  const known = new Map(files.map((file) => [file.path, file]));
  const rows = new RowReader(known, refused);
  const { pairs, left } = oneTest(used.flatMap((manifest) => rows.read(manifest)));
  const unlisted = files.filter(({ path }) => !rows.listed.has(path)).length;
  const names = used.map(({ path }) => path).join(' and ');
  return {
    pairs,
    refused,
    notes: [
      `Samples are the rows of ${names}: names of folders and files say nothing.`,
      ...used.flatMap(({ notes }) => notes),
      ...rows.notes(),
      ...left,
      ...(unlisted > 0 ? [`${amountText(unlisted, 'file')} in no row of ${names}: not used.`] : []),
    ],
  };
}

function sameSchema(a: Manifest, b: Manifest): boolean {
  const columns = ({ table }: Manifest) => table.columns.map((name) => name.trim().toLowerCase()).toSorted();
  return a.kind === b.kind && columns(a).join('\n') === columns(b).join('\n');
}

interface ReadRow {
  pair: PlannedPair;
  split: SplitName | undefined;
}

const TRAIN: SplitName = { split: 'train', kind: 'train', rest: '' };

/** Of several kinds of rows that are held out one is tested on, as with folders: the others are left aside. */
function oneTest(rows: readonly ReadRow[]): { pairs: PlannedPair[]; left: string[] } {
  const tested = HELD_OUT_KINDS.find((kind) => rows.some(({ split }) => split?.kind === kind));
  const isAside = ({ split }: ReadRow) => split?.split === 'heldOut' && split.kind !== tested;
  const aside = rows.filter(isAside);
  const kinds = [...new Set(aside.map(({ split }) => split?.kind ?? ''))].join(' and ');
  return {
    pairs: rows
      .filter((row) => !isAside(row))
      .map(({ pair, split }) => ({ ...pair, ...(split === undefined ? {} : { split: split.split }) })),
    left: aside.length > 0 ? [`${amountText(aside.length, 'row')} for ${kinds} left aside: tested on those for ${tested}.`] : [],
  };
}

class RowReader {
  /** Paths that a row names. */
  readonly listed = new Set<string>();
  private empty = 0;
  private readonly unknownSplits = new Map<string, number>();

  constructor(
    private readonly known: ReadonlyMap<string, MemberFile>,
    private readonly refused: LeftOut[],
  ) {}

  read(manifest: Manifest): ReadRow[] {
    const { table } = manifest;
    const problems: LeftOut[] = [];
    const pairs: ReadRow[] = [];
    for (let row = 0; row < table.count; row++) {
      const read = this.readRow(manifest, row, problems);
      if (Object.keys(read.pair.members).length > 0) pairs.push(read);
      else this.empty += 1;
    }
    this.refused.push(...problems.slice(0, TOLD));
    const more = problems.length - TOLD;
    if (more > 0) {
      this.refused.push({
        name: manifest.path,
        reason: `${amountText(more, 'more row')} with a file or caption that cannot be used.`,
      });
    }
    return pairs;
  }

  notes(): string[] {
    const splits = [...this.unknownSplits].map(([name, count]) => `${quote(name)} (${amountText(count, 'row')})`);
    return [
      ...(this.empty > 0 ? [`${amountText(this.empty, 'row')} without any member left out.`] : []),
      ...(splits.length > 0
        ? [`Splits that are neither for training nor for testing, taken for training: ${splits.join(', ')}.`]
        : []),
    ];
  }

  private readRow({ path, table, columns, split }: Manifest, row: number, problems: LeftOut[]): ReadRow {
    const name = `${path} row ${countText(table.numberOf(row))}`;
    const cell = (column: number | undefined) => (column === undefined ? '' : table.cell(row, column).trim());
    const folder = path.split('/').slice(0, -1);
    const members: PlannedPair['members'] = {};
    const caption = cell(columns.caption);
    if (new TextEncoder().encode(caption).length > CAPTION_BYTES) {
      problems.push({ name, reason: `has a caption of more than ${CAPTION_BYTES / 1024} KiB: it is not read.` });
    } else if (caption !== '') members.text = { caption };
    for (const column of columns.files) {
      const value = cell(column);
      if (value === '') continue;
      const found = this.fileOf(folder, value, members);
      if (typeof found === 'string') problems.push({ name, reason: found });
      else members[found.sense] = { path: found.path };
    }
    const label = cell(columns.label);
    const own = columns.split === undefined ? split : this.splitOf(cell(columns.split));
    return { pair: { name, members, ...(label === '' ? {} : { className: label }) }, split: own };
  }

  /** The file that a cell names, or why it cannot be used. */
  private fileOf(folder: readonly string[], value: string, members: PlannedPair['members']): MemberFile | string {
    const path = resolveInFolder(folder, value);
    if (path === undefined) return `names ${quote(value)}, which lies outside of the folder of its table: it was left alone.`;
    this.listed.add(path);
    const sense = this.known.get(path)?.sense ?? senseOfName(path);
    if (sense === undefined) return `names ${quote(value)}, which is neither a picture nor a sound nor a text (.txt).`;
    if (!this.known.has(path)) return `names ${quote(value)}, which is not there.`;
    if (members[sense] !== undefined) return `has two members of one kind: ${quote(value)} is not used, one ${sense} a sample.`;
    return { path, sense };
  }

  private splitOf(value: string): SplitName | undefined {
    if (value === '') return undefined;
    const said = splitName(value);
    if (said === undefined) this.unknownSplits.set(value, (this.unknownSplits.get(value) ?? 0) + 1);
    return said ?? TRAIN;
  }
}
