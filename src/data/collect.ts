/** Goes through the files that a person brought and through archives among them, and sorts out what each one is. */
import { BadDataError } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { unpackGzip } from './archives/gzip.ts';
import { listTar } from './archives/tar.ts';
import { listZip } from './archives/zip.ts';
import { BlobReader } from './blobReader.ts';
import { type Entry, fileEntry, type Listing } from './entries.ts';
import { baseName, climbs, isDebris, type NamedFile, naturalCompare } from './files.ts';
import { type FileFormat, recogniseFormat } from './formats.ts';
import type { Pace } from './pace.ts';
import type { Refusal } from './pictures.ts';
import { sizeText } from './wording.ts';

/** What can be learnt from, in the order in which it is stored. */
export interface Collection {
  pictures: Entry[];
  idx: Entry[];
  cifar: Entry[];
  /** Lists of class names, as in the official archives of CIFAR, STL-10 and EMNIST. */
  names: Entry[];
  refused: Refusal[];
}

const CLASS_NAME_LISTS = /^(batches\.meta|fine_label_names|class_names|.*\bmapping)\.txt$/i;
/** Texts that go with data sets; nobody expects a picture in them. */
const PAPERS = /^(readme|licen[cs]e|copying|notice|coarse_label_names)\b/i;
/** Files whose first bytes are asked for together. */
const AHEAD = 32;
const NESTED = 'is an archive inside an archive: unpack the outer one and add this one by itself.';

export async function collect(files: readonly NamedFile[], pace: Pace): Promise<Collection> {
  const collector = new Collector(pace);
  const entries = files.map(fileEntry).sort((a, b) => naturalCompare(a.path, b.path));
  for (const [i, entry] of entries.entries()) {
    // A disk answers many questions at once in the time of one. What goes wrong shows when it is the file's turn.
    for (const next of i % AHEAD === 0 ? entries.slice(i, i + AHEAD) : []) next.head().catch(() => undefined);
    await pace.tick('Looking at files', i, entries.length);
    await collector.visit(entry, false);
  }
  return collector.found;
}

class Collector {
  readonly found: Collection = { pictures: [], idx: [], cifar: [], names: [], refused: [] };
  /** What gzip files may still unpack to, all together: the result is held in memory or by the browser. */
  private unpackable: number = LIMITS.unpackedBytes;

  constructor(private readonly pace: Pace) {}

  async visit(entry: Entry, inArchive: boolean): Promise<void> {
    if (isDebris(entry.path)) return;
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
        this.found.pictures.push(entry);
        return;
      case 'idx':
      case 'cifar':
        this.found[format.kind].push(entry);
        return;
      case 'other':
        if (CLASS_NAME_LISTS.test(baseName(entry.path))) this.found.names.push(entry);
        else if (!PAPERS.test(baseName(entry.path))) this.refuse(entry.path, format.reason);
        return;
      case 'zip':
      case 'tar':
      case 'gzip':
        throw new BadDataError(NESTED);
      default:
        format satisfies never;
    }
  }

  private async visitArchive(entry: Entry, kind: 'zip' | 'tar', inArchive: boolean): Promise<void> {
    if (inArchive) throw new BadDataError(NESTED);
    const list = kind === 'zip' ? listZip : listTar;
    await this.visitListing(await list(new BlobReader(await entry.open()), entry.path, this.pace), entry.path);
  }

  private async visitListing({ entries, refused }: Listing, archive: string): Promise<void> {
    if (entries.length === 0 && refused.length === 0) throw new BadDataError('is an archive without files.');
    for (const refusal of refused) this.refuse(refusal.name, refusal.reason);
    for (const [i, entry] of entries.entries()) {
      await this.pace.tick(`Looking into ${archive}`, i, entries.length);
      await this.visit(entry, true);
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
    if (!isDebris(name)) this.found.refused.push({ name, reason });
  }
}

function checkEntry({ path, size }: Entry, most: number): void {
  if (climbs(path))
    throw new BadDataError('has a name that climbs out of its folder (".."), as hostile archives do: it was left alone.');
  if (size === 0) throw new BadDataError('is empty (0 bytes).');
  if (size > most) throw new BadDataError(`is ${sizeText(size)} large: ${sizeText(most)} is the most that is read.`);
}
