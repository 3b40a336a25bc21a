/** What a card learns from: built-in samples, or files that the visitor has brought where they are of the fitting kind. */
import { useState } from 'react';
import type { FigureCard } from '../../config/figures/card.ts';
import { type ModalityName, modalityOf } from '../../config/modalities.ts';
import { type AppState, useApp } from '../store/store.ts';
import type { CardReport } from '../store/sweep.ts';
import { takesFilesOf } from './cardPoints.ts';

export interface CardSamples {
  /** Whether there are files that all of the card can learn from. */
  mayTakeFiles: boolean;
  /** Whether it is to learn from them. */
  files: boolean;
  choose(files: boolean): void;
}

export function useCardSamples(card: FigureCard, report: CardReport | null): CardSamples {
  const modality = useApp(selectFilesModality);
  const mayTakeFiles = modality !== null && takesFilesOf(card.sizes.quick, modality);
  const [wanted, choose] = useState<boolean | null>(null);
  return { mayTakeFiles, files: mayTakeFiles && (wanted ?? report?.sweep.files ?? false), choose };
}

/** Of what the visitor has brought; null where there is nothing. */
function selectFilesModality({ files, run }: AppState): ModalityName | null {
  if (!files.usable) return null;
  const config = run.info?.config;
  return files.report?.modality ?? (config?.data.dataset === 'files' ? modalityOf(config) : null);
}
