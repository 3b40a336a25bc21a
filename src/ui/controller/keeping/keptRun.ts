/** Kept runs as the page shows them. */
import { factsOf } from '../../../config/objectives.ts';
import { isKept, type RunEntry } from '../../../worker/keeping/entries.ts';
import { freeName, type KeptRun, type KeptState, nameRun } from '../../store/runs.ts';
import { readPageRecord } from './pageRecord.ts';

/** How a list of runs stands in the store. Runs that nobody named get the names that they always get: the oldest without a number. */
export function sortKept(entries: readonly RunEntry[]): Pick<KeptState, 'runs' | 'unfinished' | 'deleted'> {
  const named = nameAll(entries);
  const newestFirst = named.toSorted((a, b) => b.run.keptAt - a.run.keptAt || (a.run.id < b.run.id ? 1 : -1));
  const there = newestFirst.filter(({ entry }) => entry.deletedAt === null);
  const deleted = named.filter(({ entry }) => entry.deletedAt !== null);
  return {
    runs: there.filter(({ entry }) => isKept(entry)).map(({ run }) => run),
    unfinished: there.filter(({ entry }) => !isKept(entry)).map(({ run }) => run),
    deleted: deleted.toSorted((a, b) => Number(a.entry.deletedAt) - Number(b.entry.deletedAt)).map(({ run }) => run),
  };
}

function nameAll(entries: readonly RunEntry[]): { entry: RunEntry; run: KeptRun }[] {
  const taken = entries.filter(({ deletedAt }) => deletedAt === null).flatMap(({ name }) => name ?? []);
  return entries
    .toSorted((a, b) => Number(isKept(b)) - Number(isKept(a)) || a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
    .map((entry) => {
      const name = entry.name ?? ownName(entry, taken);
      if (entry.name === null) taken.push(name);
      return { entry, run: keptRunOf(entry, name) };
    });
}

/** The step of a run that goes on is no name. */
function ownName(entry: RunEntry, taken: readonly string[]): string {
  const { config, datasetName, step } = entry;
  return isKept(entry)
    ? nameRun(config, datasetName, step, taken)
    : freeName(`${factsOf(config).title} on ${datasetName}`, taken);
}

/** A name that no other run has. */
export function freeNameFor(name: string, but: string, { runs, unfinished }: KeptState): string {
  return freeName(
    name,
    [...runs, ...unfinished].filter(({ id }) => id !== but).map((run) => run.name),
  );
}

function keptRunOf(entry: RunEntry, name: string): KeptRun {
  const { id, kind, state: standing, config, datasetName, channels, step, totalSteps, savedAt: keptAt, bytes } = entry;
  const { training, heldOut, marks, latest, cost, stepMilliseconds, memoryBytes, backend } = readPageRecord(entry.page);
  // The page may have told of later steps than were written.
  const until = <T extends { step: number }>(points: readonly T[]): T[] => points.filter((point) => point.step <= step);
  return {
    ...{ id, kind, standing, name, config, datasetName, channels, step, totalSteps, keptAt, bytes },
    scores: latest !== null && latest.step <= step ? latest.scores : {},
    scoresStep: latest?.step ?? 0,
    curves: { training: until(training.points), heldOut: until(heldOut), marks: until(marks) },
    cost: cost.steps >= step && step > 0 ? { seconds: cost.seconds, gflop: cost.gflop } : null,
    ...{ stepMilliseconds, memoryBytes, backend },
  };
}
