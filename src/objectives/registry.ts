import type { ObjectiveName } from '../config/objectives.ts';
import { mp3 } from './mp3.ts';
import type { MakeObjective } from './objective.ts';

export const OBJECTIVES: Readonly<Record<ObjectiveName, MakeObjective>> = {
  mp3,
  mae: mp3,
  simmim: mp3,
  data2vec: mp3,
  selfDistillation: mp3,
  supervised: mp3,
};
