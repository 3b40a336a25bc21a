/** Samples by names of files: what has the same path but for its ending, and but for folders that are named after a kind, belongs together. */
import type { ClassLevel } from '../../config/datasets.ts';
import type { Sense } from '../../config/modalities/names.ts';
import { naturalCompare } from '../files.ts';
import { folderClasses } from '../folderClasses.ts';
import { foldersOf, withoutRepeats } from '../folderTree.ts';
import { groupBy } from '../groupBy.ts';
import { placeSplits } from '../splits.ts';
import { wordsOf } from '../splitWords.ts';
import { amountText } from '../wording.ts';
import type { LeftOut, MemberFile, PairPlan, PlannedPair } from './plan.ts';

/** Words of a folder's name that say of which kind its files are. */
const KIND_WORDS: Readonly<Record<Sense, RegExp>> = {
  picture: /^(pictures?|images?|imgs?|pics?|photos?|jpe?gs?|pngs?|frames?|visuals?)$/,
  sound: /^(sounds?|audios?|wavs?|mp3s?|flacs?|speech|recordings?|clips?|voices?)$/,
  text: /^(texts?|txts?|captions?|transcripts?|transcriptions?|descriptions?|sentences?)$/,
};

/** What two files of one sample have in common: the folders without those named after their kind, and the name without its ending. */
function keyOf({ path, sense }: MemberFile): string {
  const parts = path.split('/');
  const stem = (parts.pop() ?? '').replace(/(?<=.)\.[^.]*$/, '');
  return [...parts.flatMap((folder) => withoutKind(folder, sense)), stem].join('/');
}

/** Nothing of `pictures`, `train` of `train_images`; `flowers` as it is. */
function withoutKind(folder: string, sense: Sense): string[] {
  const words = wordsOf(folder);
  const rest = words.filter((word) => !KIND_WORDS[sense].test(word));
  if (rest.length === words.length) return [folder];
  return rest.length === 0 ? [] : [rest.join('_')];
}

/** @param level which folder names the class */
export function planByName(files: readonly MemberFile[], level: ClassLevel = 'auto'): PairPlan {
  const refused: LeftOut[] = [];
  const groups = groupBy(
    files.toSorted((a, b) => naturalCompare(a.path, b.path)),
    keyOf,
  );
  const keys = [...groups.keys()].sort(naturalCompare);
  const pairs = keys.map((key): PlannedPair => {
    const members: PlannedPair['members'] = {};
    for (const { path, sense } of groups.get(key) ?? []) {
      const first = members[sense];
      if (first === undefined) members[sense] = { path };
      else if ('path' in first)
        refused.push({
          name: path,
          reason: `belongs to the same sample as ${first.path}, which has its place: one ${sense} a sample.`,
        });
    }
    return { name: key, members };
  });
  return arrangePairs(pairs, level, refused);
}

/** Splits and classes by the folders of the samples. */
function arrangePairs(pairs: readonly PlannedPair[], level: ClassLevel, refused: LeftOut[]): PairPlan {
  const placed = placeSplits(withoutRepeats(pairs.map(({ name }) => foldersOf(name))));
  refused.push(
    ...placed.left.map(({ name, reason, count }) => ({ name, reason: `${amountText(count, 'sample')} left aside: ${reason}` })),
  );
  const used = [...pairs.keys()].filter((i) => placed.splits[i] !== 'aside');
  const splits = used.map((i) => {
    const split = placed.splits[i];
    return split === 'aside' ? undefined : split;
  });
  const { classes, by } = folderClasses(
    used.map((i) => placed.folders[i]),
    splits,
    level,
  );
  const hasClasses = classes.some((name) => name !== undefined);
  return {
    pairs: used.map((i, k) => ({
      ...pairs[i],
      ...(splits[k] === undefined ? {} : { split: splits[k] }),
      ...(classes[k] === undefined ? {} : { className: classes[k] }),
    })),
    refused,
    // What is trained and tested on, and why there are no classes, is told of all samples alike.
    notes: hasClasses ? [`Class = ${by}.`] : [],
  };
}
