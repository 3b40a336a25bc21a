import type { ObjectiveName } from '../config/objectives.ts';
import { bert } from './bert.ts';
import { contrastive } from './contrastive.ts';
import { data2vec } from './data2vec.ts';
import { mae } from './mae.ts';
import { maeOnWords } from './maeWords.ts';
import { mp3 } from './mp3.ts';
import { multimodalMae } from './multimodalMae.ts';
import type { MakeObjective } from './objective.ts';
import { robust } from './robust.ts';
import { selfDistillation } from './selfDistillation.ts';
import { simmim } from './simmim.ts';
import { supervised } from './supervised.ts';

export const OBJECTIVES: Readonly<Record<ObjectiveName, MakeObjective>> = {
  mp3,
  mae: byTokens(mae, maeOnWords),
  simmim: byTokens(simmim, bert),
  data2vec,
  selfDistillation,
  supervised,
  contrastive,
  multimodalMae,
  robust,
};

/** What paints numbers and what guesses words share a name and little else: tokens decide. */
function byTokens(numbers: MakeObjective, words: MakeObjective): MakeObjective {
  return (config, subject) => (subject.tokens.vocabulary === undefined ? numbers : words)(config, subject);
}
