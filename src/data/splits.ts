/**
 * Which folders are learnt from and which are tested on.
 *
 * The rule: a folder is split where a train-like folder and a held-out one of the same other words stand side by side in it
 * (`train2017`, `val2017`; `seg_train`, `seg_test`); or where all folders in it are split folders and those that are trained
 * on hold folders of their own. What else stands there speaks against it: beside three others it is a split only when
 * both sides hold folders of the same name. So `train` beside `car` and `plane` is a class, and `test tubes` is one.
 * The outermost such folder counts, in every branch of the tree.
 *
 * One kind is tested on: one that holds the folders of training before one that does not, and `test` before `val`. What
 * remains of the split (`val`), and what lies beside it, is left aside and told.
 */
import { type Folder, growTree, namesBelow, picturesBelow } from './folderTree.ts';
import { areSilent } from './silentFolders.ts';
import { HELD_OUT_KINDS, type Split, type SplitName, splitName } from './splitWords.ts';
import { amountText } from './wording.ts';

export interface SplitFolders {
  /** What each picture is for; `aside` is for nothing. Undefined where no split says anything. */
  splits: (Split | 'aside' | undefined)[];
  /** The same paths without the folder that named the split. */
  folders: string[][];
  /** Folders that are trained and tested on, by name; empty without a split. */
  names: Record<Split, string[]>;
  /** What is for nothing: the folder's name, why, and how many samples. */
  left: { name: string; reason: string; count: number }[];
}

interface Branch {
  folder: Folder;
  said: SplitName | undefined;
}

/** Folders of answers, which lie beside the pictures that they belong to. */
const ANSWERS =
  /^(annotations?|masks?|trimaps?|labels?|gt|ground[\s_-]?truths?|segmentations?|segmentation(class|object)(aug|raw)?)$/i;
const QUESTIONS = /^(images?|imgs?|jpegimages|rgb|pictures?|photos?|inputs?)$/i;

/** @param counts pictures of each path; one without it */
export function placeSplits(paths: readonly (readonly string[])[], counts?: readonly number[]): SplitFolders {
  const splitter = new Splitter(paths, counts);
  const root = growTree(paths);
  splitter.leaveAnswers(root, []);
  splitter.visit(root, []);
  if (splitter.found) splitter.visitRest(root, []);
  return splitter.result();
}

class Splitter {
  found = false;
  private readonly splits: (Split | 'aside' | undefined)[];
  private readonly folders: string[][];
  private readonly names = { train: new Set<string>(), heldOut: new Set<string>() };
  /** Pictures left aside, by the folder's name and the reason. */
  private readonly left = new Map<string, { places: string[]; reason: string; count: number }>();

  constructor(
    paths: readonly (readonly string[])[],
    private readonly counts: readonly number[] = paths.map(() => 1),
  ) {
    this.splits = paths.map(() => undefined);
    this.folders = paths.map((path) => [...path]);
  }

  result(): SplitFolders {
    const left = [...this.left.values()].map(({ places, reason, count }) => ({
      name: places.length === 1 ? places[0] : `${places[0]} and ${amountText(places.length - 1, 'folder')} like it`,
      reason,
      count,
    }));
    const names = { train: [...this.names.train], heldOut: [...this.names.heldOut] };
    return { splits: this.splits, folders: this.folders, names, left };
  }

  /** Masks and the like beside pictures are no pictures to learn from. */
  leaveAnswers(folder: Folder, path: string[]): void {
    const names = [...folder.children.keys()];
    for (const child of [...folder.children.values()]) {
      const below = [...path, child.name];
      if (ANSWERS.test(child.name) && names.some((name) => QUESTIONS.test(name))) {
        this.leave(child, below, 'they are answers to the pictures beside them.');
        folder.children.delete(child.name);
      } else this.leaveAnswers(child, below);
    }
  }

  visit(folder: Folder, path: string[]): void {
    const branches = [...folder.children.values()].map((child): Branch => ({ folder: child, said: splitName(child.name) }));
    if (isSplit(branches)) {
      this.found = true;
      this.split(folder, branches, path);
    } else for (const { folder: child } of branches) this.visit(child, [...path, child.name]);
  }

  /** Where other folders are split, one that holds `train` alone is too. */
  visitRest(folder: Folder, path: string[]): void {
    for (const child of folder.children.values()) {
      const said = splitName(child.name);
      const pictures = picturesBelow(child);
      if (pictures.every((i) => this.splits[i] !== undefined)) continue;
      if (said?.rest === '' && [...folder.children.keys()].every((name) => splitName(name) !== undefined)) {
        this.take(child, path, said.split, undefined);
      } else this.visitRest(child, [...path, child.name]);
    }
  }

  private split(folder: Folder, branches: readonly Branch[], path: string[]): void {
    const tested = chooseTested(branches);
    const rests = new Set(branches.filter(({ said }) => said?.kind === 'train').map(({ said }) => said?.rest));
    // `trainA`, `trainB`, `testA`, `testB`: what else the names say tells classes apart.
    const keepRest = rests.size > 1 && tested.every(({ said }) => rests.has(said?.rest));
    const testedNames = tested.map(({ folder: { name } }) => `${name}/`).join(' and ');
    for (const branch of branches) {
      const { folder: child, said } = branch;
      if (said?.kind === 'also train' && !fitsTraining(child, branches)) {
        this.leave(
          child,
          [...path, child.name],
          'they have no classes, and others do. Add them by themselves to pretrain on them.',
        );
      } else if (said !== undefined && (said.split === 'train' || tested.includes(branch))) {
        this.take(child, path, said.split, keepRest ? said.rest : undefined);
      } else {
        const reason =
          said === undefined ? `they lie beside the split (${testedNames} is tested on).` : `${testedNames} is tested on.`;
        this.leave(child, [...path, child.name], reason);
      }
    }
    if (folder.pictures.length > 0) {
      this.leave({ ...folder, children: new Map() }, path, `they lie beside the split (${testedNames} is tested on).`);
    }
  }

  private take(folder: Folder, path: readonly string[], split: Split, rest: string | undefined): void {
    this.names[split].add(folder.name);
    for (const i of picturesBelow(folder)) {
      this.splits[i] = split;
      this.folders[i] = this.folders[i].toSpliced(path.length, 1, ...(rest === undefined || rest === '' ? [] : [rest]));
    }
  }

  private leave(folder: Folder, path: readonly string[], reason: string): void {
    const pictures = picturesBelow(folder);
    for (const i of pictures) this.splits[i] = 'aside';
    const key = `${folder.name}/${reason}`;
    const left = this.left.get(key) ?? { places: [], reason, count: 0 };
    left.places.push(path.length === 0 ? 'Loose files' : path.join('/'));
    left.count += pictures.reduce((sum, i) => sum + this.counts[i], 0);
    this.left.set(key, left);
  }
}

function isSplit(branches: readonly Branch[]): boolean {
  const train = branches.filter(({ said }) => said?.kind === 'train');
  const heldOut = branches.filter(({ said }) => said?.split === 'heldOut');
  if (train.length === 0 || heldOut.length === 0) return false;
  const others = branches.filter(({ said }) => said === undefined).length;
  if (train.some((one) => heldOut.some((other) => one.said?.rest === other.said?.rest))) {
    return others < 3 || train.some((one) => heldOut.some((other) => sharesFolders(one.folder, other.folder)));
  }
  return others === 0 && train.some(({ folder }) => folder.children.size > 1);
}

/** Whether both hold folders of the same name that says something. */
function sharesFolders(one: Folder, other: Folder): boolean {
  const names = new Set(namesBelow(one));
  return namesBelow(other).some((name) => names.has(name) && !areSilent([name]));
}

/** Whether further pictures to train on have classes where those of training do: without, they would pass for a class of their own. */
function fitsTraining(folder: Folder, branches: readonly Branch[]): boolean {
  const train = branches.filter(({ said }) => said?.kind === 'train');
  return train.every((one) => areSilent(namesBelow(one.folder))) || train.some((one) => sharesFolders(one.folder, folder));
}

/** The held-out folders that are tested on: those of one kind. */
function chooseTested(branches: readonly Branch[]): Branch[] {
  const train = branches.filter(({ said }) => said?.kind === 'train');
  const rests = new Set(train.map(({ said }) => said?.rest));
  const labelled = ({ folder }: Branch) => train.some((one) => sharesFolders(one.folder, folder));
  const groups = HELD_OUT_KINDS.flatMap((kind) => {
    const all = branches.filter(({ said }) => said?.kind === kind);
    const fitting = all.filter(({ said }) => rests.has(said?.rest));
    return all.length === 0 ? [] : [fitting.length > 0 ? fitting : all];
  });
  return groups.find((group) => group.some(labelled)) ?? groups[0] ?? [];
}
