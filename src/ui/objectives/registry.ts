import { MODALITY_NAMES, type ModalityName, modalityOf } from '../../config/modalities.ts';
import { type ObjectiveName, variantOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import { contrastivePage } from './contrastive.tsx';
import { data2vecPage } from './data2vec.tsx';
import { maePage } from './mae.tsx';
import { mp3Page } from './mp3.tsx';
import { multimodalMaePage } from './multimodalMae.tsx';
import type { ObjectivePage } from './page.ts';
import { robustPage } from './robust.tsx';
import { selfDistillationPage } from './selfDistillation.tsx';
import { simmimPage } from './simmim.tsx';
import { supervisedPage } from './supervised.tsx';

export const OBJECTIVE_PAGES: Readonly<Record<ObjectiveName, ObjectivePage>> = {
  mp3: mp3Page,
  mae: maePage,
  simmim: simmimPage,
  data2vec: data2vecPage,
  selfDistillation: selfDistillationPage,
  supervised: supervisedPage,
  contrastive: contrastivePage,
  multimodalMae: multimodalMaePage,
  robust: robustPage,
};

/** The same by modality: an object each, whoever asks. */
const PAGES_ON = Object.fromEntries(
  Object.entries(OBJECTIVE_PAGES).map(([name, page]) => [
    name,
    Object.fromEntries(MODALITY_NAMES.map((modality) => [modality, { ...page, ...page.on?.[modality] }])),
  ]),
) as Readonly<Record<ObjectiveName, Readonly<Record<ModalityName, ObjectivePage>>>>;

/** What the objective of a run is to the page, on such samples and with its settings. */
export function pageOf(config: RunConfig): ObjectivePage {
  const page = PAGES_ON[config.task.objective][modalityOf(config)];
  const part = page.variants?.[variantOf(config) ?? ''];
  if (part === undefined) return page;
  const known = VARIED.get(part) ?? { ...page, ...part };
  VARIED.set(part, known);
  return known;
}

const VARIED = new Map<object, ObjectivePage>();
