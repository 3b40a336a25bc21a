/** Reading, writing and checking single settings by their path `section.field`. */
import { accepts, describeRange, type Field, parseValue, type Settings, type SettingValue } from './field.ts';
import { quote } from './quote.ts';
import { RUN_FIELDS, type RunConfig } from './run.ts';
import { suggest } from './suggest.ts';

/** Every path, in the order of the tables: `data.dataset`, `picture.size`, ... */
export const SETTING_PATHS: readonly string[] = Object.entries(RUN_FIELDS).flatMap(([section, table]) =>
  Object.keys(table).map((name) => `${section}.${name}`),
);

/** The field of a path, or `undefined` when there is no such setting. */
export function fieldAt(path: string): Field | undefined {
  const [section, name, ...rest] = path.split('.');
  if (section === undefined || name === undefined || rest.length > 0) return undefined;
  const sections: Readonly<Record<string, Readonly<Record<string, Field>>>> = RUN_FIELDS;
  if (!Object.hasOwn(sections, section)) return undefined;
  const table = sections[section];
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

export function getSetting(config: RunConfig, path: string): SettingValue {
  const [section = '', name = ''] = path.split('.');
  const sections: Readonly<Record<string, Readonly<Record<string, SettingValue>>>> = config;
  const value = sections[section]?.[name];
  if (value === undefined) throw new Error(`no setting ${path}`);
  return value;
}

/** A copy of `config` with one setting changed. The value is not checked: see `checkSetting`. */
export function withSetting(config: RunConfig, path: string, value: SettingValue): RunConfig {
  const [section = '', name = ''] = path.split('.');
  const sections: Readonly<Record<string, object>> = config;
  return { ...config, [section]: { ...sections[section], [name]: value } };
}

/** What is wrong with a value, naming the setting and its range; `undefined` when it is fine. */
export function checkSetting(path: string, value: unknown): string | undefined {
  const field = fieldAt(path);
  if (field === undefined) return unknownSetting(path);
  return accepts(field, value) ? undefined : outOfRange(path, field, String(value));
}

export type ParsedSetting = { ok: true; value: SettingValue } | { ok: false; problem: string };

/** Reads what a person typed for a setting. */
export function parseSetting(path: string, text: string): ParsedSetting {
  const field = fieldAt(path);
  if (field === undefined) return { ok: false, problem: unknownSetting(path) };
  const value = parseValue(field, text);
  return value === undefined ? { ok: false, problem: outOfRange(path, field, text) } : { ok: true, value };
}

function unknownSetting(path: string): string {
  const near = suggest(path, SETTING_PATHS);
  return `There is no setting ${quote(path)}.${near === undefined ? '' : ` Did you mean ${near}?`}`;
}

function outOfRange(path: string, field: Field, text: string): string {
  return `${field.label} (${path}) must be ${describeRange(field)}, not ${quote(text)}.`;
}

/** The paths whose values differ between two runs. */
export function changedPaths(a: RunConfig, b: RunConfig): string[] {
  return SETTING_PATHS.filter((path) => getSetting(a, path) !== getSetting(b, path));
}

/** A copy of `config` with some settings changed; see `withSetting`. */
export function applySettings(config: RunConfig, settings: Settings): RunConfig {
  return Object.entries(settings).reduce((changed, [path, value]) => withSetting(changed, path, value), config);
}
