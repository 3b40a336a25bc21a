import type { ObjectiveName } from '../../config/objectives.ts';
import { data2vecPage } from './data2vec.tsx';
import { maePage } from './mae.tsx';
import { mp3Page } from './mp3.tsx';
import type { ObjectivePage } from './page.ts';
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
};
