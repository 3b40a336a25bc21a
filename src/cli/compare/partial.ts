/** A pretraining that is under way, in the folder of weights: a job that was ended goes on with it. */
import { renameSync } from 'node:fs';
import { z } from 'zod';
import { BadSettingError, CheckpointError } from '../../base/errors.ts';
import { currentEngine } from '../../engine/backend.ts';
import type { RunFile } from '../../io/runFile.ts';
import { newHistory } from '../../trainer/history.ts';
import type { Run } from '../../trainer/run.ts';
import { CheckpointFile } from '../checkpoint/checkpointFile.ts';
import { goOn, readResumed } from '../checkpoint/resume.ts';
import type { KeepingParts } from '../checkpoint/runKeeper.ts';
import type { Signals } from '../signals.ts';

export interface PartialKeeping {
  signals: Signals;
  /** Seconds between two writes. */
  every: number;
  note(line: string): void;
}

/** Milliseconds that all jobs together have trained it for. */
interface Spent {
  milliseconds: number;
}

const HOW = 'The same command goes on from there.';
const page = z.object({ milliseconds: z.number().nonnegative() });

/**
 * Puts a run where the file's was, if there is one; undefined while another job writes the same: then both train it, and get the same.
 *
 * @param run as new
 */
export function openPartial(
  run: Run,
  file: string,
  { signals, every, note }: PartialKeeping,
): { parts: KeepingParts; spent: Spent } | undefined {
  let checkpoint: CheckpointFile;
  try {
    checkpoint = new CheckpointFile({ file, every }, () => undefined);
  } catch (error) {
    if (!(error instanceof BadSettingError)) throw error;
    note(`${error.message} It is trained here too, from its beginning.`);
    return undefined;
  }
  const found = readPartial(file, note);
  const { history, notes } = found === undefined ? { history: newHistory(currentEngine()), notes: [] } : goOn(run, file, found);
  for (const line of notes) note(line);
  checkpoint.sequence = found?.sequence ?? 0;
  const before = page.safeParse(found?.record.page);
  const spent: Spent = { milliseconds: before.success ? before.data.milliseconds : 0 };
  return { parts: { file: checkpoint, signals, history, note, how: HOW, page: () => ({ ...spent }) }, spent };
}

/** One that cannot be read is put aside: it is no reason to do without the experiment. */
function readPartial(file: string, note: (line: string) => void): RunFile | undefined {
  try {
    return readResumed(file);
  } catch (error) {
    if (!(error instanceof CheckpointError) && !(error instanceof BadSettingError)) throw error;
    renameSync(file, `${file}.damaged`);
    note(`${error.message} It is now ${file}.damaged, and the pretraining begins anew.`);
    return undefined;
  }
}
