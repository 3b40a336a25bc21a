/** Samples with several members as they lie in a file: the sets of their members, each as its own modality stores it. */
import { SENSES, type Sense } from '../../config/modalities/names.ts';
import { restorePictures, storePictures } from '../pictures.ts';
import { type NumberArray, restoreCommon, type StoredSet, storeCommon } from '../sampleSet.ts';
import { restoreSounds, storeSounds } from '../sound/soundSet.ts';
import { restoreTextSet, storeTextSet } from '../text/textSet.ts';
import { type BroughtPairs, isDrawn, type PairedSet } from './pairedSet.ts';

/** Before the name of an array that says which samples have a sense. */
const PRESENT = 'present';

/** Undefined for *Paired digits*, which are made again. */
export function storePairs({ content, present, ...set }: PairedSet): StoredSet | undefined {
  if (isDrawn(content)) return undefined;
  const { picture, sound, text } = content.members;
  const members: Partial<Record<Sense, StoredSet | undefined>> = {
    ...(picture && { picture: storePictures(picture) }),
    ...(sound && { sound: storeSounds(sound) }),
    ...(text && { text: storeTextSet(text) }),
  };
  if (Object.values(members).some((member) => member === undefined)) return undefined;
  const { facts, arrays } = storeCommon(set);
  return {
    facts: { ...facts, members: Object.fromEntries(Object.entries(members).map(([sense, member]) => [sense, member?.facts])) },
    arrays: {
      ...arrays,
      ...named(PRESENT, present),
      ...Object.assign({}, ...SENSES.map((sense) => named(sense, members[sense]?.arrays ?? {}))),
    },
  };
}

/** Undefined when it is not as `storePairs` made it. */
export function restorePairs(stored: StoredSet): PairedSet | undefined {
  const set = restoreCommon(stored);
  const { members: facts } = stored.facts;
  if (set === undefined || typeof facts !== 'object' || facts === null) return undefined;
  const of = <T extends { count: number }>(
    sense: Sense,
    restore: (member: StoredSet) => T | undefined,
  ): T | 'absent' | undefined => {
    const own: unknown = Reflect.get(facts, sense);
    if (typeof own !== 'object' || own === null) return 'absent';
    const member = restore({ facts: { ...own }, arrays: namedSo(sense, stored.arrays) });
    return member?.count === set.count ? member : undefined;
  };
  const [picture, sound, text] = [of('picture', restorePictures), of('sound', restoreSounds), of('text', restoreTextSet)];
  const present = namedSo(PRESENT, stored.arrays);
  const areFlags = Object.values(present).every((flags) => flags instanceof Uint8Array && flags.length === set.count);
  if (picture === undefined || sound === undefined || text === undefined || !areFlags) return undefined;
  const members: BroughtPairs['members'] = {
    ...(picture !== 'absent' && { picture }),
    ...(sound !== 'absent' && { sound }),
    ...(text !== 'absent' && { text }),
  };
  return { modality: 'pair', ...set, present: present as PairedSet['present'], content: { members } };
}

function named(group: string, arrays: Readonly<Record<string, NumberArray>>): Record<string, NumberArray> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${group}.${name}`, array]));
}

function namedSo(group: string, arrays: Readonly<Record<string, NumberArray>>): Record<string, NumberArray> {
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(`${group}.`));
  return Object.fromEntries(own.map(([name, array]) => [name.slice(group.length + 1), array]));
}
