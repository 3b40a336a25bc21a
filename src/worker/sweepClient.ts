/** The page's end of a sweep: fetched with its panel. */
import type { Channel } from './channel.ts';
import { type OnCrash, studyWorker, watch } from './client.ts';
import type { SweepCommand, SweepWorkerEvent } from './sweepProtocol.ts';

/** The worker is ended before the page is. */
export type SweepClient = Channel<SweepCommand, SweepWorkerEvent> & { end(): void };

export function startSweep(onCrash: OnCrash): SweepClient {
  const worker = studyWorker();
  return { ...watch<SweepCommand, SweepWorkerEvent>(worker, onCrash), end: () => worker.terminate() };
}
