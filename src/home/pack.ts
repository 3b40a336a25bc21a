/** The chosen parts of a model as files, one after the other, and as a zip. */
import { Zip, ZipPassThrough } from 'fflate';
import type { HomeFile, HomeModel, HomePart } from './part.ts';
import { HOME_PARTS } from './parts.ts';

/** Zips of equal files are equal: they do not say when they were made. */
const ZIP_TIME = '2000-01-01T00:00:00';

export interface HomeOffer {
  part: HomePart;
  /** Why there is none, in a sentence. */
  refusal: string | undefined;
}

export function offersOf(model: HomeModel): HomeOffer[] {
  return HOME_PARTS.map((part) => ({ part, refusal: part.refusal?.(model) }));
}

/** "patchwork-mae-scenes-step2000": the folder that all of it lies in. */
export function homeName({ config, step }: Pick<HomeModel, 'config' | 'step'>): string {
  return `patchwork-${config.task.objective}-${config.data.dataset}-step${step}`;
}

/** @param chosen ids of parts; those that there are none of are left out */
export async function* homeFiles(model: HomeModel, chosen: readonly string[]): AsyncGenerator<HomeFile & { part: string }, void> {
  const parts = offersOf(model).filter(({ part, refusal }) => refusal === undefined && chosen.includes(part.id));
  const taken = { ...model, chosen: parts.map(({ part }) => part.id) };
  for (const { part } of parts) {
    for await (const file of part.build(taken)) yield { ...file, part: part.id };
  }
}

/**
 * Stored, not compressed: weights do not shrink.
 *
 * @param write takes the zip piece by piece
 * @param onFile told of every file that is in it
 */
export async function zipHome(
  model: HomeModel,
  chosen: readonly string[],
  write: (piece: Uint8Array) => void,
  onFile: (path: string) => void | Promise<void>,
): Promise<void> {
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    write(piece);
  });
  const folder = homeName(model);
  for await (const { path, bytes } of homeFiles(model, chosen)) {
    const entry = new ZipPassThrough(`${folder}/${path}`);
    entry.mtime = ZIP_TIME;
    zip.add(entry);
    entry.push(bytes, true);
    await onFile(path);
  }
  zip.end();
}
