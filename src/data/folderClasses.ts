/**
 * Which class a picture belongs to, by the folders it lies in.
 *
 * The rule (`auto`): folders that all training pictures share, and the one that named the split, are taken away; so are folders
 * that say nothing beside others that say nothing (`images`, years, `part2`, `256x256`: see `silentFolders.ts`). Of the levels that
 * remain the deepest counts which reaches nine of ten pictures, and which is neither a folder for every picture nor numbers below
 * words. Its names are the classes: `train/n01443537/images/1.jpg` gives n01443537, `dogs/2019/1.jpg` gives dogs. Where a
 * name stands in several folders (`Tomato/healthy`, `Potato/healthy`) they are not merged: the class is the path. Where
 * folders hold less than half of the pictures, or there is one only, there are no classes.
 *
 * Held-out pictures get classes the same way. If none of theirs is one of training, their folders name no class at all, and
 * they are tested on without labels.
 */
import type { ClassLevel } from '../config/datasets.ts';
import { LIMITS } from '../config/limits.ts';
import { growTree, sharedLength } from './folderTree.ts';
import { areFaint, areSilent, isPart } from './silentFolders.ts';
import type { Split } from './splitWords.ts';

export interface FolderClasses {
  /** Of each picture; undefined for those that lie in no folder that names one. */
  classes: (string | undefined)[];
  /** What names the class, for people: "1st folder", "whole path"; or why nothing does. */
  by: string;
}

/** A folder on the way to a picture, and its place below those that all share, from 1. */
interface Step {
  name: string;
  level: number;
}

/** Folders of which each holds this few pictures, on average, are no classes; unless there are few. */
const FEWEST_A_FOLDER = 1.5;
const FEW_FOLDERS = 8;
const COVERS = 0.9;

/**
 * @param splits of each picture; undefined counts as training
 * @param decides whether a picture has a say in what names the classes; each has without it
 */
export function folderClasses(
  folders: readonly (readonly string[])[],
  splits: readonly (Split | undefined)[],
  level: ClassLevel,
  decides: readonly boolean[] = folders.map(() => true),
): FolderClasses {
  const none = folders.map(() => undefined);
  if (level === 'none') return { classes: none, by: 'no labels were asked for' };
  const isTrain = folders.map((_, i) => splits[i] !== 'heldOut');
  const train = folders.filter((_, i) => isTrain[i]);
  const heldOut = folders.filter((_, i) => !isTrain[i]);
  const decisive = folders.filter((_, i) => isTrain[i] && decides[i]);
  const shared = sharedLength(decisive);
  const cut = (path: readonly string[]) => path.slice(shared);
  const below = decisive.map(cut);
  const naming = level === 'auto' ? automatic(below) : byHand(below, level);
  if (typeof naming === 'string') return { classes: none, by: naming };
  const ofTrain = naming.name(train.map(cut));
  const known = new Set(ofTrain.filter((name) => name !== undefined));
  if (known.size < 2 && ofTrain.every((name) => name !== undefined)) {
    return { classes: none, by: 'all of them lie in one folder' };
  }
  const tops = new Set(below.flatMap(([top]) => top?.toLowerCase() ?? []));
  const prefix = prefixLength(
    folders.filter((_, i) => !isTrain[i] && decides[i]),
    tops,
  );
  const ofHeldOut = matchNames(naming.name(heldOut.map((path) => path.slice(prefix))), known);
  const queues = [ofTrain.values(), ofHeldOut.values()] as const;
  const classes = isTrain.map((training) => queues[training ? 0 : 1].next().value);
  return { classes, by: naming.by };
}

/** Folders that all held-out pictures share are taken away, but for one that stands at the top of the training pictures. */
function prefixLength(all: readonly (readonly string[])[], tops: ReadonlySet<string>): number {
  const shared = sharedLength(all);
  const known = all[0]?.slice(0, shared).findIndex((name) => tops.has(name.toLowerCase())) ?? -1;
  return known === -1 ? shared : known;
}

/** Names that differ from a class of training in case only are that class; with none in common there are no classes. */
function matchNames(names: readonly (string | undefined)[], known: ReadonlySet<string>): (string | undefined)[] {
  const spellings = new Map([...known].map((name) => [name.toLowerCase(), name]));
  const matched = names.map((name) =>
    name === undefined || known.has(name) ? name : (spellings.get(name.toLowerCase()) ?? name),
  );
  return matched.some((name) => name !== undefined && known.has(name)) ? matched : names.map(() => undefined);
}

interface Naming {
  by: string;
  /** Names of paths without what they share. */
  name(paths: readonly (readonly string[])[]): (string | undefined)[];
}

function byHand(paths: readonly (readonly string[])[], level: ClassLevel): Naming | string {
  if (level === 'path') {
    return { by: 'whole path', name: (all) => all.map((path) => (path.length === 0 ? undefined : path.join('/'))) };
  }
  const at = Number(level) - 1;
  if (paths.every((path) => path[at] === undefined)) return `nothing lies in a ${ordinal(at + 1)} folder`;
  return { by: `${ordinal(at + 1)} folder`, name: (all) => all.map((path) => path[at]) };
}

/** Text says why folders are no classes. */
function automatic(paths: readonly (readonly string[])[]): Naming | string {
  const speaking = withoutSilent(paths);
  const inFolders = speaking.filter((steps) => steps.length > 0);
  if (inFolders.length === 0) {
    return paths.some((path) => path.length > 0) ? 'the folders name none' : 'all of them lie in one folder';
  }
  if (inFolders.length * 2 < paths.length) return 'most of them lie beside the folders';
  const levels = chooseLevels(inFolders);
  if (levels.length === 0) return 'nearly every one has a folder of its own';
  const pick = (steps: readonly Step[]) => levels.flatMap((level) => steps[level] ?? []);
  const whole = recurs(inFolders.map(pick));
  const name = (steps: readonly Step[]): string | undefined => {
    const picked = pick(steps);
    return whole ? picked.map((step) => step.name).join('/') || undefined : (picked.at(-1) ?? steps.at(-1))?.name;
  };
  return { by: whole ? 'path of folders' : describeLevels(inFolders.map(pick)), name: (all) => withoutSilent(all).map(name) };
}

/** The folders of each path that say something, judged by those beside them. */
function withoutSilent(paths: readonly (readonly string[])[]): Step[][] {
  const steps: Step[][] = paths.map(() => []);
  const visit = (folder: ReturnType<typeof growTree>, way: Step[], level: number): void => {
    for (const i of folder.pictures) steps[i] = way;
    const silent = areSilent(folder.children.keys());
    for (const child of folder.children.values()) {
      visit(child, silent || isPart(child.name) ? way : [...way, { name: child.name, level }], level + 1);
    }
  };
  visit(growTree(paths), [], 1);
  return steps;
}

/** The levels (from 0) that name classes together, outermost first; empty when none does. */
function chooseLevels(paths: readonly Step[][]): number[] {
  const depth = Math.max(...paths.map((path) => path.length));
  const reaches = (level: number) => paths.filter((path) => path.length > level).length >= COVERS * paths.length;
  let levels = Array.from({ length: depth }, (_, level) => level).filter(reaches);
  const names = (level: number) => new Set(paths.flatMap((path) => path[level]?.name ?? []));
  const classes = (chosen: readonly number[]) =>
    new Set(paths.map((path) => chosen.map((level) => path[level]?.name ?? '').join('/'))).size;
  // Where all have the same name it says nothing. One folder alone is a class beside pictures that lie in none.
  if (levels.length > 1) levels = levels.filter((level) => names(level).size > 1 || level === 0);
  while (levels.length > 0) {
    const count = classes(levels);
    const lonely = count >= FEW_FOLDERS && paths.length < FEWEST_A_FOLDER * count;
    const tooMany = count > LIMITS.classes && levels.length > 1;
    if (!lonely && !tooMany) break;
    levels.pop();
  }
  const clear = levels.filter((level) => names(level).size > 1 && !areFaint(names(level)));
  return clear.length > 0 ? clear : levels;
}

/** Whether the last name stands in more than one folder. */
function recurs(paths: readonly Step[][]): boolean {
  const places = new Map<string, string>();
  return paths.some((path) => {
    const name = path.at(-1)?.name.toLowerCase() ?? '';
    const place = path.map((step) => step.name).join('/');
    const known = places.get(name);
    places.set(name, place);
    return known !== undefined && known !== place;
  });
}

function describeLevels(paths: readonly Step[][]): string {
  const levels = new Set(paths.flatMap((path) => path.at(-1)?.level ?? []));
  return `${[...levels]
    .sort((a, b) => a - b)
    .map((level) => ordinal(level))
    .join(' or ')} folder`;
}

function ordinal(level: number): string {
  return `${level}${['th', 'st', 'nd', 'rd'][level] ?? 'th'}`;
}
