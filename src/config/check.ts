/** Rules between settings: each field may be in range and the whole still impossible. */
import { inWordsOf, titleOf } from './inWords.ts';
import { modalityFacts } from './modalities.ts';
import { factsOf } from './objectives.ts';
import type { Problem } from './problem.ts';
import type { RunConfig } from './run.ts';
import { checkSetting, getSetting, SETTING_PATHS } from './settings.ts';

/** Everything that keeps `config` from running; empty when it can run. */
export function checkRun(config: RunConfig): Problem[] {
  const problems: Problem[] = [];
  for (const path of SETTING_PATHS) {
    const message = checkSetting(path, getSetting(config, path));
    if (message !== undefined) problems.push({ path, message });
  }
  if (problems.length > 0) return problems;

  const { model } = config;
  const untaken = takesSamples(config);
  if (untaken !== undefined) return [untaken];
  const uncut = modalityFacts(config).problem(config);
  if (uncut !== undefined) problems.push(uncut);
  if (model.width % model.heads !== 0) {
    problems.push({
      path: 'model.heads',
      others: ['model.width'],
      message: `Width ${model.width} must be a multiple of the ${model.heads} heads.`,
    });
  }
  return problems.length > 0 ? problems : brokenRules(config);
}

/** Whether the objective learns from such samples: of one kind, or with several members. */
function takesSamples(config: RunConfig): Problem | undefined {
  const { several = false } = factsOf(config);
  const title = titleOf(config);
  const { words, members } = modalityFacts(config);
  if (several === (members !== undefined)) return undefined;
  const message = several
    ? `${title} brings several senses of one thing together, and these are ${words.samples}: choose Paired digits, or pairs of your own.`
    : `${title} learns from samples of one kind, and these are ${words.samples} of several: choose Contrastive, Multimodal MAE or Robustness.`;
  return { path: 'task.objective', others: ['data.dataset'], message };
}

/** Rules of its objective, on a run whose grid and model fit together. */
function brokenRules(config: RunConfig): Problem[] {
  return factsOf(config)
    .rules.map((rule) => rule(config))
    .filter((problem) => problem !== undefined)
    .map((problem) => ({ ...problem, message: inWordsOf(config, problem.message) }));
}
