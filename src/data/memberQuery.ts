/** One member that somebody brings to find others by, in the form in which files are read. */
import type { PatchBatch } from '../objectives/objective.ts';
import type { PictureSet } from './pictures.ts';
import type { SoundSet } from './sound/soundSet.ts';

export type MemberQuery =
  | { sense: 'picture'; samples: PictureSet }
  | { sense: 'sound'; samples: SoundSet }
  | { sense: 'text'; text: string };

export type QueryOf<S extends MemberQuery['sense']> = Extract<MemberQuery, { sense: S }>;

/** The member as the encoder of its sense reads it. */
export interface CutMember {
  /** Of one sample. */
  batch: PatchBatch;
  /** What was done to it that people should know. */
  note?: string;
}
