/** What was made of folders and labels, in sentences for people. */
import { MODALITIES } from '../config/modalities.ts';
import type { Arrangement } from './arrange.ts';
import type { Dataset } from './samples.ts';
import { NO_CLASS } from './select.ts';
import { amountText, countText } from './wording.ts';

/** Classes that are named in a sentence. */
const NAMED = 4;

/** How the test set came about. */
export interface HeldOutBy {
  /** The files told it. */
  isGiven: boolean;
  /** Groups that are held out whole; empty where single samples are. */
  groups: readonly string[];
  /** Files, and records of files of many, that are held out; each may make several samples. */
  files: number;
  /** Whole groups were asked for, and nothing tells any apart. */
  noGroups: boolean;
}

/** @param names what names of files said: they tell the classes where folders do not */
export function notesOf(
  { classesBy, splitBy }: Arrangement,
  dataset: Dataset,
  by: HeldOutBy,
  names: readonly string[],
): string[] {
  const byNames = names.length > 0 && classesBy === undefined;
  return [
    ...names,
    ...(byNames ? [] : [classNote(classesBy, dataset)]),
    splitNote(splitBy, dataset, by),
    ...classlessNotes(dataset),
  ];
}

function classNote(by: string | undefined, { train: { classes } }: Dataset): string {
  if (classes.length === 0) return `No labels${by === undefined ? '' : `: ${by}`}.`;
  const named =
    classes.slice(0, NAMED).join(', ') +
    (classes.length > NAMED ? `, ... (${amountText(classes.length, 'class', 'classes')})` : '');
  return by === undefined ? `Classes come from label files: ${named}.` : `Class = ${by}: ${named}.`;
}

function splitNote(splitBy: Arrangement['splitBy'], dataset: Dataset, { isGiven, groups, files, noGroups }: HeldOutBy): string {
  const { heldOutIsTrain, heldOut } = dataset;
  const { words } = MODALITIES[heldOut.modality];
  if (heldOutIsTrain) return `Too few ${words.samples} to hold any out: tested on those of training.`;
  if (groups.length > 0) {
    const more = groups.length > NAMED ? `, ... (${countText(groups.length)} groups)` : '';
    return `Held out whole, drawn by the split seed: ${groups.slice(0, NAMED).join(', ')}${more}.`;
  }
  if (!isGiven)
    return `${noGroups ? 'Neither names nor folders tell groups apart' : 'No test set came along'}: ${amountText(files, words.sample)} drawn by the split seed ${files === 1 ? 'is' : 'are'} held out.`;
  const list = (names: readonly string[]) => names.map((name) => `${name}/`).join(' and ');
  const { train, heldOut: tested } = splitBy;
  if (train.length === 0 || tested.length === 0) return 'Tested on the test files that came along.';
  return `Trained on ${list(train)}, tested on ${list(tested)}.`;
}

function classlessNotes({ train, heldOut }: Dataset): string[] {
  const { classes, modality } = train;
  const { words } = MODALITIES[modality];
  if (classes.length === 0) return [];
  const notes = [];
  if (heldOut.labels === undefined)
    notes.push(`The test ${words.samples} lie in no folder of a class: they are tested on without labels.`);
  const missing = classes.filter((_, label) => !train.labels?.includes(label));
  if (missing.length > 0 && train.labels !== undefined) {
    notes.push(
      `${amountText(missing.length, 'class', 'classes')} of the test set ${missing.length === 1 ? 'has' : 'have'} no training ${words.samples}: ${missing.slice(0, NAMED).join(', ')}.`,
    );
  }
  if (classes.includes(NO_CLASS)) notes.push(`What lies in no folder of a class makes up the class "${NO_CLASS}".`);
  return notes;
}

/** What systems and tools left behind was passed over: said by its names, since a folder may be called so by a person too. */
export function debrisNotes(names: ReadonlySet<string>): string[] {
  if (names.size === 0) return [];
  const listed = [...names].sort();
  const more = listed.length > NAMED ? `, ... (${amountText(listed.length, 'name')})` : '';
  return [`Passed over as hidden, or left behind by systems and tools: ${listed.slice(0, NAMED).join(', ')}${more}.`];
}
