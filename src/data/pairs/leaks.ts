/** Samples of training that show what is tested on. */
import { naturalCompare } from '../files.ts';
import { amountText } from '../wording.ts';
import { type LeftOut, type PlannedPair, pathOf } from './plan.ts';

/**
 * Training samples with a picture or a sound that a test sample has too are taken out: the same file, or one of equal bytes. Equal
 * captions are no leak: many things are called the same.
 *
 * @param copies paths of files with equal bytes, group by group
 */
export function withoutLeaks(
  pairs: readonly PlannedPair[],
  copies: readonly (readonly string[])[],
): { pairs: PlannedPair[]; refused: LeftOut[] } {
  const groupOf = new Map(copies.flatMap((group) => group.map((path) => [path, group[0]] as const)));
  const contentsOf = ({ members }: PlannedPair): string[] =>
    [pathOf(members.picture), pathOf(members.sound)].flatMap((path) => (path === undefined ? [] : [groupOf.get(path) ?? path]));
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
