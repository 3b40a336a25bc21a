/** Rules between settings: each field may be in range and the whole still impossible. */
import { gridSide, type Problem } from './counts.ts';
import { factsOf } from './objectives.ts';
import { RUN_FIELDS, type RunConfig } from './run.ts';
import { checkSetting, getSetting, SETTING_PATHS } from './settings.ts';

/** Everything that keeps `config` from running; empty when it can run. */
export function checkRun(config: RunConfig): Problem[] {
  const problems: Problem[] = [];
  for (const path of SETTING_PATHS) {
    const message = checkSetting(path, getSetting(config, path));
    if (message !== undefined) problems.push({ path, message });
  }
  if (problems.length > 0) return problems;

  const { data, model } = config;
  const side = gridSide(config);
  const grid = { path: 'model.patch', others: ['data.size'] };
  if (!Number.isInteger(side) || side < 2) {
    problems.push({
      ...grid,
      message: `Patch size ${model.patch} does not cut a ${data.size} px picture into a whole grid of at least 2 x 2. ${suggestPatch(data.size)}`,
    });
  } else if (side ** 2 > 256) {
    problems.push({
      ...grid,
      message: `${side ** 2} patches are more than the 256 that fit. ${suggestPatch(data.size)}`,
    });
  }
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

function suggestPatch(size: number): string {
  const patches = RUN_FIELDS.model.patch.options.map((option) => option.value);
  const fitting = patches.filter((patch) => size % patch === 0 && size / patch >= 2 && (size / patch) ** 2 <= 256);
  return `At ${size} px use ${fitting.join(', ')}.`;
}
