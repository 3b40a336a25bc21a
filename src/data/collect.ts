/** Goes through the files that a person brought and through archives among them, and sorts out what each one is. */

import { BadDataError } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import type { ModalityName } from '../config/modalities.ts';
import { unpackGzip } from './archives/gzip.ts';
import { listTar } from './archives/tar.ts';
import { listZip } from './archives/zip.ts';
import { BlobReader } from './blobReader.ts';
import { debrisIn } from './debris.ts';
import { type Entry, fileEntry, type Listing } from './entries.ts';
import { baseName, climbs, type NamedFile, naturalCompare } from './files.ts';
import { type FileFormat, recogniseFormat } from './formats.ts';
import type { Pace } from './pace.ts';
import type { Manifest } from './pairs/manifest.ts';
import type { Refusal } from './samples.ts';
import { sizeText } from './wording.ts';

/** What can be learnt from, in the order in which it is stored. */
export interface Collection {
  picture: Entry[];
  sound: Entry[];
  text: Entry[];
  idx: Entry[];
  cifar: Entry[];
  /** Lists of class names, as in the official archives of CIFAR, STL-10 and EMNIST. */
  names: Entry[];
  /** Lists of files that are held out, as Speech Commands has them. */
  splitLists: Entry[];
  /** Texts about a data set, such as its README; they are among `text` where there is nothing else. */
  papers: Entry[];
  /** Tables of samples, once they have been read; they are among `text` too. */
  manifests: Manifest[];
  refused: Refusal[];
  /** Names of debris that was passed over. */
  debris: Set<string>;
}

/** Which of them are of a modality. */
const KEPT_IN: Readonly<Record<ModalityName, readonly ('picture' | 'sound' | 'text' | 'idx' | 'cifar')[]>> = {
  picture: ['picture', 'idx', 'cifar'],
  sound: ['sound'],
  text: ['text'],
  // No file alone is a pair.
  pair: [],
};

/** Files of a modality. */
export function filesOf(found: Collection, modality: ModalityName): Entry[] {
  return KEPT_IN[modality].flatMap((place) => found[place]);
}

/** Lets go of the files of a modality. */
export function dropFiles(found: Collection, modality: ModalityName): void {
  for (const place of KEPT_IN[modality]) found[place] = [];
}

const CLASS_NAME_LISTS = /^(batches\.meta|fine_label_names|class_names|.*\bmapping)\.txt$/i;
const SPLIT_LISTS = /^(validation|testing)_list\.txt$/i;
/** Texts that go with data sets; nobody expects a sample in them, unless there is nothing else or they are many. */
const PAPERS = /^(readme|licen[cs]e|copying|notice|coarse_label_names)\b/i;
/** Files whose first bytes are asked for together. */
const AHEAD = 32;
const FEW_PAPERS = 3;
const NESTED = 'is an archive inside an archive: unpack the outer one and add this one by itself.';

export async function collect(files: readonly NamedFile[], pace: Pace): Promise<Collection> {
  const collector = new Collector(pace);
  const listed = files
    .map(({ asked = 1, problem, ...named }) => ({ entry: fileEntry(named), asked, problem }))
    .sort((a, b) => naturalCompare(a.entry.path, b.entry.path));
  for (const [i, { entry, asked, problem }] of listed.entries()) {
    // A disk answers many questions at once in the time of one. What goes wrong shows when it is the file's turn.
    for (const next of i % AHEAD === 0 ? listed.slice(i, i + AHEAD) : []) next.entry.head().catch(() => undefined);
    await pace.tick('Looking at files', i, listed.length);
    if (problem === undefined) await collector.visit(entry, asked);
    else if (!collector.passesOver(entry.path, asked)) collector.found.refused.push({ name: entry.path, reason: problem });
  }
  takePapers(collector.found);
  return collector.found;
}

/** A README is read where somebody brought nothing but such, or a collection of them. */
function takePapers(found: Collection): void {
  const others = found.picture.length + found.sound.length + found.idx.length + found.cifar.length;
  const areMeant = found.text.length === 0 ? others === 0 : found.papers.length > FEW_PAPERS;
  if (!areMeant) return;
  found.text.push(...found.papers);
  found.papers = [];
}

class Collector {
  readonly found: Collection = {
    picture: [],
    sound: [],
    text: [],
    idx: [],
    cifar: [],
    names: [],
    splitLists: [],
    papers: [],
    manifests: [],
    refused: [],
    debris: new Set(),
  };
  /** What gzip files may still unpack to, all together: the result is held in memory or by the browser. */
  private unpackable: number = LIMITS.unpackedBytes;

  constructor(private readonly pace: Pace) {}

  /** Whether a path is debris, which is remembered. */
  passesOver(path: string, asked: number): boolean {
    const part = debrisIn(path, asked);
    if (part !== undefined) this.found.debris.add(part);
    return part !== undefined;
  }

  async visit(entry: Entry, asked: number, inArchive = false): Promise<void> {
    if (this.passesOver(entry.path, asked)) return;
    try {
      checkEntry(entry, inArchive ? LIMITS.entryBytes : LIMITS.fileBytes);
      const format = recogniseFormat(await entry.head(), baseName(entry.path));
      if (format.kind === 'zip' || format.kind === 'tar') await this.visitArchive(entry, format.kind, inArchive);
      else if (format.kind === 'gzip') await this.visitGzip(entry, inArchive);
      else this.add(entry, format);
    } catch (error) {
      if (!(error instanceof BadDataError)) throw error;
      this.refuse(entry.path, error.message);
    }
  }

  private add(entry: Entry, format: FileFormat): void {
    switch (format.kind) {
      case 'picture':
        checkEntry(entry, LIMITS.entryBytes);
        this.found.picture.push(entry);
        return;
      case 'sound':
      case 'idx':
      case 'cifar':
        this.found[format.kind].push(entry);
        return;
      case 'text':
        this.addText(entry);
        return;
      case 'other':
        if (!PAPERS.test(baseName(entry.path))) this.refuse(entry.path, format.reason);
        return;
      case 'zip':
      case 'tar':
      case 'gzip':
        throw new BadDataError(NESTED);
      default:
        format satisfies never;
    }
  }

  private addText(entry: Entry): void {
    const name = baseName(entry.path);
    if (CLASS_NAME_LISTS.test(name)) this.found.names.push(entry);
    else if (SPLIT_LISTS.test(name)) this.found.splitLists.push(entry);
    else if (PAPERS.test(name)) this.found.papers.push(entry);
    else this.found.text.push(entry);
  }

  private async visitArchive(entry: Entry, kind: 'zip' | 'tar', inArchive: boolean): Promise<void> {
    if (inArchive) throw new BadDataError(NESTED);
    const list = kind === 'zip' ? listZip : listTar;
    await this.visitListing(await list(new BlobReader(await entry.open()), entry.path, this.pace), entry.path);
  }

  private async visitListing({ entries, refused }: Listing, archive: string): Promise<void> {
    if (entries.length === 0 && refused.length === 0) throw new BadDataError('is an archive without files.');
    const asked = askedIn(archive, [...entries.map(({ path }) => path), ...refused.map(({ name }) => name)]);
    for (const { name, reason } of refused) if (!this.passesOver(name, asked)) this.refuse(name, reason);
    for (const [i, entry] of entries.entries()) {
      await this.pace.tick(`Looking into ${archive}`, i, entries.length);
      await this.visit(entry, asked, true);
    }
  }

  /** A gzip file holds one file, which may be a tar archive. */
  private async visitGzip(entry: Entry, inArchive: boolean): Promise<void> {
    const unpacked = await unpackGzip(await entry.open(), this.unpackable, this.pace, `Unpacking ${entry.path}`);
    const { blob, damage, untrusted } = unpacked;
    this.unpackable -= blob.size;
    const inner = fileEntry({ path: entry.path, file: blob });
    if (inner.size === 0) throw new BadDataError('is empty when unpacked.');
    const format = recogniseFormat(await inner.head(), baseName(entry.path).replace(/\.gz$/i, ''));
    if (format.kind === 'tar' && !inArchive) {
      const listing = await listTar(new BlobReader(blob), entry.path, this.pace);
      const known = listing.refused.some((refusal) => refusal.name === entry.path);
      if (damage !== undefined && !known)
        listing.refused.push({ name: entry.path, reason: `${damage} What came before was used.` });
      return this.visitListing(listing, entry.path);
    }
    if (damage !== undefined && untrusted) throw new BadDataError(damage);
    this.add(inner, format);
    if (damage !== undefined) this.refuse(entry.path, damage);
  }

  private refuse(name: string, reason: string): void {
    this.found.refused.push({ name, reason });
  }
}

/** What of paths in an archive was asked for: the archive itself, and a folder that holds all of it. */
function askedIn(archive: string, paths: readonly string[]): number {
  const depth = archive.split('/').length;
  const inside = paths.filter((path) => path !== archive).map((path) => path.split('/'));
  const [first] = inside;
  const folder = first?.[depth];
  // What macOS adds stands beside the folder.
  const own = inside.filter((parts) => parts[depth] !== '__MACOSX');
  const isOneFolder =
    own.length > 0 && own.every((parts) => parts.length > depth + 1 && parts[depth] === (own[0]?.[depth] ?? folder));
  return depth + (isOneFolder ? 1 : 0);
}

function checkEntry({ path, size }: Entry, most: number): void {
  if (climbs(path))
    throw new BadDataError('has a name that climbs out of its folder (".."), as hostile archives do: it was left alone.');
  if (size === 0) throw new BadDataError('is empty (0 bytes).');
  if (size > most) throw new BadDataError(`is ${sizeText(size)} large: ${sizeText(most)} is the most that is read.`);
}
