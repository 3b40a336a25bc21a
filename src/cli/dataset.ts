import path from 'node:path';
import { BadDataError } from '../base/errors.ts';
import type { BuiltInDataset } from '../config/datasets.ts';
import { formOf } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import { builtInDataset } from '../data/builtIn.ts';
import { decodePicture } from '../data/decode.node.ts';
import { asSplit, loadOptions, type NamedFile } from '../data/files.ts';
import { loadFiles } from '../data/load.ts';
import { readPath } from '../data/nodeFiles.ts';
import { countClasses, type Dataset, type LoadReport } from '../data/samples.ts';
import { inFormOf, sourceOf } from '../data/source.ts';
import type { Outlets } from './outlets.ts';

/** Which pictures a command is about. */
export interface PictureOptions {
  config: RunConfig;
  data: readonly string[];
  val: readonly string[];
}

/** Where news of them go. */
export interface PictureOutlets extends Pick<Outlets, 'bar' | 'note'> {
  reporter: Pick<Outlets['reporter'], 'loaded'>;
}

/** Refused files that are named one by one; `--json` names all. */
const NAMED = 20;

/**
 * The pictures that the options name: drawn from the seed, or read from files.
 *
 * @throws BadDataError when a path leads nowhere, or nothing there can be used
 */
export async function openDataset(options: PictureOptions, outlets: PictureOutlets): Promise<Dataset> {
  const { dataset } = options.config.data;
  if (dataset === 'files') return loadDataset(options, outlets);
  const drawn = await drawDataset(dataset, options, outlets);
  outlets.reporter.loaded({ used: drawn.train.count + drawn.heldOut.count, refused: [], notes: [] }, countClasses(drawn));
  return drawn;
}

/** The pictures of the phases that learn from elsewhere; `target`, the run's own, when there are none. */
export async function openSource(target: Dataset, options: PictureOptions, outlets: PictureOutlets): Promise<Dataset> {
  const source = sourceOf(options.config);
  if (source === undefined) return target;
  return inFormOf(target.train, await drawDataset(source, options, outlets));
}

async function drawDataset(name: BuiltInDataset, { config }: PictureOptions, { bar }: PictureOutlets): Promise<Dataset> {
  const drawn = await builtInDataset(name, formOf(config), config.optimiser.seed, (done, total) =>
    bar.draw('drawing', done, total),
  );
  bar.clear();
  return drawn;
}

async function loadDataset({ config, data, val }: PictureOptions, { reporter, bar, note }: PictureOutlets): Promise<Dataset> {
  const files = await readPaths(data);
  const split = val.length > 0 ? asSplit(files, await readPaths(val)) : files;
  const options = loadOptions(config);
  const loaded = await loadFiles(split, options, decodePicture, (task, done, total) => bar.draw(task.toLowerCase(), done, total));
  bar.clear();
  const report = val.length > 0 ? withoutSplit(loaded.report) : loaded.report;
  for (const line of describeRefusals(report)) note(line);
  const { dataset, setAside } = loaded;
  reporter.loaded(report, dataset === undefined ? [] : countClasses(dataset));
  if (dataset === undefined) throw new BadDataError(`There is no picture that can be used in ${[...data, ...val].join(', ')}.`);
  if (val.length === 0) return dataset;
  if (setAside === 0 || setAside === report.used) {
    // Some of the one side would be held out, and pass for the other.
    throw new BadDataError('Only one of --data and --val has pictures that can be used. The other needs some too.');
  }
  return { ...dataset, name: data.map((place) => path.basename(place)).join(', ') };
}

/** Names as they were before `asSplit`. */
function withoutSplit({ used, refused, notes }: LoadReport): LoadReport {
  return {
    used,
    notes: notes.map((note) => note.replace('Trained on train/, tested on test/.', 'Trained on --data, tested on --val.')),
    refused: refused.map(({ name, reason, ...rest }) => ({
      ...rest,
      name: name.replace(/^(train|test)\//, ''),
      reason: reason.replace(/\b(instance|equals) (train|test)\//g, '$1 '),
    })),
  };
}

async function readPaths(places: readonly string[]): Promise<NamedFile[]> {
  return (await Promise.all(places.map(readPath))).flat();
}

function describeRefusals({ refused }: LoadReport): string[] {
  const lines = refused.slice(0, NAMED).map(({ name, reason }) => `not used: ${name}: ${reason}`);
  const more = refused.length - lines.length;
  return more > 0 ? [...lines, `... and ${more.toLocaleString('en')} more (--json names all).`] : lines;
}
