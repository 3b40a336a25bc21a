/** Data sets of sounds whose files say more than their folders do: recognised by how their files are called. */
import type { ClassLevel } from '../../config/datasets.ts';
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import { groupBy } from '../groupBy.ts';
import type { Refusal } from '../samples.ts';
import type { FileSource } from '../sources/source.ts';
import type { Split } from '../splitWords.ts';
import { amountText } from '../wording.ts';

export interface SoundLayout {
  files: FileSource[];
  /** What was recognised, a sentence each. */
  notes: string[];
  refused: Refusal[];
}

/** Free Spoken Digit Dataset: digit, speaker, number of the recording (github.com/Jakobovski/free-spoken-digit-dataset). */
const SPOKEN_DIGIT = /^(\d)_([a-z]+)_(\d+)\.\w+$/i;
/** Its README: "The test set officially consists of the first 10% of the recordings", numbers 0 to 4 of 50. */
const DIGIT_TESTS = 5;
/** Speech Commands (Warden, 2018): a mark of the speaker, which recording of the word it is. */
const COMMAND = /^([0-9a-f]{6,10})_nohash_\d+\.\w+$/i;
const NOISE_FOLDER = '_background_noise_';

/** Opens the files of sounds as sources, with what their names tell. @param level where it is not `auto`, folders name the classes */
export async function readLayout(
  sounds: readonly Entry[],
  splitLists: readonly Entry[],
  level: ClassLevel,
): Promise<SoundLayout> {
  if (isSpokenDigits(sounds)) return { ...spokenDigits(sounds, level), refused: unread(splitLists) };
  const lists = await readLists(splitLists);
  const noise = sounds.filter(({ path }) => isNoise(path));
  const isCommands = lists.length > 0 || noise.length > 0 || sounds.some(({ path }) => COMMAND.test(baseName(path)));
  if (!isCommands || noise.length === sounds.length) {
    return { files: sounds.map((entry) => fileSource(entry)), notes: [], refused: unread(splitLists) };
  }
  return speechCommands(
    sounds.filter(({ path }) => !isNoise(path)),
    noise,
    lists,
  );
}

function isNoise(path: string): boolean {
  return path.split('/').includes(NOISE_FOLDER);
}

function fileSource(entry: Entry, more: Partial<FileSource> = {}): FileSource {
  return { entry, path: entry.path, count: 1, split: undefined, classOf: () => undefined, ...more };
}

function unread(lists: readonly Entry[]): Refusal[] {
  return lists.map(({ path }) => ({ name: path, reason: 'is text, not a picture or a sound.' }));
}

function isSpokenDigits(sounds: readonly Entry[]): boolean {
  const names = sounds.map(({ path }) => SPOKEN_DIGIT.exec(baseName(path)));
  return names.length > 0 && names.every((name) => name !== null) && new Set(names.map((name) => name?.[1])).size > 1;
}

function spokenDigits(sounds: readonly Entry[], level: ClassLevel): Omit<SoundLayout, 'refused'> {
  const files = sounds.map((entry) => {
    const [, digit = '', speaker, number] = SPOKEN_DIGIT.exec(baseName(entry.path)) ?? [];
    const split: Split = Number(number) < DIGIT_TESTS ? 'heldOut' : 'train';
    return fileSource(entry, { group: speaker, split, stratum: digit, ...(level === 'auto' && { classOf: () => digit }) });
  });
  const speakers = new Set(files.map(({ group }) => group)).size;
  const isSplit = new Set(files.map(({ split }) => split)).size > 1;
  const split = `Recordings 0 to ${DIGIT_TESTS - 1} of every digit and speaker are its official test set: the same speakers are trained and tested on. Hold out whole groups to test on others.`;
  return {
    files,
    notes: [
      `Named like the Free Spoken Digit Dataset: class = digit, ${amountText(speakers, 'speaker')}.`,
      ...(isSplit ? [split] : []),
    ],
  };
}

/** A list of held-out files: paths below the folder that it lies in. */
interface SplitList {
  path: string;
  isTest: boolean;
  files: ReadonlySet<string>;
}

async function readLists(entries: readonly Entry[]): Promise<SplitList[]> {
  return Promise.all(
    entries.map(async (entry) => {
      const folder = entry.path.slice(0, entry.path.length - baseName(entry.path).length);
      const lines = new TextDecoder().decode(await entry.read()).split(/\r?\n/);
      const files = new Set(lines.flatMap((line) => (line.trim() === '' ? [] : [folder + line.trim()])));
      return { path: entry.path, isTest: /^testing/i.test(baseName(entry.path)), files };
    }),
  );
}

function speechCommands(sounds: readonly Entry[], noise: readonly Entry[], lists: readonly SplitList[]): SoundLayout {
  // As of folders, one kind is tested on, test before val, and the other is left aside.
  const tested = lists.filter(({ isTest }) => isTest).length > 0 ? lists.filter(({ isTest }) => isTest) : lists;
  const aside = lists.filter((list) => !tested.includes(list));
  const isIn = (some: readonly SplitList[], { path }: Entry): boolean => some.some(({ files }) => files.has(path));
  const parts = groupBy(sounds, (entry) => (isIn(tested, entry) ? 'heldOut' : isIn(aside, entry) ? 'aside' : 'train'));
  const leftOut = new Set(parts.get('aside'));
  const isSplit = (parts.get('heldOut')?.length ?? 0) > 0;
  const files = sounds
    .filter((entry) => !leftOut.has(entry))
    .map((entry) =>
      fileSource(entry, {
        group: COMMAND.exec(baseName(entry.path))?.[1],
        ...(isSplit && { split: isIn(tested, entry) ? ('heldOut' as const) : ('train' as const) }),
      }),
    );
  const testedBy = tested.map(({ path }) => baseName(path)).join(' and ');
  return {
    files,
    notes: [`Laid out like Speech Commands.${isSplit ? ` Tested on the files of ${testedBy}.` : ''}`],
    refused: [
      ...summed(noise, NOISE_FOLDER, 'background noise is no class.'),
      ...summed([...leftOut], aside.map(({ path }) => baseName(path)).join(' and '), `${testedBy} is tested on.`),
    ],
  };
}

function summed(entries: readonly Entry[], name: string, why: string): Refusal[] {
  if (entries.length === 0) return [];
  const sums = { modality: 'sound', count: entries.length } as const;
  return [{ name, reason: `${amountText(entries.length, 'sound')} left aside: ${why}`, sums }];
}
