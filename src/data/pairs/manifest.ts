/**
 * Samples by a table beside the files, `metadata.csv` or `metadata.jsonl`, as Hugging Face has them: `file_name`, `*_file_name`, a column of
 * captions, `label`, `split`. Here an empty cell is a missing member, and a file is of the kind that its name says.
 */
import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { within } from '../../base/share.ts';
import type { Sense } from '../../config/modalities/names.ts';
import { quote } from '../../config/quote.ts';
import { isNamedLikePicture, isNamedLikeSound } from '../fileNames.ts';
import { baseName } from '../files.ts';
import { type SplitName, splitName } from '../splitWords.ts';
import { readingDelimited } from '../tables/delimited.ts';
import { readingJson } from '../tables/jsonRows.ts';
import type { Table } from '../tables/table.ts';
import { decodingText } from '../text/encoding.ts';
import { countText, sizeText } from '../wording.ts';

export interface Manifest {
  path: string;
  kind: 'table' | 'JSON Lines';
  table: Table;
  columns: ManifestColumns;
  /** Of the folder that it lies in, where that is one of a split. */
  split?: SplitName;
  notes: string[];
}

/** Numbers of columns. */
export interface ManifestColumns {
  files: number[];
  caption?: number;
  label?: number;
  split?: number;
  /** Names of columns that mean nothing here. */
  unused: string[];
}

export const MANIFEST_LIMITS = { bytes: 64 * 2 ** 20, rows: 100_000 } as const;

const MANIFEST = /^metadata\.(csv|tsv|jsonl)$/i;
const PARQUET = /^metadata\.parquet$/i;
const CAPTIONS = ['text', 'caption', 'sentence', 'transcription'];
const LABELS = ['label', 'labels', 'class'];
const SPLITS = ['split'];
const FILE = /^(.+_)?file_?name$|^(.+_)?file_?path$/;
const TEXT_FILE = /\.txt$/i;

/** Whether a file by this name is a table of samples, or would be if it could be read. */
export function isManifest(path: string): boolean {
  return MANIFEST.test(baseName(path)) || PARQUET.test(baseName(path));
}

/**
 * The kind of a member by its file's name; undefined where it is none.
 */
export function senseOfName(path: string): Sense | undefined {
  if (isNamedLikePicture(path)) return 'picture';
  if (isNamedLikeSound(path)) return 'sound';
  return TEXT_FILE.test(path) ? 'text' : undefined;
}

/** Throws BadDataError, which does not name the file, where one cannot be read: known before its bytes are. */
export function checkManifest(path: string, size: number): void {
  if (PARQUET.test(baseName(path))) throw new BadDataError('is not read: export it as CSV (metadata.csv).');
  if (size > MANIFEST_LIMITS.bytes) {
    throw new BadDataError(
      `is ${sizeText(size)} large: ${sizeText(MANIFEST_LIMITS.bytes)} are the most that is read of a table.`,
    );
  }
}

/** By its columns it is no table of samples: it may hold texts. */
export class NoManifestError extends BadDataError {
  override name = 'NoManifestError';
}

/** Of reading a table, what decoding takes. */
const DECODING = 0.3;

/** Decodes and reads a table of samples, no further than rows may be. Yields the share that is done. Throws as `readManifest` does. */
export function* readingManifest(path: string, bytes: Uint8Array): Generator<number, Manifest, void> {
  const { text } = yield* within(decodingText(bytes), 0, DECODING);
  return yield* within(readingRows(path, text), DECODING, 1);
}

/**
 * @param text with `\n` at the ends of its lines
 * @throws BadDataError where it has too many rows, or two columns of one name; NoManifestError where none names files
 */
export function readManifest(path: string, text: string): Manifest {
  return drain(readingRows(path, text));
}

function* readingRows(path: string, text: string): Generator<number, Manifest, void> {
  const isJson = /\.jsonl$/i.test(path);
  const { rows: most } = MANIFEST_LIMITS;
  const table = yield* isJson ? readingJson(text, most) : readingDelimited(text, { header: true, most });
  const columns = findColumns(table);
  if (table.isCutOff) {
    throw new BadDataError(`has more than ${countText(most)} rows, the most that is read of a table of samples: part it.`);
  }
  const folders = path.split('/').slice(0, -1);
  const split = splitName(folders.at(-1) ?? '');
  const { left } = table;
  return {
    path,
    kind: isJson ? 'JSON Lines' : 'table',
    table,
    columns,
    ...(split === undefined ? {} : { split }),
    notes: [
      ...table.notes.map((note) => `${path}: ${note}`),
      ...(left.count > 0
        ? [`${path}: ${left.first}${left.count > 1 ? `, and ${countText(left.count - 1)} more` : ''}: left out.`]
        : []),
      ...(columns.unused.length > 0 ? [`${path}: columns without a meaning here: ${columns.unused.map(quote).join(', ')}.`] : []),
    ],
  };
}

function findColumns({ columns }: Table): ManifestColumns {
  const names = columns.map((name) => name.trim().toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new BadDataError(`has two columns named ${quote(twice)}: rename one of them.`);
  const first = (wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name));
  const files = [...names.keys()].filter((i) => FILE.test(names[i]));
  const [caption, label, split] = [first(CAPTIONS), first(LABELS), first(SPLITS)];
  if (files.length === 0) {
    throw new NoManifestError(`has no column "file_name" or "..._file_name": it has ${columns.map(quote).join(', ')}.`);
  }
  const used = new Set([...files, caption, label, split]);
  return {
    files,
    ...(caption < 0 ? {} : { caption }),
    ...(label < 0 ? {} : { label }),
    ...(split < 0 ? {} : { split }),
    unused: columns.filter((_, i) => !used.has(i)),
  };
}

/** A path in a table, seen from the folder of the table; undefined where it leaves that folder. */
export function resolveInFolder(folder: readonly string[], cell: string): string | undefined {
  const path = cell.trim().normalize('NFC').replace(/\\/g, '/');
  if (/^([a-z]:|\/|~)/i.test(path)) return undefined;
  const inside: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') inside.push(part);
    else if (inside.pop() === undefined) return undefined;
  }
  return [...folder, ...inside].join('/');
}
