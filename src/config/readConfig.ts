/**
 * Settings that were written down once: in a link, in a file of weights, among the kept runs, in a list of experiments. Whatever
 * version wrote them, they are read here.
 */
import { checkRun } from './check.ts';
import type { SettingValue } from './field.ts';
import { switchSamples } from './presets.ts';
import { defaultRun, type RunConfig } from './run.ts';
import { checkSetting, parseSetting, SETTING_PATHS, withSetting } from './settings.ts';

/** Paths that settings had in earlier versions, and what they are called now. */
export const RENAMED: Readonly<Record<string, string>> = {
  // Until 0.4 there were only pictures.
  'data.size': 'picture.size',
  'data.flip': 'picture.flip',
  'data.minCrop': 'picture.minCrop',
  'model.patch': 'picture.patch',
};

/** Settings that were once part of others: what they were in a run that was written down before they existed. */
const FORMERLY: Readonly<Record<string, (saved: ReadonlyMap<string, unknown>) => unknown>> = {
  // Until 0.3 the run's own seed decided which pictures are held out.
  'data.splitSeed': (saved) => saved.get('optimiser.seed'),
};

/**
 * What decides the kind of samples, in the order in which it is set: files are of a kind that is known by then, and no kind in between
 * takes the objective away.
 */
const SAMPLE_PATHS = ['data.modality', 'data.dataset'] as const;

/** Any path, as it is called now. */
export function currentPath(path: string, renamed: Readonly<Record<string, string>> = RENAMED): string {
  return Object.hasOwn(renamed, path) ? (renamed[path] ?? path) : path;
}

export interface TakenSettings {
  config: RunConfig;
  /** For people: each names the setting and what it takes. */
  problems: string[];
}

/**
 * A run with some settings changed, as people wrote them. Other samples bring what the objective starts with on them, whatever the
 * order. What is no setting, or not a value of it, is told and left out; whether
 * the settings go together is not looked at (`checkRun`).
 *
 * @param entries pairs of path and value; texts are read as the setting's own type
 */
export function takeSettings(base: RunConfig, entries: Iterable<readonly [string, unknown]>): TakenSettings {
  const problems: string[] = [];
  let config = base;
  const current = [...entries].map(([written, value]) => [currentPath(written), value] as const);
  for (const [path, value] of current) {
    const read = readValue(path, value);
    if (!read.ok) problems.push(read.problem);
  }
  for (const [path, value] of SAMPLE_PATHS.flatMap((kind) => current.filter(([path]) => path === kind))) {
    const read = readValue(path, value);
    if (read.ok) config = switchSamples(config, path, read.value);
  }
  for (const [path, value] of current) {
    const read = readValue(path, value);
    if (read.ok) config = withSetting(config, path, read.value);
  }
  return { config, problems };
}

function readValue(path: string, value: unknown): ReturnType<typeof parseSetting> {
  if (typeof value === 'string') return parseSetting(path, value);
  const problem = checkSetting(path, value);
  return problem === undefined ? { ok: true, value: value as SettingValue } : { ok: false, problem };
}

/**
 * A whole run that was written down as an object of sections. Settings that did not exist yet are as they were in effect then: their
 * defaults, unless `FORMERLY` knows better. Settings that exist no more, or not yet, are ignored.
 *
 * @returns undefined when it is no run, or none that is possible: nothing of it is believed then
 */
export function readConfig(saved: unknown, renamed: Readonly<Record<string, string>> = RENAMED): RunConfig | undefined {
  const values = settingsIn(saved, renamed);
  if (values === undefined) return undefined;
  const config = SETTING_PATHS.reduce((run, path) => {
    const value = values.has(path) ? values.get(path) : FORMERLY[path]?.(values);
    // Whatever it is: the check below refuses what is no setting's value.
    return value === undefined ? run : withSetting(run, path, value as SettingValue);
  }, defaultRun());
  return checkRun(config).length === 0 ? config : undefined;
}

/** As `readConfig`, of JSON. */
export function parseConfig(text: string | undefined): RunConfig | undefined {
  try {
    return text === undefined ? undefined : readConfig(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What it says, by path; undefined where it has not even the sections that every run had. */
function settingsIn(saved: unknown, renamed: Readonly<Record<string, string>>): Map<string, unknown> | undefined {
  const sections = entriesOf(saved);
  const names = sections.map(([name]) => name);
  if (!names.includes('task') || !names.includes('model')) return undefined;
  return new Map(
    sections.flatMap(([section, table]) =>
      entriesOf(table).map(([name, value]) => [currentPath(`${section}.${name}`, renamed), value] as const),
    ),
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
