/** What a file of weights says of the pictures that it learned from, and how they compare with those that are here. */
import { MODALITIES } from '../config/modalities.ts';
import { quote } from '../config/quote.ts';
import type { RunConfig } from '../config/run.ts';
import type { Fingerprint, SetPrint } from '../data/fingerprint.ts';
import { asRead, type Dataset, type Recipe, sayOtherTokens } from '../data/samples.ts';
import { readCheckpointInfo } from './checkpointInfo.ts';

interface SavedData extends Fingerprint {
  name: string;
}

/** As it is written beside the weights; undefined for pictures that are drawn: settings and seed name them. */
export function writeSavedData({ name, fingerprint }: Dataset): string | undefined {
  return fingerprint === undefined ? undefined : JSON.stringify({ name, ...fingerprint } satisfies SavedData);
}

/**
 * The data set as weights read it: texts in the words that these know. The same one where nothing changes.
 *
 * @throws CheckpointError when `weights` is no file of weights
 */
export function asLearned(weights: Uint8Array, dataset: Dataset): Dataset {
  return asRead(dataset, recipeIn(weights));
}

/** How the samples of a file's run become tokens (`Tokenizer.recipe`), as far as it says. */
export function recipeIn(weights: Uint8Array): Recipe {
  return readObject(readCheckpointInfo(weights).tokens) ?? {};
}

/**
 * What there is to say where weights that learned from somebody's files meet other files, what is held out here may have been trained
 * on there; and where their tokens mean something else than here, or texts are read in their words (`asLearned`). A file that does not know its samples says nothing.
 *
 * @param here as it was brought
 * @returns some sentences for people; undefined when what is held out here was held out there too, and tokens are the same
 * @throws CheckpointError when `weights` is no file of weights
 */
export function sayOtherData(weights: Uint8Array, here: Dataset): string | undefined {
  const { config, data, tokens, classes } = readCheckpointInfo(weights);
  const said = [sayOtherFiles(config, readSavedData(data), here, classes), sayOtherTokens(here.train, readObject(tokens) ?? {})];
  const sentences = said.filter((sentence) => sentence !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function sayOtherFiles(
  config: RunConfig | undefined,
  saved: SavedData | undefined,
  here: Dataset,
  classes: readonly string[] | undefined,
): string | undefined {
  if (config?.data.dataset !== 'files' || saved === undefined || here.fingerprint === undefined) return undefined;
  const { all, heldOut } = here.fingerprint;
  if (heldOut !== null && equal(saved.heldOut, heldOut)) return sayOtherLabels(config, saved, here.fingerprint, classes);
  const { samples } = MODALITIES[here.train.modality].words;
  const origin = equal(saved.all, all)
    ? saved.heldOut === null
      ? `These weights come from all of these ${samples}: nothing was held out.`
      : `These weights come from the same ${samples}, held out otherwise.`
    : `These weights come from other ${samples}: ${saved.name}.`;
  return heldOut === null ? origin : `${origin} What is held out here may have been trained on.`;
}

/** Answers that a classifier has learned are of its own classes. */
function sayOtherLabels(
  { task }: RunConfig,
  saved: SavedData,
  { all }: Fingerprint,
  classes: readonly string[] | undefined,
): string | undefined {
  const isSame = task.objective !== 'supervised' || !equal(saved.all, all) || saved.all.labels === all.labels;
  if (isSame) return undefined;
  return `These weights learned other classes of the same files${classes === undefined ? '' : `: ${listed(classes)}`}.`;
}

/** Names that are told before the rest is counted. */
const NAMED = 6;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).map(quote).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function equal(a: SetPrint | null, b: SetPrint): boolean {
  return a?.count === b.count && a.samples === b.samples;
}

/** Files come from anywhere: what is not all there is not believed. */
export function readSavedData(text: string | undefined): SavedData | undefined {
  const { name, all, heldOut }: Partial<Record<keyof SavedData, unknown>> = readObject(text) ?? {};
  return typeof name === 'string' && isPrint(all) && (heldOut === null || isPrint(heldOut)) ? { name, all, heldOut } : undefined;
}

function readObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(text ?? 'null');
    return typeof found === 'object' && found !== null ? { ...found } : undefined;
  } catch {
    return undefined;
  }
}

function isPrint(value: unknown): value is SetPrint {
  if (typeof value !== 'object' || value === null) return false;
  const { count, samples, labels }: Partial<Record<keyof SetPrint, unknown>> = value;
  return [count, samples, labels].every((number) => Number.isSafeInteger(number));
}
