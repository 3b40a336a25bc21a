/** What the page knows of a data set whose samples go from worker to worker; part of the protocol (`protocol.ts`). */
import type { ModalityName, Sense } from '../config/modalities.ts';
import type { Fingerprint } from '../data/fingerprint.ts';
import { type Dataset, membersOf } from '../data/samples.ts';

export interface LoadedDataset {
  name: string;
  modality: ModalityName;
  /** Which members its samples have, where they have several. */
  members?: readonly Sense[] | undefined;
  /** Equal for equal files, wherever they lay; absent where nobody brought them. */
  fingerprint?: Fingerprint | undefined;
}

export function loadedDataset({ name, train, fingerprint }: Dataset): LoadedDataset {
  return { name, modality: train.modality, members: membersOf(train), fingerprint };
}
