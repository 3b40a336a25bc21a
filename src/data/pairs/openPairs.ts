/** From collected files to the plan of the samples that they make: tables first, else names. */
import type { ClassLevel } from '../../config/datasets.ts';
import { SENSES, type Sense } from '../../config/modalities.ts';
import type { Collection } from '../collect.ts';
import { findCopies } from '../copies.ts';
import type { Entry } from '../entries.ts';
import { isNamedLikeTable } from '../fileNames.ts';
import type { Pace } from '../pace.ts';
import type { Refusal } from '../samples.ts';
import { planByManifest } from './byManifest.ts';
import { planByName } from './byName.ts';
import { withoutLeaks } from './leaks.ts';
import { isManifest } from './manifest.ts';
import { type MemberFile, type PairPlan, type PlannedPair, pathOf } from './plan.ts';
import { usableSenses } from './present.ts';
import { contentsBy, sharing, withoutTwins } from './sameMembers.ts';

export interface OpenedPairs {
  pairs: PlannedPair[];
  /** Files by path. */
  entries: ReadonlyMap<string, Entry>;
  /** Of samples that share a picture or a sound: the name of those that do, who are held out together or not at all. */
  boundBy: ReadonlyMap<PlannedPair, string>;
  notes: string[];
}

/** What a caption has, and a list of numbers or boxes has not. */
const WORD = /\p{L}{2,}/u;
/** Captions that are looked into before files are taken for pairs. */
const LOOKED_INTO = 20;

/** Plans the samples of what was collected, its tables read. What is not used is added to its refusals. */
export async function openPairs(found: Collection, level: ClassLevel, pace: Pace): Promise<OpenedPairs> {
  const { refused, manifests } = found;
  const files = membersIn(found);
  const plan: PairPlan =
    manifests.length > 0
      ? planByManifest(
          files.map(({ file }) => file),
          manifests,
        )
      : planByName(
          files.map(({ file }) => file),
          level,
        );
  refused.push(...plan.refused, ...otherFiles(found));
  const entries = new Map(files.map(({ file, entry }) => [file.path, entry]));
  const used = new Set(plan.pairs.flatMap(({ members }) => Object.values(members).map(pathOf)));
  const copies = await findCopies(
    [...entries.values()].filter(({ path }) => used.has(path)),
    pace,
  );
  const contentOf = contentsBy(copies.map((group) => group.map(({ path }) => path)));
  const { pairs: unleaked, refused: leaks } = withoutLeaks(plan.pairs, contentOf);
  const { pairs, refused: twins } = withoutTwins(unleaked, contentOf);
  refused.push(...leaks, ...twins);
  return { pairs, entries, boundBy: sharing(pairs, contentOf), notes: plan.notes };
}

/** Whether files are samples with several members. */
export interface Pairing {
  /** How many samples have two members or more, where that is enough to learn from; else 0. */
  count: number;
  /** Where some have, but too few. */
  why?: string;
}

/**
 * Looks whether files make samples with several members: by a table of samples, or by names that pictures, sounds and captions have in
 * common. Lists of numbers beside pictures, as of boxes, are no captions.
 */
export async function pairingOf(found: Collection): Promise<Pairing> {
  const files = membersIn(found).map(({ file }) => file);
  const { manifests } = found;
  const { pairs, refused } = manifests.length > 0 ? planByManifest(files, manifests) : planByName(files);
  const complete = pairs.filter(({ members }) => sensesIn(members).length > 1);
  if (complete.length === 0) {
    const [table] = manifests;
    if (table === undefined) return { count: 0 };
    const [first] = refused;
    const why = first
      ? `No row of a table names two members that are there: ${first.name} ${first.reason}`
      : `No row of ${table.path} names two members of a sample: it was not used, and neither were its labels.`;
    return { count: 0, why };
  }
  const { senses, notes } = usableSenses(pairs.map(({ members }) => sensesIn(members)));
  if (senses.length < 2) return { count: 0, why: notes.join(' ') };
  const isBySound = senses.includes('picture') && senses.includes('sound');
  return isBySound || (await captionsHaveWords(complete, found.text)) ? { count: complete.length } : { count: 0 };
}

/** The senses that a planned sample has. */
function sensesIn(members: PlannedPair['members']): Sense[] {
  return SENSES.filter((sense) => members[sense] !== undefined);
}

async function captionsHaveWords(pairs: readonly PlannedPair[], texts: readonly Entry[]): Promise<boolean> {
  const entries = new Map(texts.map((entry) => [entry.path, entry]));
  const some = pairs.slice(0, LOOKED_INTO);
  let having = 0;
  for (const { members } of some) {
    const { text } = members;
    const entry = entries.get(pathOf(text) ?? '');
    const caption = text !== undefined && 'caption' in text ? text.caption : new TextDecoder().decode(await entry?.head());
    if (WORD.test(caption)) having += 1;
  }
  return 2 * having > some.length;
}

function membersIn({ picture, sound, text }: Collection): { file: MemberFile; entry: Entry }[] {
  const captions = text.filter(({ path }) => !isManifest(path) && !isNamedLikeTable(path));
  return (
    [
      ['picture', picture],
      ['sound', sound],
      ['text', captions],
    ] as const
  ).flatMap(([sense, entries]) => entries.map((entry) => ({ file: { path: entry.path, sense }, entry })));
}

/** What holds many samples, or none, is no member of one. */
function otherFiles({ text, idx, cifar }: Collection): Refusal[] {
  const tables = text.filter(({ path }) => isNamedLikeTable(path) && !isManifest(path));
  return [
    ...tables.map(({ path }) => ({
      name: path,
      reason: 'is a table, but not one of samples: those are metadata.csv or metadata.jsonl.',
    })),
    ...[...idx, ...cifar].map(({ path }) => ({
      name: path,
      reason: 'holds many samples: members of one have files of their own.',
    })),
  ];
}
