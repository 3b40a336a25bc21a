/** Which files, and which captions of a table, are members of one sample; nothing is decoded yet. */
import type { Sense } from '../../config/modalities/names.ts';
import type { Split } from '../splitWords.ts';

/** A file that can be a member. */
export interface MemberFile {
  /** Tidy, with forward slashes. */
  path: string;
  sense: Sense;
}

/** A file, by its path, or a caption that stands in a table. */
export type PlannedMember = { path: string } | { caption: string };

export interface PlannedPair {
  /** As a person would recognise it: the path without its ending, "metadata.csv row 12". */
  name: string;
  members: Partial<Record<Sense, PlannedMember>>;
  split?: Split;
  className?: string;
}

/** Something that is not used, and why; like `Refusal`. */
export interface LeftOut {
  name: string;
  reason: string;
}

export interface PairPlan {
  pairs: PlannedPair[];
  refused: LeftOut[];
  /** What was made of names, folders and columns, a sentence each. */
  notes: string[];
}

export function pathOf(member: PlannedMember | undefined): string | undefined {
  return member !== undefined && 'path' in member ? member.path : undefined;
}
