/** Reads small files as the page and the command line do, and says what came of them. */
import { decoders } from '../../src/cli/decoders.ts';
import type { NamedFile } from '../../src/data/files.ts';
import { loadFiles } from '../../src/data/load.ts';
import { pictureAt } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { asPictures } from '../asPictures.ts';
import { loadWith } from './loading.ts';
import type { Colour } from './makeFiles.ts';

export const OPTIONS = loadWith({ size: 8, seed: 1, classLevel: 'auto' });

/** What is made of files, and why the others are not used. */
export async function load(files: readonly NamedFile[], options = OPTIONS) {
  const { dataset, report } = await loadFiles(files, options, decoders, () => {});
  return { dataset, report, refused: Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason])) };
}

/** The first pixel of every picture, with its class, training pictures first. */
export function contents(dataset: Dataset | undefined): string[] {
  if (dataset === undefined) return [];
  const sets = dataset.heldOutIsTrain ? [dataset.train] : [dataset.train, dataset.heldOut];
  return sets.flatMap((set) =>
    Array.from({ length: set.count }, (_, i) => {
      const label = set.labels?.[i];
      return `${label === undefined ? '' : `${set.classes[label]} `}${[...pictureAt(asPictures(set), i).subarray(0, asPictures(set).channels)]}`;
    }),
  );
}

export const RED: Colour = [200, 0, 0];
export const BLUE: Colour = [0, 0, 200];
