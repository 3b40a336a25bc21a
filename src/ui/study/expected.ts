/** How long a run would take on this machine, from how fast the run under way computes. */

import type { Tokens } from '../../config/modalities/tokens.ts';
import { modalityFacts, tokensOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/objectives.ts';
import { phaseAt } from '../../config/phases.ts';
import type { RunState } from '../store/run.ts';

/** Arithmetic that this machine does in training, in 1e9 floating-point operations a second; null before the first step. */
export function paceOf({ info, step, stepMilliseconds }: Pick<RunState, 'info' | 'step' | 'stepMilliseconds'>): number | null {
  if (info === null || stepMilliseconds === null || stepMilliseconds <= 0) return null;
  const gflop = info.stepGflop[phaseAt(info.config, Math.max(0, step - 1)).index];
  return gflop === undefined ? null : (1000 * gflop) / stepMilliseconds;
}

/** Labels that a run is counted with before its samples are known: they weigh next to nothing. */
const CLASSES = 10;

/**
 * Seconds of training.
 *
 * @param count `trainingFlops`, which comes in a file of its own
 */
export function expectedSeconds(
  config: RunConfig,
  pace: number,
  count: (config: RunConfig, subject: { tokens: Tokens; classes: number }) => number,
): number {
  return count(config, { tokens: tokensOf(config, modalityFacts(config).guess(config)), classes: CLASSES }) / 1e9 / pace;
}

/** As good as such a guess is: "a few seconds", "about 40 s", "about 4 min", "about 2.5 h". */
export function roughTime(seconds: number): string {
  if (seconds < 8) return 'a few seconds';
  if (seconds < 55) return `about ${Math.round(seconds / 5) * 5} s`;
  const minutes = seconds / 60;
  if (minutes < 9.5) return `about ${Math.max(1, Math.round(minutes))} min`;
  if (minutes < 57.5) return `about ${Math.round(minutes / 5) * 5} min`;
  const hours = minutes / 60;
  return `about ${hours < 9.5 ? Number(hours.toFixed(1)) : Math.round(hours)} h`;
}
