/** Settings as keys name them. */
import { defaults } from '../../config/field.ts';
import { REGULARISER_FIELDS } from '../../config/objectives/regularisers.ts';
import type { RunConfig } from '../../config/run.ts';

/** Settings of runs with labels that came after people had results under keys, and what a run was before they came. */
const LATER: Readonly<Record<string, unknown>> = defaults(REGULARISER_FIELDS);

/** Without later settings that are as they were in effect before: what was computed then is the same work, and keeps its key. */
export function keyedConfig({ supervised, ...config }: RunConfig): object {
  const changed = Object.entries(supervised).filter(([name, value]) => LATER[name] !== value);
  return { ...config, supervised: Object.fromEntries(changed) };
}
