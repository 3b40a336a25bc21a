/** A kept run on its way back into the trainer: what is made of its file, and what is said of it. */
import { BadDataError } from '../../base/errors.ts';
import { VERSION } from '../../config/version.ts';
import type { Fingerprint } from '../../data/fingerprint.ts';
import type { EngineInfo } from '../../engine/backend.ts';
import type { EngineSpan, RunRecord } from '../../io/runFiles/record.ts';
import { sameNumbers } from '../../trainer/history.ts';
import type { WantedRun } from '../succession.ts';
import { pageOf } from './entries.ts';
import { StorageBusyError } from './fileStore.ts';
import type { Comeback } from './found.ts';
import type { Resumed } from './messages.ts';
import { newRunId } from './runId.ts';
import type { RunStore } from './runStore.ts';
import { RunWriter } from './runWriter.ts';

/**
 * What is kept under `id`, and who writes it from now on: where another tab does, a copy goes on.
 *
 * @throws NotKeptError, DamagedRunError, NewerRunError
 */
export async function findKept(store: RunStore, id: string): Promise<Comeback> {
  const own = await RunWriter.open(store, id);
  const writer = own ?? (await RunWriter.open(store, newRunId()));
  if (writer === null) throw new StorageBusyError();
  try {
    const file = own === null ? await store.read(id) : await own.read();
    const { config, data } = file.record;
    const isBrought = config.data.dataset === 'files';
    const key = (await store.entry(id))?.data ?? null;
    const samples = isBrought ? await store.data.read(key, data.fingerprint) : undefined;
    const board = own === null ? ((await store.folder(id).readBoard()) ?? null) : null;
    return { writer, file, board, samples, copyOf: own === null ? id : null };
  } catch (error) {
    writer.close();
    throw error;
  }
}

/**
 * @param id that the page chose
 * @param files that were brought for it; those that are kept unless given
 * @throws BadDataError when these are other files than the run's
 */
export function wantedBy(comeback: Comeback, id: number, files = comeback.samples): WantedRun {
  const { record, state } = comeback.file;
  const { config, layout, data } = record;
  if (files !== undefined) refuseOtherFiles(data.fingerprint, files.fingerprint, data.name);
  return {
    ...{ id, config, layout, state },
    ...{ history: record, recipe: data.recipe, cause: 'resumed', comeback },
    ...(files === undefined ? {} : { files }),
  };
}

/** @param engine that it goes on with */
export function resumedOf({ writer, file, copyOf }: Comeback, engine: EngineInfo): Resumed {
  const { record, notice } = file;
  const before = lastSpan(record);
  const exact = before !== undefined && sameNumbers(before, { ...engine, version: VERSION, since: record.steps });
  const other = exact || before === undefined ? undefined : sayOther(before, engine);
  return {
    id: writer.id,
    copyOf,
    savedAt: record.savedAt,
    exact,
    notes: [notice, other].filter((note) => note !== undefined),
    liveChanges: record.liveChanges,
    page: pageOf(record),
  };
}

export function lastSpan({ engine }: Pick<RunRecord, 'engine'>): EngineSpan | undefined {
  return engine.at(-1);
}

function sayOther(before: EngineSpan, { device, variant }: EngineInfo): string {
  if (before.version !== VERSION) return `It was begun with Patchwork ${before.version}; this is ${VERSION}.`;
  if (before.device !== device) return `It ran on ${before.device} and goes on with ${device}.`;
  return `It ran with other kernels (${before.variant ?? 'unknown'}) than this device runs now (${variant ?? 'unknown'}).`;
}

function refuseOtherFiles(saved: Fingerprint | undefined, here: Fingerprint | undefined, name: string): void {
  if (saved === undefined || here === undefined || JSON.stringify(prints(saved)) === JSON.stringify(prints(here))) return;
  throw new BadDataError(
    `These are not the files that the run learns from (${name}): add those, in the folders that they were in, and it goes on. Fine-tune begins a run on others from its weights.`,
  );
}

function prints({ all, heldOut }: Fingerprint): readonly unknown[] {
  return [all, heldOut].flatMap((set) => (set === null ? [null] : [set.count, set.samples, set.labels]));
}
