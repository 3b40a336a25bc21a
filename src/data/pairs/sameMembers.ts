/** Samples that share members, byte for byte: those that share all of them, and those that share some. */
import { SENSES } from '../../config/modalities/names.ts';
import { groupBy } from '../groupBy.ts';
import { amountText } from '../wording.ts';
import { type LeftOut, type PlannedPair, pathOf } from './plan.ts';

/** What a member is: equal for equal bytes. */
export type ContentOf = (path: string) => string;

/** The first file of each group of equal ones stands for all of them. @param copies paths of files with equal bytes, group by group */
export function contentsBy(copies: readonly (readonly string[])[]): ContentOf {
  const first = new Map(copies.flatMap((group) => group.map((path) => [path, group[0]] as const)));
  return (path) => first.get(path) ?? path;
}

/** Of samples with the same members one remains, the first. Captions alone are no samples that are there twice: many things are called the same. */
export function withoutTwins(pairs: readonly PlannedPair[], contentOf: ContentOf): { pairs: PlannedPair[]; refused: LeftOut[] } {
  const groups = [...groupBy(pairs, (pair) => keyOf(pair, contentOf)).values()].filter(([one]) => isSeenOrHeard(one));
  const twins = new Map(groups.flatMap(([kept, ...others]) => others.map((twin) => [twin, kept] as const)));
  const disputed = [...twins].filter(([twin, kept]) => twin.className !== kept.className);
  return {
    pairs: pairs.filter((pair) => !twins.has(pair)),
    refused: [
      ...told(twins, 'left out as copies of others: all members are the same, byte for byte.'),
      ...told(disputed, 'are of another class than those with the same members: the class of the one that is used counts.'),
    ],
  };
}

/**
 * Samples that share a picture or a sound are held out together or not at all: what is tested on was then never learned. The name of
 * its group for each sample that shares any.
 */
export function sharing(pairs: readonly PlannedPair[], contentOf: ContentOf): Map<PlannedPair, string> {
  const leads = new Map<string, string>();
  const leadOf = (key: string): string => {
    let lead = key;
    for (let next = leads.get(lead); next !== undefined && next !== lead; next = leads.get(lead)) lead = next;
    return lead;
  };
  for (const pair of pairs) {
    const [first, ...others] = keysOf(pair, contentOf).map(leadOf);
    for (const other of others) if (other !== first) leads.set(other, first);
  }
  const groups = groupBy(pairs.filter(isSeenOrHeard), (pair) => leadOf(keysOf(pair, contentOf)[0]));
  const shared = [...groups].filter(([, { length }]) => length > 1);
  return new Map(shared.flatMap(([lead, some]) => some.map((pair) => [pair, lead] as const)));
}

function keysOf({ members }: PlannedPair, contentOf: ContentOf): string[] {
  return [pathOf(members.picture), pathOf(members.sound)].flatMap((path) => (path === undefined ? [] : [contentOf(path)]));
}

function isSeenOrHeard({ members }: PlannedPair): boolean {
  return members.picture !== undefined || members.sound !== undefined;
}

function keyOf({ members, split }: PlannedPair, contentOf: ContentOf): string {
  const contents = SENSES.map((sense) => {
    const member = members[sense];
    if (member === undefined) return '';
    return 'caption' in member ? `caption ${member.caption}` : `file ${contentOf(member.path)}`;
  });
  return JSON.stringify([split, ...contents]);
}

function told(twins: Iterable<readonly [PlannedPair, PlannedPair]>, reason: string): LeftOut[] {
  const all = [...twins];
  const [first] = all;
  if (first === undefined) return [];
  return [{ name: amountText(all.length, 'sample'), reason: `${reason} For instance ${first[0].name} equals ${first[1].name}.` }];
}
