/** Named starting points: the default run with a few settings changed. */

import { EXAMPLE_DATASETS } from './datasets.ts';
import type { Settings, SettingValue } from './field.ts';
import { modalityFacts, modalityOf } from './modalities.ts';
import type { ObjectiveFacts } from './objectives/facts.ts';
import { OBJECTIVE_FACTS, type ObjectiveName, sectionsOf } from './objectives.ts';
import { PAIR_PRESETS } from './presets/pairs.ts';
import { PICTURE_PRESETS } from './presets/pictures.ts';
import type { Preset } from './presets/preset.ts';
import { SOUND_PRESETS } from './presets/sounds.ts';
import { startOf } from './presets/startOf.ts';
import { TEXT_PRESETS } from './presets/texts.ts';
import { defaultRun, type RunConfig } from './run.ts';
import { applySettings, getSetting, SETTING_PATHS, withSetting } from './settings.ts';

export { PRESET_GROUPS, type Preset, type PresetGroup, type WantedFiles } from './presets/preset.ts';

/** The settings of `config` with another objective, and what that objective starts from on such samples, or on others where it has to. */
export function withObjective(config: RunConfig, objective: ObjectiveName): RunConfig {
  const fitting = { ...config, data: { ...config.data, ...samplesFor(config, objective) } };
  return applySettings(fitting, startOf(objective, modalityOf(fitting)));
}

/** What is given where nothing else is asked for: an objective on a data set. */
export function startingRun({ dataset, modality }: Pick<RunConfig['data'], 'dataset' | 'modality'>, objective: ObjectiveName) {
  return withObjective(applySettings(defaultRun(), { 'data.dataset': dataset, 'data.modality': modality }), objective);
}

/** Settings that some objective starts with a value of its own: each objective has its own value of all of them. */
const STARTED_PATHS = [...new Set(Object.values(OBJECTIVE_FACTS).flatMap(({ start, startOn }) => pathsOf(start, startOn)))];

function pathsOf(start: Settings, startOn: ObjectiveFacts['startOn'] = {}): string[] {
  return [start, ...Object.values(startOn)].flatMap((settings) => Object.keys(settings));
}

/** What belongs to the objective of a run, and not to its samples, its model's size or its seed: to be remembered when it is left. */
export function ownSettings(config: RunConfig): Settings {
  const sections = sectionsOf(config.task.objective);
  const own = SETTING_PATHS.filter((path) => sections.some((section) => path.startsWith(`${section}.`)));
  return Object.fromEntries([...STARTED_PATHS, ...own].map((path) => [path, getSetting(config, path)]));
}

/**
 * The run that another objective makes of these samples, this size of model and this seed. Nothing that belongs to the objective
 * before goes along: not its length, not its learning rate.
 *
 * @param own of that objective, as it was left (`ownSettings`); what it starts with when it is chosen for the first time
 */
export function switchObjective(
  config: RunConfig,
  objective: ObjectiveName,
  own: Settings = ownSettings(startingRun(config.data, objective)),
): RunConfig {
  const data = { ...config.data, ...samplesFor(config, objective) };
  return applySettings(withSetting({ ...config, data }, 'task.objective', objective), own);
}

/** The samples of a run where another objective can learn from them; else those that stand for what it learns from. */
function samplesFor(config: RunConfig, objective: ObjectiveName): Pick<RunConfig['data'], 'dataset' | 'modality'> {
  if (takesSamples(config, objective)) return config.data;
  const several = OBJECTIVE_FACTS[objective].several === true;
  return { dataset: several ? EXAMPLE_DATASETS.pair : EXAMPLE_DATASETS.picture, modality: config.data.modality };
}

/** Whether an objective learns from samples such as those of a run: of one kind, or with several members. */
function takesSamples(config: RunConfig, objective: ObjectiveName): boolean {
  return (OBJECTIVE_FACTS[objective].several === true) === (modalityFacts(config).members !== undefined);
}

/**
 * The run on other samples. Where they are of another modality, what the objective starts with on that takes the place of what it
 * started with on the one before. An objective that cannot learn from them makes place for one that
 * can.
 *
 * @param path `data.dataset` or `data.modality`
 */
export function switchSamples(config: RunConfig, path: string, value: SettingValue): RunConfig {
  const changed = withSetting(config, path, value);
  if (modalityOf(changed) === modalityOf(config)) return changed;
  const { objective } = changed.task;
  if (!takesSamples(changed, objective)) {
    const other = modalityFacts(changed).members === undefined ? 'mp3' : 'contrastive';
    return applySettings(withSetting(changed, 'task.objective', other), ownSettings(startingRun(changed.data, other)));
  }
  const fresh = startingRun(changed.data, objective);
  const started = OBJECTIVE_FACTS[objective].startOn ?? {};
  const paths = [config, changed].flatMap((run) => Object.keys(started[modalityOf(run)] ?? {}));
  return applySettings(changed, Object.fromEntries(paths.map((path) => [path, getSetting(fresh, path)])));
}

const PRESET_TABLE = { ...PICTURE_PRESETS, ...SOUND_PRESETS, ...TEXT_PRESETS, ...PAIR_PRESETS } as const;

export type PresetName = keyof typeof PRESET_TABLE;

export const PRESETS: Readonly<Record<PresetName, Preset>> = PRESET_TABLE;

/** In the order in which they are listed. */
export const PRESET_NAMES = Object.keys(PRESET_TABLE) as PresetName[];

export function presetRun(name: PresetName): RunConfig {
  return applySettings(defaultRun(), PRESETS[name].settings);
}
