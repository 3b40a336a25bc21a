/** The columns of the table of kept runs: settings that differ, and what was measured. */

import { fieldOn } from '../../config/fieldOn.ts';
import { metricOn } from '../../config/inWords.ts';
import type { MetricName } from '../../config/metrics.ts';
import { factsOf, OBJECTIVE_NAMES, sectionsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import { getSetting, SETTING_PATHS } from '../../config/settings.ts';
import { formatMetric, formatSetting } from '../format.ts';
import type { KeptRun } from '../store/runs.ts';

export interface SettingColumn {
  path: string;
  label: string;
  help: string;
}

/** Settings whose values differ between runs and that at least one of them uses, in the order of the tables. */
export function differingSettings(configs: readonly RunConfig[]): SettingColumn[] {
  const [first] = configs;
  if (first === undefined) return [];
  return SETTING_PATHS.flatMap((path) => {
    const differ = configs.some((config) => getSetting(config, path) !== getSetting(first, path));
    const field = fieldOn(path, first);
    if (!differ || field === undefined || !configs.some((config) => uses(config, path))) return [];
    return [{ path, label: field.label, help: field.help }];
  });
}

/** Paths that at least one of the runs uses, in the order of the tables. */
export function usedSettings(configs: readonly RunConfig[]): string[] {
  return SETTING_PATHS.filter((path) => configs.some((config) => uses(config, path)));
}

/** How the differing settings are shown. */
export interface SettingColumns {
  /** One column each. */
  columns: SettingColumn[];
  /** Those that only some objectives have and on which their runs agree: with many objectives, a column each would be a table of dashes. */
  own: SettingColumn[];
}

export function settingColumns(configs: readonly RunConfig[]): SettingColumns {
  const differing = differingSettings(configs);
  const isOwn = ({ path }: SettingColumn): boolean => {
    const values = configs.filter((config) => uses(config, path)).map((config) => getSetting(config, path));
    return values.length < configs.length && new Set(values).size === 1;
  };
  return { columns: differing.filter((column) => !isOwn(column)), own: differing.filter(isOwn) };
}

/** "pretraining steps 20, rounds 2": what `own` says of one run. */
export function ownText(config: RunConfig, own: readonly SettingColumn[]): string {
  const said = own
    .filter(({ path }) => uses(config, path))
    .map(({ path, label }) => `${label.toLowerCase()} ${settingText(config, path)}`);
  return said.length === 0 ? '–' : said.join(', ');
}

/** Settings of other objectives' sections decide nothing. */
export function uses(config: RunConfig, path: string): boolean {
  const section = OBJECTIVE_NAMES.find((name) => path.startsWith(`${name}.`));
  return section === undefined || sectionsOf(config.task.objective).includes(section);
}

/** A setting's value as people read it; a dash where the run has no use for it. */
export function settingText(config: RunConfig, path: string): string {
  if (!uses(config, path)) return '–';
  const field = fieldOn(path, config);
  const value = getSetting(config, path);
  if (field?.kind === 'choice') {
    const label = field.options.find((option) => option.value === value)?.label ?? String(value);
    // "MP3: where does each patch belong?" is a name with a question.
    return label.split(':')[0] ?? label;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? formatSetting(value) : value;
}

/** "Position accuracy 43.1 %": the objective's main number, by name, as runs of several objectives share the column. */
export function mainScore(run: Pick<KeptRun, 'config' | 'scores'>): string {
  const metric = mainMetric(run.config);
  const value = run.scores[metric];
  return value === undefined ? '–' : `${metricOn(metric, run.config).label} ${formatMetric(metric, value)}`;
}

export function mainMetric(config: RunConfig): MetricName {
  return factsOf(config).metrics.evaluation[0] ?? 'loss';
}
