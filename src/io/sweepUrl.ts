/** A sweep as a part of a link, beside the settings of its base: `sweep=task.maskRatio=0.25,0.5&seeds=1,2&measures=scores`. */

import type { Settings } from '../config/field.ts';
import type { RunConfig } from '../config/run.ts';
import { parseSetting } from '../config/settings.ts';
import { SWEEP_BASELINES, SWEEP_MEASURES, type Sweep } from '../config/sweep/sweep.ts';
import { readAxis } from '../config/sweep/values.ts';
import { writeUrl } from './urlState.ts';

/** Lists of a sweep by their names in a link; every other name is the path of a setting. */
const LISTS = ['seeds', 'measures', 'baselines', 'checkpointsAt'] as const;
/** In front of settings of the run with labels that stand still. */
const LABELS = 'labels.';

/** What stands behind the path of a link to a sweep: settings, sweep, and the page that it opens. */
export function sweepLink(sweep: Sweep): string {
  const parameters = new URLSearchParams(writeUrl(sweep.base));
  parameters.set('sweep', writeSweep(sweep));
  return `?${parameters}#compare`;
}

/** The value of `sweep` in a link; its base is the rest of the link. */
export function writeSweep(sweep: Sweep): string {
  const parameters = new URLSearchParams();
  for (const { path, values } of sweep.axes) parameters.set(path, values.join(','));
  for (const list of LISTS) if (sweep[list].length > 0) parameters.set(list, sweep[list].join(','));
  for (const [path, value] of Object.entries(sweep.labels)) parameters.set(`${LABELS}${path}`, String(value));
  if (sweep.onePretraining) parameters.set('onePretraining', 'true');
  return parameters.toString();
}

/** What cannot be understood is left out; `checkSweep` says what is missing then, or out of range. */
export function readSweep(text: string, base: RunConfig): Sweep {
  const parameters = new URLSearchParams(text);
  const listOf = (name: (typeof LISTS)[number]): string[] =>
    (parameters.get(name) ?? '').split(',').filter((entry) => entry !== '');
  const known: readonly string[] = [...LISTS, 'onePretraining'];
  const labels: Record<string, Settings[string]> = {};
  const axes: { path: string; values: string[] }[] = [];
  for (const [name, value] of parameters) {
    if (known.includes(name)) continue;
    if (!name.startsWith(LABELS)) axes.push({ path: name, values: value.split(',').filter((entry) => entry !== '') });
    else {
      const path = name.slice(LABELS.length);
      const parsed = parseSetting(path, value);
      labels[path] = parsed.ok ? parsed.value : value;
    }
  }
  const measures = listOf('measures');
  const baselines = listOf('baselines');
  return {
    base,
    labels,
    axes: axes.map(({ path, values }) => readAxis(path, values)),
    seeds: listOf('seeds').map(Number),
    measures: SWEEP_MEASURES.filter((name) => measures.includes(name)),
    baselines: SWEEP_BASELINES.filter((name) => baselines.includes(name)),
    checkpointsAt: listOf('checkpointsAt').map(Number),
    onePretraining: parameters.get('onePretraining') === 'true',
  };
}
