/** Until 0.4 kept runs lay in a database of their own, with weights alone. They are moved one by one: copied, compared, and only then deleted there. */
import { crc32 } from '../../../base/crc32.ts';
import { now } from '../../../base/now.ts';
import { totalSteps } from '../../../config/phases.ts';
import type { RunStore } from '../../../worker/keeping/runStore.ts';
import { plural } from '../../format.ts';
import { RUNS_DATABASE } from '../parts.ts';
import type { OldRun } from '../readKept.ts';
import { type PageRecord, readPageRecord, toJson } from './pageRecord.ts';

/** @param tell gets a sentence where some could not be moved: they stay where they are, and are tried again when the page is opened the next time */
export async function moveOldRuns(store: RunStore, tell: (problem: string) => void): Promise<void> {
  const { RunsDatabase } = await RUNS_DATABASE.get();
  const old = await RunsDatabase.openIfThere().catch(() => null);
  if (old === null) return;
  let left = 0;
  let lost = 0;
  const { runs, unreadable } = await old.list();
  for (const run of runs) {
    const weights = await old.weights(run.id);
    if (weights === undefined) lost += 1;
    else if (!(await moveOne(old, run, weights, store).catch(() => false))) left += 1;
  }
  if (unreadable > 0) tell(`${plural(unreadable, 'run')} of another version cannot be read by this one, and is left alone.`);
  if (lost > 0) tell(`${plural(lost, 'run')} of an earlier version had lost its weights, and is not listed.`);
  if (left > 0) {
    tell(
      `${plural(left, 'run')} of an earlier version could not be moved to where runs are kept now. Nothing of them is lost: make room, and load the page again.`,
    );
  }
}

type Old = Awaited<ReturnType<typeof import('../runsDatabase.ts')['RunsDatabase']['open']>>;

async function moveOne(old: Old, run: OldRun, weights: Uint8Array, store: RunStore): Promise<boolean> {
  const added = await store.add(weights, entryOfOld(run));
  const copied = await store.bytes(added.id);
  const isWhole = copied.length === weights.length && crc32(copied) === crc32(weights);
  // Of two tabs that move at once one is the first.
  if (isWhole && (await old.takeAway(run.id))) return true;
  await store.remove(added.id, 0);
  await store.purge(now());
  return isWhole;
}

function entryOfOld(run: OldRun): Parameters<RunStore['add']>[1] {
  const { name, config, datasetName, channels, step, keptAt } = run;
  const total = totalSteps(config);
  return {
    ...{
      kind: 'weights',
      name,
      config,
      datasetName,
      channels,
      step,
      totalSteps: total,
      data: null,
      writer: null,
      deletedAt: null,
      wanted: true,
    },
    ...{ state: step >= total ? 'finished' : 'unfinished', startedAt: keptAt, savedAt: keptAt, page: toJson(pageOfOld(run)) },
  };
}

function pageOfOld({ name, curves, scores, scoresStep, cost, step, stepMilliseconds, memoryBytes, backend }: OldRun): PageRecord {
  return {
    ...readPageRecord(null),
    name,
    training: { bucket: 1, points: curves.training },
    heldOut: curves.heldOut,
    marks: curves.marks ?? [],
    latest: { step: scoresStep, scores, pictures: 0, errors: {}, maskRatioCurve: [], uniformDistance: 0 },
    ...(cost === null ? {} : { cost: { ...cost, steps: step } }),
    ...{ stepMilliseconds, memoryBytes, backend },
  };
}
