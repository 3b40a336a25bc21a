import type { ObjectiveName } from '../config/objectives.ts';
import { data2vec } from './data2vec.ts';
import { mae } from './mae.ts';
import { mp3 } from './mp3.ts';
import type { MakeObjective } from './objective.ts';
import { selfDistillation } from './selfDistillation.ts';
import { simmim } from './simmim.ts';
import { supervised } from './supervised.ts';

export const OBJECTIVES: Readonly<Record<ObjectiveName, MakeObjective>> = {
  mp3,
  mae,
  simmim,
  data2vec,
  selfDistillation,
  supervised,
};
