import { BadDataError } from '../base/errors.ts';
import { builtInDataset } from '../data/builtIn.ts';
import { decodePicture } from '../data/decode.node.ts';
import { asSplit, type NamedFile } from '../data/files.ts';
import { loadFiles } from '../data/load.ts';
import { readPath } from '../data/nodeFiles.ts';
import type { Dataset, LoadReport } from '../data/pictures.ts';
import type { TrainOptions } from './options.ts';
import type { Outlets } from './outlets.ts';

/** Refused files that are named one by one; `--json` names all. */
const NAMED = 20;

/**
 * The pictures that the options name: drawn from the seed, or read from files.
 *
 * @throws BadDataError when a path leads nowhere, or nothing there can be used
 */
export async function openDataset(options: TrainOptions, outlets: Outlets): Promise<Dataset> {
  const { dataset, size } = options.config.data;
  const { bar } = outlets;
  if (dataset === 'files') return loadDataset(options, outlets);
  const drawn = await builtInDataset(dataset, size, options.config.optimiser.seed, (done, total) =>
    bar.draw('drawing', done, total),
  );
  bar.clear();
  return drawn;
}

async function loadDataset({ config, data, val }: TrainOptions, { reporter, bar, note }: Outlets): Promise<Dataset> {
  const { size } = config.data;
  const files = await readPaths(data);
  const wanted = val.length > 0 ? asSplit(files, await readPaths(val)) : files;
  const onProgress = (task: string, done: number, total: number): void => bar.draw(task.toLowerCase(), done, total);
  const { dataset, report } = await loadFiles(wanted, { size, seed: config.optimiser.seed }, decodePicture, onProgress);
  bar.clear();
  for (const line of describeRefusals(report)) note(line);
  reporter.loaded(report);
  if (dataset === undefined) throw new BadDataError(`There is no picture that can be used in ${[...data, ...val].join(', ')}.`);
  return dataset;
}

async function readPaths(places: readonly string[]): Promise<NamedFile[]> {
  return (await Promise.all(places.map(readPath))).flat();
}

function describeRefusals({ refused }: LoadReport): string[] {
  const lines = refused.slice(0, NAMED).map(({ name, reason }) => `not used: ${name}: ${reason}`);
  const more = refused.length - lines.length;
  return more > 0 ? [...lines, `... and ${more.toLocaleString('en')} more (--json names all).`] : lines;
}
