/** Settings as keys name them. */
import { defaults } from '../../config/field.ts';
import { REGULARISER_FIELDS } from '../../config/objectives/regularisers.ts';
import type { RunConfig } from '../../config/run.ts';

/** Settings that came after people had results under keys, by section, and what a run was before they came. */
const LATER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  picture: { brightness: 0, contrast: 0, saturation: 0 },
  mae: { components: 12, codes: 256, encoderSees: 'kept' },
  supervised: { ...defaults(REGULARISER_FIELDS), labelSeed: 0 },
};

/** Without later settings that are as they were in effect before: what was computed then is the same work, and keeps its key. */
export function keyedConfig(config: RunConfig): object {
  return Object.fromEntries(Object.entries(config).map(([section, values]) => [section, withoutLater(section, values)]));
}

function withoutLater(section: string, values: object): object {
  const later = LATER[section];
  if (later === undefined) return values;
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !(name in later && later[name] === value)));
}
