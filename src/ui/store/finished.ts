/** What a finished run came to, and how it may go on. */
import { metricOn } from '../../config/inWords.ts';
import { factsOf } from '../../config/objectives.ts';
import { phasesOf, totalSteps } from '../../config/phases.ts';
import { fieldAt } from '../../config/settings.ts';
import { formatMetric } from '../format.ts';
import { measuredText } from '../measured.ts';
import type { AppState } from './store.ts';

/** Steps that a finished run is offered. */
export const MORE_STEPS = 1000;

/** "Position accuracy 61.7 %, ± 0.8 points, 256 of 500 held-out pictures"; null before the end is measured. */
export function outcomeOf({ run, curves }: Pick<AppState, 'run' | 'curves'>): string | null {
  const { info, step } = run;
  const last = curves.heldOut.at(-1);
  if (info === null || last === undefined || last.step !== step) return null;
  const [metric] = factsOf(info.config).metrics.evaluation;
  const value = last.scores[metric];
  if (value === undefined) return null;
  // How sure, and of how many pictures.
  const measured = measuredText(metric, curves.latest, info);
  return [`${metricOn(metric, info.config).label} ${formatMetric(metric, value)}`, measured]
    .filter((text) => text !== '')
    .join(', ');
}

/** Whether the run is over, and the settings ask for no more of it. */
export function selectIsOver({ run, settings }: Pick<AppState, 'run' | 'settings'>): boolean {
  return run.phase === 'finished' && totalSteps(settings.draft) <= run.step;
}

/** Runs of several phases have a length that is theirs: only others can be made longer. */
export function selectCanGoOn({ run }: Pick<AppState, 'run'>): boolean {
  if (run.info === null || phasesOf(run.info.config).length > 1) return false;
  const field = fieldAt('optimiser.steps');
  return field?.kind === 'number' && run.info.config.optimiser.steps + MORE_STEPS <= field.max;
}
