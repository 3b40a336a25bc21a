import { now } from '../base/now.ts';
import { traitsOf } from '../data/samples.ts';
import type { RunAbout } from '../io/runFile.ts';
import type { RecordedData } from '../io/runFiles/record.ts';
import type { RunHistory } from './history.ts';
import type { Run } from './run.ts';

/** What a run's file says of it, beside its state. @param page whatever the page wants back with it */
export function runAbout(run: Run, { engine, liveChanges, startedAt }: RunHistory, page?: unknown): RunAbout {
  const { config, halted } = run;
  return {
    config,
    halted,
    engine,
    data: dataOf(run),
    liveChanges,
    startedAt,
    savedAt: now(),
    ...(page === undefined ? {} : { page }),
  };
}

function dataOf({ dataset, tokenizer }: Run): RecordedData {
  const { name, fingerprint, train, heldOut } = dataset;
  return {
    name,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    count: train.count,
    heldOutCount: heldOut.count,
    classes: train.classes,
    traits: traitsOf(train),
    ...tokenizer.statistics,
    recipe: tokenizer.recipe,
  };
}
