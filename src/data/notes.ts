/** What was made of folders and labels, in sentences for people. */
import type { Arrangement } from './arrange.ts';
import type { Dataset } from './samples.ts';
import { NO_CLASS } from './select.ts';
import { amountText } from './wording.ts';

/** Classes that are named in a sentence. */
const NAMED = 4;

export function notesOf({ classesBy, splitBy }: Arrangement, dataset: Dataset, isGiven: boolean): string[] {
  return [classNote(classesBy, dataset), splitNote(splitBy, dataset, isGiven), ...classlessNotes(dataset)];
}

function classNote(by: string | undefined, { train: { classes } }: Dataset): string {
  if (classes.length === 0) return `No labels${by === undefined ? '' : `: ${by}`}.`;
  const named =
    classes.slice(0, NAMED).join(', ') +
    (classes.length > NAMED ? `, ... (${amountText(classes.length, 'class', 'classes')})` : '');
  return by === undefined ? `Classes come from label files: ${named}.` : `Class = ${by}: ${named}.`;
}

function splitNote(splitBy: Arrangement['splitBy'], { heldOutIsTrain, heldOut }: Dataset, isGiven: boolean): string {
  if (heldOutIsTrain) return 'Too few pictures to hold any out: tested on those of training.';
  if (!isGiven)
    return `No test set came along: ${amountText(heldOut.count, 'picture')} drawn by the split seed ${heldOut.count === 1 ? 'is' : 'are'} held out.`;
  const list = (names: readonly string[]) => names.map((name) => `${name}/`).join(' and ');
  const { train, heldOut: tested } = splitBy;
  if (train.length === 0 || tested.length === 0) return 'Tested on the test files that came along.';
  return `Trained on ${list(train)}, tested on ${list(tested)}.`;
}

function classlessNotes({ train, heldOut }: Dataset): string[] {
  const { classes } = train;
  if (classes.length === 0) return [];
  const notes = [];
  if (heldOut.labels === undefined)
    notes.push('The test pictures lie in no folder of a class: they are tested on without labels.');
  const missing = classes.filter((_, label) => !train.labels?.includes(label));
  if (missing.length > 0 && train.labels !== undefined) {
    notes.push(
      `${amountText(missing.length, 'class', 'classes')} of the test set ${missing.length === 1 ? 'has' : 'have'} no training pictures: ${missing.slice(0, NAMED).join(', ')}.`,
    );
  }
  if (classes.includes(NO_CLASS)) notes.push(`Pictures that lie in no folder of a class make up the class "${NO_CLASS}".`);
  return notes;
}

/** What systems and tools left behind was passed over: said by its names, since a folder may be called so by a person too. */
export function debrisNotes(names: ReadonlySet<string>): string[] {
  if (names.size === 0) return [];
  const listed = [...names].sort();
  const more = listed.length > NAMED ? `, ... (${amountText(listed.length, 'name')})` : '';
  return [`Passed over as hidden, or left behind by systems and tools: ${listed.slice(0, NAMED).join(', ')}${more}.`];
}
