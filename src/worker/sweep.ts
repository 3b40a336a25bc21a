/** Sweeps, and the robustness studies of a card, in the study's worker: samples are drawn as points need them, or came once as files. */
import type { RunConfig } from '../config/run.ts';
import type { Dataset } from '../data/samples.ts';
import { runPart } from '../trainer/robustness/runPart.ts';
import { type OpenSamples, runSweep } from '../trainer/sweep/runSweep.ts';
import { Datasets } from './datasets.ts';
import { unpack } from './parcel.ts';
import type { SweepCommand, SweepWorkerEvent } from './sweepProtocol.ts';

const PROGRESS_EVERY_MS = 100;
/** Built-in samples are the same for every seed of a sweep, and those that the command line draws. */
const SAMPLE_SEED = 1;

export async function workThroughSweep(
  { plans, studies = [], known, estimateOnly, files }: SweepCommand,
  device: string,
  send: (event: SweepWorkerEvent) => void,
): Promise<void> {
  const open = samplesOf(files === undefined ? undefined : await unpack(files), send);
  send({ type: 'opened', device });
  let lastSent = Number.NEGATIVE_INFINITY;
  const there = new Set(known);
  for (const work of [runSweep(plans, open, there), ...studies.map((part) => runPart(part, open, there))]) {
    for await (const event of work) {
      if (event.type !== 'progress') send(event);
      else if (performance.now() - lastSent >= PROGRESS_EVERY_MS) {
        lastSent = performance.now();
        send(event);
      }
      if (estimateOnly && event.type === 'outlook') return;
    }
  }
}

function samplesOf(files: Dataset | undefined, send: (event: SweepWorkerEvent) => void): OpenSamples {
  const datasets = new Datasets();
  if (files !== undefined) datasets.bring(files);
  return (config: RunConfig) =>
    datasets.of({ ...config, optimiser: { ...config.optimiser, seed: SAMPLE_SEED } }, (done, total) => {
      send({ type: 'preparing', task: 'Making the samples', done, total });
      return Promise.resolve();
    });
}
