/** Samples of training that show what is tested on. */
import { naturalCompare } from '../files.ts';
import { amountText } from '../wording.ts';
import { type LeftOut, type PlannedPair, pathOf } from './plan.ts';
import type { ContentOf } from './sameMembers.ts';

/**
 * Training samples with a picture or a sound that a test sample has too are taken out: the same file, or one of equal bytes. Equal
 * captions are no leak: many things are called the same.
 */
export function withoutLeaks(pairs: readonly PlannedPair[], contentOf: ContentOf): { pairs: PlannedPair[]; refused: LeftOut[] } {
  const contentsOf = ({ members }: PlannedPair): string[] =>
    [pathOf(members.picture), pathOf(members.sound)].flatMap((path) => (path === undefined ? [] : [contentOf(path)]));
  const tested = new Map<string, PlannedPair>();
  for (const pair of pairs.filter(({ split }) => split === 'heldOut')) {
    for (const content of contentsOf(pair)) tested.set(content, tested.get(content) ?? pair);
  }
  const twinOf = (pair: PlannedPair) =>
    pair.split === 'heldOut'
      ? undefined
      : contentsOf(pair)
          .map((content) => tested.get(content))
          .find((twin) => twin !== undefined);
  const leaks = pairs.filter((pair) => twinOf(pair) !== undefined).toSorted((a, b) => naturalCompare(a.name, b.name));
  const [first] = leaks;
  if (first === undefined) return { pairs: [...pairs], refused: [] };
  const leaked = new Set(leaks);
  return {
    pairs: pairs.filter((pair) => !leaked.has(pair)),
    refused: [
      {
        name: amountText(leaks.length, 'sample'),
        reason: `taken out of training: a picture or a sound of test samples, byte for byte. For instance ${first.name} shares one with ${twinOf(first)?.name}.`,
      },
    ],
  };
}
