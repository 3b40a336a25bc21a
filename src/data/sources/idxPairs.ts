/** Brings IDX files of pictures together with the files that hold their labels. */
import { BadDataError } from '../../base/errors.ts';
import { readBytes } from '../blobReader.ts';
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import type { Refusal } from '../samples.ts';
import { splitOfName } from '../splitWords.ts';
import { amountText, countText } from '../wording.ts';
import { type IdxLabels, type IdxPictures, openIdx } from './idx.ts';
import { labelNames, ownName } from './idxNames.ts';
import type { PictureSource } from './source.ts';

type Opened<T> = T & { path: string };
type Labelled = Opened<IdxPictures> & { labels: Uint8Array | undefined };

/** @param mappings see `labelNames` */
export async function openIdxFiles(
  entries: readonly Entry[],
  mappings: ReadonlyMap<string, ReadonlyMap<number, string>>,
  refused: Refusal[],
): Promise<PictureSource[]> {
  const pictures: Opened<IdxPictures>[] = [];
  const labels: Opened<IdxLabels>[] = [];
  const blobs = new Map<string, Blob>();
  for (const entry of entries) {
    try {
      const blob = await entry.open();
      const file = await openIdx(blob);
      if (file.kind === 'labels') labels.push({ ...file, path: entry.path });
      else {
        await refuseCopy(blob, blobs);
        blobs.set(entry.path, blob);
        pictures.push({ ...file, path: entry.path });
      }
    } catch (error) {
      if (!(error instanceof BadDataError)) throw error;
      refused.push({ name: entry.path, reason: error.message });
    }
  }
  const pairs = pair(pictures, labels, refused);
  const labelled = pairs.flatMap(({ path, labels: own }) => (own === undefined ? [] : [{ path, split: splitOfName(path) }]));
  const names = new Map(labelNames(labelled, mappings).map((nameOf, i) => [labelled[i].path, nameOf]));
  return pairs.map((file) => idxSource(file, names.get(file.path)));
}

/** Popular archives hold every file twice, in two folders. Throws BadDataError when `blob` is one of those already there. */
export async function refuseCopy(blob: Blob, others: ReadonlyMap<string, Blob>): Promise<void> {
  for (const [path, other] of others) {
    if (await sameBytes(blob, other)) throw new BadDataError(`is the same as ${path}, which was used.`);
  }
}

async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
  const step = 2 ** 22;
  for (let at = 0; a.size === b.size && at < a.size; at += step) {
    const [x, y] = await Promise.all([readBytes(a, at, at + step), readBytes(b, at, at + step)]);
    if (x.some((value, i) => value !== y[i])) return false;
  }
  return a.size === b.size;
}

function pair(pictures: readonly Opened<IdxPictures>[], labels: readonly Opened<IdxLabels>[], refused: Refusal[]): Labelled[] {
  const used = new Set<string>();
  const pairs = pictures.map((file): Labelled => {
    const partner = findPartner(file, pictures, labels);
    for (const other of labels) if (other === partner || pairKey(other.path) === pairKey(file.path)) used.add(other.path);
    const fits = partner !== undefined && partner.labels.length === file.count;
    if (partner !== undefined && !fits) refused.push({ name: partner.path, reason: mismatch(partner, file) });
    if (file.surplus > 0) {
      refused.push({
        name: file.path,
        reason: `has ${amountText(file.surplus, 'byte')} after its last picture; they were ignored, the pictures were used.`,
      });
    }
    return { ...file, labels: fits ? partner.labels : undefined };
  });
  for (const { path } of labels) {
    if (!used.has(path))
      refused.push({ name: path, reason: 'holds labels, but no IDX file of pictures with a matching name came with it.' });
  }
  return pairs;
}

function idxSource(
  { path, count, channels, read, labels }: Labelled,
  nameOf: ((label: number) => string) | undefined,
): PictureSource {
  const classOf = (index: number) => (labels === undefined ? undefined : nameOf?.(labels[index]));
  return { path, count, grey: channels === 1, split: splitOfName(path), classOf, read };
}

/** The labels of the same name; failing that, the only labels beside the only pictures of a folder. */
function findPartner(
  file: Opened<IdxPictures>,
  pictures: readonly Opened<IdxPictures>[],
  labels: readonly Opened<IdxLabels>[],
): Opened<IdxLabels> | undefined {
  const sameName = labels.filter((other) => pairKey(other.path) === pairKey(file.path));
  if (sameName.length > 0) return sameName.find((other) => other.labels.length === file.count) ?? sameName[0];
  const beside = ({ path }: { path: string }) => folder(path) === folder(file.path);
  const neighbours = labels.filter(beside);
  return neighbours.length === 1 && pictures.filter(beside).length === 1 ? neighbours[0] : undefined;
}

/** `mnist/train-images-idx3-ubyte.gz` and `mnist/train-labels.idx1-ubyte` both give `mnist/train`. */
function pairKey(path: string): string {
  return path.split('/').map(ownName).join('/');
}

function folder(path: string): string {
  return path.slice(0, path.length - baseName(path).length);
}

function mismatch({ labels }: IdxLabels, { path, count }: Opened<IdxPictures>): string {
  return `holds ${amountText(labels.length, 'label')} for the ${countText(count)} pictures of ${baseName(path)}: those are used without labels.`;
}
