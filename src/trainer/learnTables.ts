/** What targets need of the training samples is learned when a step first asks; sooner where somebody waits for it and is to be told. */
import { modalityFacts } from '../config/modalities.ts';
import { sectionsOf } from '../config/objectives.ts';
import type { RunConfig } from '../config/run.ts';
import type { Subject } from '../objectives/objective.ts';

interface Learner {
  config: RunConfig;
  subject: Pick<Subject, 'tables'>;
}

/**
 * The same tables as a step would learn: nothing that a run computes hangs on when.
 *
 * @param say gets what is done, in words, and how much of it
 */
export function learnTables({ config, subject: { tables } }: Learner, say: (task: string, share: 0 | 1) => void): void {
  const { mae, task } = config;
  if (tables === undefined || (mae.target !== 'tokens' && mae.target !== 'pca')) return;
  if (!sectionsOf(task.objective).includes('mae') || modalityFacts(config).ids !== undefined) return;
  const doing = mae.target === 'tokens' ? 'Learning the code book of patches' : 'Finding what patches differ in';
  say(doing, 0);
  if (mae.target === 'tokens') tables.codeBook(mae.codes);
  else tables.principal(mae.components);
  say(doing, 1);
}
