/** Files as people bring them, and their names. The same files must give the same data set in a page and on the command line. */
import type { ClassLevel, HoldOut } from '../config/datasets.ts';
import { FEWEST_PIECES, fewestSamples, partsInTime, SOUND_RATE } from '../config/modalities/sound.ts';
import type { TextSettings } from '../config/modalities/text.ts';
import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts';
import { switchToFiles } from '../config/ownFiles.ts';
import { takeSettings } from '../config/readConfig.ts';
import type { RunConfig } from '../config/run.ts';
import type { ClipOptions } from './sound/clips.ts';

/** A file with its path below the folder that was dropped, e.g. `flowers/rose/1.jpg`; folders become classes. */
export interface NamedFile {
  path: string;
  file: Blob;
  /** Why it cannot be read; `file` is empty then. */
  problem?: string;
  /** Folders (or the file itself) at the front of the path that were asked for by name; 1 unless told. */
  asked?: number;
}

export interface LoadOptions {
  /** What is read; files of another kind are left out. */
  modality: ModalityName;
  /** Side of the square that pictures are resized to. */
  size: number;
  /** What sounds are cut into. */
  clip: ClipOptions;
  /** How texts are found in files, and what they are read in. */
  text: TextReading;
  /** Decides which samples are held out. */
  seed: number;
  /** Which folder names the class of a sample. */
  classLevel: ClassLevel;
  /** Whether single files are held out or whole groups, where no test set came along. */
  holdOut: HoldOut;
}

/** How files are read that nobody has looked into yet: by what they turn out to hold. */
export type OptionsByKind = Readonly<Record<ModalityName, LoadOptions>>;

export type TextReading = Omit<TextSettings, 'window' | 'tied'>;

/** What a run's settings say about reading its files. */
export function loadOptions({
  data,
  picture: { size },
  sound,
  text: { window: _part, tied: _output, ...text },
}: RunConfig): LoadOptions {
  const { modality, splitSeed, classLevel, holdOut } = data;
  const length = Math.round(sound.seconds * SOUND_RATE);
  // Settings that contradict each other are told elsewhere.
  const clip = {
    seconds: sound.seconds,
    pieces: partsInTime(sound),
    fewestSamples: Math.min(length, fewestSamples(sound)),
    fewestInLeast: fewestSamples({ ...sound, pieces: FEWEST_PIECES }),
  };
  return { modality, size, clip, text, seed: splitSeed, classLevel, holdOut };
}

/**
 * The same for files that nobody has looked into yet: of each kind, what the run would say that starts when they are of it.
 *
 * @param asked settings that were asked for, as they were written, which what suits the kind does not replace
 */
export function optionsForNew(config: RunConfig, asked: Iterable<readonly [string, unknown]> = []): OptionsByKind {
  const settings = [...asked];
  const options = MODALITY_NAMES.map((name) => {
    const own = takeSettings(switchToFiles(config, name), settings).config;
    return [name, { ...loadOptions(own), modality: name }] as const;
  });
  return Object.fromEntries(options) as Record<ModalityName, LoadOptions>;
}

/** What holds for files of a kind. */
export function optionsFor(options: LoadOptions | OptionsByKind, modality: ModalityName): LoadOptions {
  return 'modality' in options ? options : options[modality];
}

/** What decides how files of a modality are read. */
const READ_BY: Readonly<Record<ModalityName, (options: LoadOptions) => unknown>> = {
  picture: ({ size }) => size,
  sound: ({ clip: { seconds, fewestSamples } }) => [seconds, fewestSamples],
  text: ({ text }) => text,
  pair: ({ size, clip, text }) => [size, clip, text],
};

/** Whether the same files give the same data set with both. */
export function sameOptions(a: LoadOptions, b: LoadOptions): boolean {
  const all = (options: LoadOptions) => [
    options.modality,
    options.seed,
    options.classLevel,
    options.holdOut,
    READ_BY[options.modality](options),
  ];
  return JSON.stringify(all(a)) === JSON.stringify(all(b));
}

/**
 * Two sets of files as one set with a given split, for `--data A --val B`: what `heldOut` holds is tested on and never
 * trained on, and classes of the same name are the same class.
 */
export function asSplit(train: readonly NamedFile[], heldOut: readonly NamedFile[]): NamedFile[] {
  const below = (folder: string) => (named: NamedFile) => ({
    ...named,
    path: `${folder}/${named.path}`,
    asked: (named.asked ?? 1) + 1,
  });
  return [...train.map(below('train')), ...heldOut.map(below('test'))];
}

/**
 * A path with forward slashes that starts nowhere in particular: no drive, no leading slash, no `.`. Accents that are
 * written as two characters (as macOS does) become one, so that a class has one name. `..` is left for `climbs` to see.
 */
export function tidyPath(path: string): string {
  const parts = path
    .normalize('NFC')
    .replace(/\\/g, '/')
    .replace(/^[a-z]:/i, '')
    .split('/');
  return parts
    .filter((part) => part !== '' && part !== '.')
    .join('/')
    .replace(/\p{Cc}/gu, '');
}

/** Whether a tidy path leaves the folder it starts in. */
export function climbs(path: string): boolean {
  return path.split('/').includes('..');
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Sorts as people count, `9.jpg` before `10.jpg`, and keeps folders together. Does not depend on the machine's language. */
export function naturalCompare(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const runA = digitsAt(a, i);
    const runB = digitsAt(b, j);
    if (runA > 0 && runB > 0) {
      const order = compareDigits(a.slice(i, i + runA), b.slice(j, j + runB));
      if (order !== 0) return order;
      i += runA;
      j += runB;
    } else {
      const order = rank(a, i++) - rank(b, j++);
      if (order !== 0) return order;
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
}

function digitsAt(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return end - from;
}

function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, '');
  const y = b.replace(/^0+/, '');
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
}

/** A slash comes before everything else, so that `a/z` stays beside `a/b` and before `a-b`. */
function rank(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === 47 ? 0 : code;
}
