import path from 'node:path';
import { BadDataError, BadSettingError } from '../base/errors.ts';
import { checkRun } from '../config/check.ts';
import type { BuiltInDataset } from '../config/datasets.ts';
import { formOf, MODALITIES, type ModalityName, modalityOf } from '../config/modalities.ts';
import { switchToFiles, withMembers } from '../config/ownFiles.ts';
import type { PresetName } from '../config/presets.ts';
import { takeSettings } from '../config/readConfig.ts';
import type { RunConfig } from '../config/run.ts';
import { builtInDataset } from '../data/builtIn.ts';
import { asSplit, loadOptions, type NamedFile, optionsForNew } from '../data/files.ts';
import { loadFiles } from '../data/load.ts';
import { readPath } from '../data/nodeFiles.ts';
import { countClasses, type Dataset, type LoadReport, membersOf } from '../data/samples.ts';
import { inFormOf, sourceOf } from '../data/source.ts';
import { decoders } from './decoders.ts';
import type { TrainOptions } from './options.ts';
import type { Outlets } from './outlets.ts';
import { realDataset } from './pairs/realPairs.ts';

/** Which samples a command is about. */
export interface PictureOptions {
  config: RunConfig;
  data: readonly string[];
  val: readonly string[];
  /** What is read of the files; absent, whatever there is more of. */
  modality?: ModalityName;
  /** Settings that were asked for: where the files turn out to be of another kind, they hold there too. */
  asked?: TrainOptions['asked'];
}

/** Where news of them go. */
export interface PictureOutlets extends Pick<Outlets, 'bar' | 'note'> {
  reporter: Pick<Outlets['reporter'], 'loaded'>;
}

/** With labels, from scratch. */
const LABELS_PRESET: Readonly<Record<ModalityName, PresetName>> = {
  picture: 'labels-scenes',
  sound: 'labels-syllables',
  text: 'labels-tales',
  pair: 'contrastive-pairs',
};

/** Names a folder with real members of *Paired digits*, to measure on them; see `realDataset`. */
const REAL_PAIRS = 'PATCHWORK_REAL_PAIRS';

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
  const used = drawn.train.count + drawn.heldOut.count;
  outlets.reporter.loaded({ modality: drawn.train.modality, used, refused: [], shortened: [], notes: [] }, countClasses(drawn));
  return drawn;
}

/** The pictures of the phases that learn from elsewhere; `target`, the run's own, when there are none. */
export async function openSource(target: Dataset, options: PictureOptions, outlets: PictureOutlets): Promise<Dataset> {
  const source = sourceOf(options.config);
  if (source === undefined) return target;
  return inFormOf(target.train, await drawDataset(source, options, outlets));
}

async function drawDataset(name: BuiltInDataset, { config }: PictureOptions, { bar, note }: PictureOutlets): Promise<Dataset> {
  const real = process.env[REAL_PAIRS];
  if (name === 'pairs' && real !== undefined) {
    note(`Paired digits with real members: ${REAL_PAIRS} is ${real}.`);
    return realDataset(real, formOf(config).pair, config.optimiser.seed);
  }
  const drawn = await builtInDataset(name, formOf(config), config.optimiser.seed, (done, total) =>
    bar.draw('drawing', done, total),
  );
  bar.clear();
  return drawn;
}

async function loadDataset(
  { config, data, val, modality, asked }: PictureOptions,
  { reporter, bar, note }: PictureOutlets,
): Promise<Dataset> {
  const files = await readPaths(data);
  const split = val.length > 0 ? asSplit(files, await readPaths(val)) : files;
  const options = modality === undefined ? optionsForNew(config, asked) : { ...loadOptions(config), modality };
  const loaded = await loadFiles(split, options, decoders, (task, done, total) => bar.draw(task.toLowerCase(), done, total));
  bar.clear();
  const report = val.length > 0 ? withoutSplit(loaded.report) : loaded.report;
  for (const line of describeRefusals(report)) note(line);
  const { dataset, setAside } = loaded;
  reporter.loaded(report, dataset === undefined ? [] : countClasses(dataset));
  if (dataset === undefined)
    throw new BadDataError(
      `There is no ${nameOf(modality)} that can be used in ${[...data, ...val].join(', ')}.${otherKind(report, modality)}`,
    );
  if (val.length === 0) return dataset;
  if (setAside === 0 || setAside === report.used) {
    // Some of the one side would be held out, and pass for the other.
    throw new BadDataError(
      `Only one of --data and --val has ${MODALITIES[report.modality].words.samples} that can be used. The other needs some too.`,
    );
  }
  return { ...dataset, name: data.map((place) => path.basename(place)).join(', ') };
}

/** Names as they were before `asSplit`. */
function withoutSplit({ refused, shortened, notes, ...report }: LoadReport): LoadReport {
  const place = (name: string): string => name.replace(/^(train|test)\//, '');
  return {
    ...report,
    shortened: shortened.map((line) => ({ ...line, name: place(line.name) })),
    notes: notes.map((note) => note.replace('Trained on train/, tested on test/.', 'Trained on --data, tested on --val.')),
    refused: refused.map(({ name, reason, ...rest }) => ({
      ...rest,
      name: place(name),
      reason: reason.replace(/\b(instance|equals) (train|test)\//g, '$1 '),
    })),
  };
}

async function readPaths(places: readonly string[]): Promise<NamedFile[]> {
  return (await Promise.all(places.map(readPath))).flat();
}

function nameOf(modality: ModalityName | undefined): string {
  return modality === undefined ? 'picture, sound or text' : MODALITIES[modality].words.sample;
}

/** A way out for those whose files are of another kind than the settings; empty where that is not so. */
function otherKind({ refused }: LoadReport, modality: ModalityName | undefined): string {
  const other = refused.find(({ sums }) => sums !== undefined && sums.modality !== modality)?.sums?.modality;
  if (modality === undefined || other === undefined) return '';
  const [own, held] = [modality, other].map((name) => MODALITIES[name].words.samples);
  return ` The settings are of ${own}, and there are ${held}: name weights or a preset of ${held} (--preset ${LABELS_PRESET[other]}).`;
}

function describeRefusals({ refused, shortened }: LoadReport): string[] {
  const all = [
    ...refused.map(({ name, reason }) => `not used: ${name}: ${reason}`),
    ...shortened.map(({ name, reason }) => `damaged: ${name}: ${reason}`),
  ];
  const lines = all.slice(0, NAMED);
  const more = all.length - lines.length;
  return more > 0 ? [...lines, `... and ${more.toLocaleString('en')} more (--json names all).`] : lines;
}

/**
 * The settings of a run on a data set: what files hold is found out, and where it is not what the settings were of, they are those
 * that suit it, but for those that were asked for.
 *
 * @throws BadSettingError when the settings cannot be of such
 */
export function settingsOn(config: RunConfig, asked: TrainOptions['asked'], { train }: Dataset): RunConfig {
  const members = membersOf(train);
  if (train.modality === modalityOf(config)) return withMembers(config, members);
  const { config: taken } = takeSettings(switchToFiles(config, train.modality, members), asked);
  const problems = checkRun(taken);
  if (problems.length > 0)
    throw new BadSettingError(problems.map(({ path: setting, message }) => `${message} (--set ${setting}=...)`).join('\n'));
  return taken;
}
