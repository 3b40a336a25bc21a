/** What the visitor looks for things with, and what was found: a sample of the board by some senses, or things of their own. */
import type { Sense } from '../../config/modalities.ts';
import type { Found } from '../../trainer/reports.ts';
import type { NamedFile } from '../../worker/protocol.ts';

export interface FindingState {
  from: 'board' | 'own';
  /** Of the board, by index. */
  sample: number;
  /** Senses of it that are asked with. */
  senses: readonly Sense[];
  picture: NamedFile | null;
  sound: NamedFile | null;
  text: string;
  found: Found | null;
  problem: string | null;
}
