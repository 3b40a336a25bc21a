/**
 * An experiment as a link, as `section.field=value`: its objective, and every setting that differs from what that objective starts
 * with.
 */
import { invariant } from '../base/invariant.ts';
import { checkRun } from '../config/check.ts';
import type { ObjectiveName } from '../config/objectives.ts';
import { PRESET_NAMES, presetRun, startingRun, withObjective } from '../config/presets.ts';
import { quote } from '../config/quote.ts';
import { currentPath, takeSettings } from '../config/readConfig.ts';
import { defaultRun, type RunConfig } from '../config/run.ts';
import { changedPaths, getSetting, parseSetting, SETTING_PATHS, withSetting } from '../config/settings.ts';

/** Decides what the other settings start with. */
const OBJECTIVE = 'task.objective';
/** Names a preset to start from. */
const PRESET = 'preset';
/** What mails and other sites hang on to links, for themselves. */
const TRACKERS = /^(utm_\w+|fbclid|gclid|msclkid|mc_[ce]id)$/;

/** Problems that are told one by one; a link can hold thousands. */
const MOST_PROBLEMS = 20;

/**
 * The search string of a link, without the question mark: the changed settings in the order of the tables, so that equal
 * runs have equal links. `data.dataset=files` is kept: the files themselves cannot travel in a link, and the page that
 * opens it asks for them.
 */
export function writeUrl(config: RunConfig): string {
  const { objective } = config.task;
  const start = startOf(config);
  const changed = SETTING_PATHS.filter((path) =>
    path === OBJECTIVE ? objective !== defaultRun().task.objective : getSetting(start, path) !== getSetting(config, path),
  );
  return new URLSearchParams(changed.map((path) => [path, String(getSetting(config, path))])).toString();
}

/** The default run with the objective of `config`, and what that starts with on such samples. */
function startOf({ data, task }: RunConfig): RunConfig {
  return { ...startingRun(data, task.objective), data: defaultRun().data };
}

export interface UrlState {
  /** Always a run that is possible: what the link gets wrong is as its objective starts. */
  config: RunConfig;
  /** For people: each names the setting, its range and what is used. */
  problems: string[];
}

/**
 * Reads the settings of a search string, with or without its question mark. `preset` names what they start from. Of a setting that is
 * given twice the last value counts, and that is said.
 *
 * @param others keys that somebody else reads, such as `backend`; any other key that means nothing is a problem
 */
export function readUrl(search: string, others: readonly string[] = []): UrlState {
  const problems: string[] = [];
  const settings = settingsIn(search, problems);
  const chosen = parseSetting(OBJECTIVE, settings.get(OBJECTIVE) ?? '');
  const preset = presetIn(search, problems);
  const other = chosen.ok && chosen.value !== preset.task.objective;
  const start = other ? withObjective(defaultRun(), chosen.value as ObjectiveName) : preset;
  const taken = takeSettings(start, settings);
  problems.push(...taken.problems, ...strangers(search, others));
  const config = withoutConflicts(taken.config, problems);
  if (problems.length > MOST_PROBLEMS) {
    const more = problems.length - MOST_PROBLEMS;
    problems.splice(MOST_PROBLEMS, more, `And ${more} more.`);
  }
  return { config, problems };
}

/** The run of the preset that is named; the default one when none is. */
function presetIn(search: string, problems: string[]): RunConfig {
  const asked = new URLSearchParams(search).getAll(PRESET).at(-1);
  const name = PRESET_NAMES.find((known) => known === asked);
  if (name !== undefined) return presetRun(name);
  if (asked !== undefined) problems.push(`There is no preset ${quote(asked)}. There are: ${PRESET_NAMES.join(', ')}.`);
  return defaultRun();
}

/** Says of every key that nobody reads that it means nothing. */
function strangers(search: string, others: readonly string[]): string[] {
  const known = (key: string): boolean =>
    key === '' || key === PRESET || others.includes(key) || TRACKERS.test(key) || looksLikeSetting(key);
  const keys = new Set(new URLSearchParams(search).keys());
  return [...keys].filter((key) => !known(key)).map((key) => `${quote(key)} means nothing here.`);
}

/** The keys that are meant as settings, and their text. */
function settingsIn(search: string, problems: string[]): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [key, text] of new URLSearchParams(search)) {
    if (!looksLikeSetting(key)) continue;
    const path = currentPath(key);
    const before = settings.get(path);
    if (before !== undefined && before !== text) {
      problems.push(`${quote(key)} is given more than once in this link; the last value counts.`);
    }
    settings.set(path, text);
  }
  return settings;
}

/** `model.depth`, but also `depth`: whoever writes it by hand should hear about the section. */
function looksLikeSetting(key: string): boolean {
  const ending = `.${key.toLowerCase()}`;
  return key.includes('.') || SETTING_PATHS.some((path) => path.toLowerCase().endsWith(ending));
}

/** Sets back the settings of every rule that `config` breaks, and nothing else. */
function withoutConflicts(config: RunConfig, problems: string[]): RunConfig {
  const standard = startingRun(config.data, config.task.objective);
  let possible = config;
  for (let [conflict] = checkRun(possible); conflict !== undefined; [conflict] = checkRun(possible)) {
    const paths = [conflict.path, ...(conflict.others ?? [])];
    invariant(
      paths.some((path) => changedPaths(standard, possible).includes(path)),
      `the start of an objective breaks a rule: ${conflict.message}`,
    );
    possible = paths.reduce((run, path) => withSetting(run, path, getSetting(standard, path)), possible);
    const used = paths.map((path) => `${path}=${getSetting(standard, path)}`).join(', ');
    problems.push(`${conflict.message} Used instead: ${used}.`);
  }
  return possible;
}
