/** A question by what somebody brought, with its parcels opened. */
import { BadDataError } from '../base/errors.ts';
import type { Sense } from '../config/modalities.ts';
import type { MemberQuery } from '../data/memberQuery.ts';
import type { Samples } from '../data/samples.ts';
import type { FindQuery } from '../trainer/findNearest.ts';
import { type Parcel, unpack } from './parcel.ts';

/** `FindQuery` on its way: files come in parcels from the loader. */
export type FindCommand =
  | { from: 'board'; sample: number; senses: readonly Sense[] }
  | { from: 'own'; picture?: Parcel<Samples>; sound?: Parcel<Samples>; text?: string };

/** @throws BadDataError when a parcel holds something else than was said */
export async function unpackQuery(command: FindCommand): Promise<FindQuery> {
  if (command.from === 'board') return command;
  const { text } = command;
  const [picture, sound] = await Promise.all([
    command.picture && unpack(command.picture),
    command.sound && unpack(command.sound),
  ]);
  const members: MemberQuery[] = [];
  if (picture !== undefined) {
    if (picture.modality !== 'picture') throw new BadDataError('This file is no picture.');
    members.push({ sense: 'picture', samples: picture });
  }
  if (sound !== undefined) {
    if (sound.modality !== 'sound') throw new BadDataError('This file is no sound.');
    members.push({ sense: 'sound', samples: sound });
  }
  if (text !== undefined && text.trim() !== '') members.push({ sense: 'text', text });
  return { from: 'own', members };
}
