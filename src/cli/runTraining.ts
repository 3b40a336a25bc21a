import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { NonFiniteError } from '../base/errors.ts';
import type { PictureSet } from '../data/pictures.ts';
import { selectBackend } from '../engine/backend.ts';
import { nodeEnvironment } from '../engine/environment.node.ts';
import { chunkSize, positionScores } from '../trainer/jigsaw.ts';
import type { PositionResult, StepReport } from '../trainer/reports.ts';
import { Run } from '../trainer/run.ts';
import { train } from '../trainer/train.ts';
import { openDataset } from './dataset.ts';
import type { TrainOptions } from './options.ts';
import type { Outlets } from './outlets.ts';
import { clock, type ProgressBar } from './progressBar.ts';
import { checkWritable, saveWeights } from './save.ts';

/**
 * Opens, trains, tests and saves one run.
 *
 * @throws BadSettingError, BadDataError before anything was trained
 * @throws BackendError, NonFiniteError when the run fails; after a NonFiniteError the last good weights are saved first
 */
export async function runTraining(options: TrainOptions, outlets: Outlets): Promise<void> {
  const { config } = options;
  if (options.save !== undefined) checkWritable(options.save);
  const dataset = await openDataset(options, outlets);
  const backend = await selectBackend(
    options.backend,
    await nodeEnvironment(options.backend === 'auto' || options.backend === 'webgpu'),
  );
  const run = new Run(config, dataset);
  const testPictures = Math.min(options.evalCount, dataset.heldOut.count);
  const params = run.parameters.count;
  outlets.reporter.opened({
    config,
    dataset: dataset.name,
    trainPictures: dataset.train.count,
    testPictures,
    testIsTrain: dataset.heldOutIsTrain,
    backend,
    params,
  });

  const test = (eta: number): Promise<PositionResult> => measure(run, dataset.heldOut, testPictures, eta, outlets.bar);
  const times = await trainAndReport(run, options, outlets, test);
  const { loss, accuracy, top5, assignmentAccuracy } = await test(config.task.maskRatio);
  const evalEta: Record<string, number> = {};
  for (const eta of options.evalEtas) evalEta[String(eta)] = (await test(eta)).accuracy;
  if (options.save !== undefined) outlets.note(await saveWeights(run, options.save));
  outlets.reporter.done({
    steps: run.steps,
    loss,
    positionAccuracy: accuracy,
    positionTop5: top5,
    assignmentAccuracy,
    evalEta,
    testPictures,
    msPerStep: median(times),
    backend: backend.name,
    params,
    seed: config.optimiser.seed,
  });
}

/** Trains to the end; returns the milliseconds of each step. */
async function trainAndReport(
  run: Run,
  options: TrainOptions,
  { reporter, bar, note }: Outlets,
  test: (eta: number) => Promise<PositionResult>,
): Promise<number[]> {
  const { steps } = run.config.optimiser;
  const times: number[] = [];
  try {
    for await (const report of train(run)) {
      times.push(report.milliseconds);
      const { step } = report;
      if (step === 1 || step === steps || step % options.reportEvery === 0) reporter.stepped(report);
      if (options.evalEvery > 0 && step % options.evalEvery === 0 && step < steps) {
        reporter.tested({ step, ...(await test(run.config.task.maskRatio)) });
      }
      bar.draw('training', step, steps, progressNote(report, times, steps));
      // On wasm a step ends without ever going back to the event loop, so Ctrl+C would wait for the whole run.
      await letSignalsIn();
    }
  } catch (error) {
    if (error instanceof NonFiniteError && options.save !== undefined) note(await saveWeights(run, options.save));
    throw error;
  }
  bar.clear();
  return times;
}

function progressNote({ step, loss, accuracy }: StepReport, times: readonly number[], steps: number): string {
  const recent = times.slice(-50);
  const left = (median(recent) * (steps - step)) / 1000;
  return `loss ${loss.toFixed(3)}  accuracy ${(100 * accuracy).toFixed(1)} %  ${clock(left)} left`;
}

async function measure(run: Run, set: PictureSet, pictures: number, eta: number, bar: ProgressBar): Promise<PositionResult> {
  const scoring = positionScores(run, set, pictures, eta);
  for (let chunks = 1; ; chunks++) {
    const next = await scoring.next();
    if (next.done) return next.value;
    bar.draw(`testing at mask ratio ${eta}`, Math.min(pictures, chunks * chunkSize(run.spec.patches)), pictures);
    await letSignalsIn();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)];
}
