/** What the sweeps of a list will take on this machine, from a step that is timed before they begin. */

import { pretrainingKey } from '../../config/sweep/points.ts';
import type { SweepMeasure } from '../../config/sweep/sweep.ts';
import { SweepPace, sayAbout } from '../../trainer/sweep/pace.ts';
import { type SweepWork, sweepWork, timeStep } from '../../trainer/sweep/work.ts';
import { pictureConfig } from '../contender.ts';
import { protocolOf } from '../protocols.ts';
import type { Unit } from './experiments.ts';
import type { Pictures } from './pictures.ts';
import { encoderRun, type Pretraining } from './pretraining.ts';
import { configOf } from './unit.ts';

interface Outlook {
  /** For people, before the work begins. */
  text: string;
  pace: SweepPace;
  /** Of each unit. */
  gflop: readonly number[];
}

/** Undefined where there is no sweep, or not all of the work is of sweeps. */
export async function estimateSweeps(
  units: readonly Unit[],
  pretraining: Pretraining,
  pictures: Pictures,
): Promise<Outlook | undefined> {
  if (units.length === 0 || units.some(({ experiment }) => experiment.place === undefined)) return undefined;
  const work = units.map(workOf);
  const first = work.find((one) => one.pretraining !== undefined) ?? work[0];
  const timed = first?.pretraining ?? first?.withLabels;
  const [{ experiment }] = units as [Unit, ...Unit[]];
  if (timed === undefined) return undefined;
  const dataset = await pictures.of(pictureConfig(timed, experiment.data), experiment.data, experiment.val);
  const known = new Set<string>();
  for (const [i, unit] of units.entries()) if (await pretraining.has(unit)) known.add(pretrainingKey(work[i] ?? {}));
  const gflop = sweepWork(work, dataset, experiment.testPictures, known);
  const timing = timeStep(timed, dataset);
  let next = await timing.next();
  while (!next.done) next = await timing.next();
  const pace = new SweepPace(
    gflop.reduce((sum, one) => sum + one, 0),
    next.value,
  );
  const trained = new Set(work.map((one) => pretrainingKey(one)).filter((key) => !known.has(key) && key !== pretrainingKey({})));
  const text = `${units.length} points with ${trained.size} pretrainings to do: ${sayAbout(pace.secondsLeft)}, from a step timed here.`;
  return { text, pace, gflop };
}

function workOf(unit: Unit): SweepWork {
  const { protocols } = unit.experiment;
  const pretraining = encoderRun(unit);
  const [protocol] = protocols;
  return {
    ...(pretraining && { pretraining }),
    ...(protocol !== undefined && { withLabels: configOf(unit, protocol) }),
    measures: [...new Set(protocols.map((name): SweepMeasure => protocolOf(name).protocol))],
  };
}
