/** Rules between settings: each field may be in range and the whole still impossible. */
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

/** Rules of its objective, on a run whose grid and model fit together. */
function brokenRules(config: RunConfig): Problem[] {
  return factsOf(config)
    .rules.map((rule) => rule(config))
    .filter((problem) => problem !== undefined);
}
