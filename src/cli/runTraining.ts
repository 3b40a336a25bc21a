import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { NonFiniteError } from '../base/errors.ts';
import { median } from '../base/statistics.ts';
import { factsOf } from '../config/objectives.ts';
import { sampleOf } from '../data/sample.ts';
import { asLearned, sayOtherData } from '../io/savedData.ts';
import { chunks } from '../trainer/chunks.ts';
import type { StepReport } from '../trainer/reports.ts';
import { Run } from '../trainer/run.ts';
import { train } from '../trainer/train.ts';
import type { Measurement } from '../trainer/view.ts';
import { viewOf } from '../trainer/views.ts';
import { openDataset, openSource, settingsOn } from './dataset.ts';
import { type Engine, openEngine } from './openEngine.ts';
import type { TrainOptions } from './options.ts';
import type { Outlets } from './outlets.ts';
import { clock, type ProgressBar } from './progressBar.ts';
import type { DoneReport } from './reporter.ts';
import { checkWritable, saveWeights } from './save.ts';
import { describeScores } from './scores.ts';
import { describeStart, readWeights } from './start.ts';

/**
 * Opens, trains, tests and saves one run.
 *
 * @throws BadSettingError, BadDataError, CheckpointError before anything was trained
 * @throws BackendError, NonFiniteError when the run fails; after a NonFiniteError the last good weights are saved first
 */
export async function runTraining(options: TrainOptions, outlets: Outlets): Promise<void> {
  const { from, save } = options;
  const pretrained = from === undefined ? undefined : readWeights(from);
  if (save !== undefined) checkWritable(save);
  const brought = await openDataset(options, outlets);
  const dataset = pretrained === undefined ? brought : asLearned(pretrained, brought);
  const config = settingsOn(options.config, options.asked, dataset);
  const source = await openSource(dataset, { ...options, config }, outlets);
  const engine = await openEngine(options.backend);
  const run = new Run(config, dataset, source);
  const started = pretrained === undefined ? undefined : run.startFrom(pretrained);
  outlets.reporter.opened({
    config,
    steps: run.totalSteps,
    dataset: dataset.name,
    trainPictures: dataset.train.count,
    testPictures: testCount(run, options),
    testIsTrain: dataset.heldOutIsTrain,
    backend: engine.backend,
    params: run.parameters.count,
  });
  if (started !== undefined) {
    outlets.note(describeStart(started));
    const otherData = pretrained && sayOtherData(pretrained, brought);
    if (otherData !== undefined) outlets.note(otherData);
    outlets.reporter.started({ from: from ?? '', ...started });
  }
  const times = await trainAndReport(run, options, engine, outlets);
  const result = await testAll(run, options, outlets.bar);
  engine.check();
  if (save !== undefined) outlets.note(await saveWeights(run, save));
  outlets.reporter.done({
    ...result,
    msPerStep: median(times) ?? 0,
    backend: engine.backend.name,
    params: run.parameters.count,
    seed: config.optimiser.seed,
  });
}

/** Trains to the end; returns the milliseconds of each step. */
async function trainAndReport(
  run: Run,
  options: TrainOptions,
  engine: Engine,
  { reporter, bar, note }: Outlets,
): Promise<number[]> {
  const steps = run.totalSteps;
  const times: number[] = [];
  const testAt = (step: number) => options.evalEvery > 0 && step % options.evalEvery === 0;
  try {
    for await (const report of train(run, testAt)) {
      engine.check();
      times.push(report.milliseconds);
      const { step } = report;
      if (step === 1 || step === steps || step % options.reportEvery === 0) reporter.stepped(report);
      if (testAt(step) && step < steps) {
        const { scores } = await test(run, options, run.config.task.maskRatio, bar);
        reporter.tested({ step, scores });
      }
      bar.draw('training', step, steps, progressNote(report, times, run));
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

function progressNote({ step, loss, metrics }: StepReport, times: readonly number[], { totalSteps, config }: Run): string {
  const left = ((median(times.slice(-50)) ?? 0) * (totalSteps - step)) / 1000;
  const numbers = describeScores({ loss, ...metrics }, config).map(({ label, value }) => `${label.toLowerCase()} ${value}`);
  return `${numbers.join('  ')}  ${clock(left)} left`;
}

type TestResult = Omit<DoneReport, 'msPerStep' | 'backend' | 'params' | 'seed'>;

/** The run's scores at its own mask ratio, and its accuracy at those that were asked for. */
async function testAll(run: Run, options: TrainOptions, bar: ProgressBar): Promise<TestResult> {
  const { maskRatio } = run.config.task;
  const { scores, errors } = await test(run, options, maskRatio, bar);
  const { explorer } = factsOf(run.config).metrics;
  const evalMaskRatio: Record<string, number> = {};
  for (const asked of explorer === undefined ? [] : options.evalMaskRatios) {
    const tested = asked === maskRatio ? scores : (await test(run, options, asked, bar)).scores;
    const value = explorer && tested[explorer];
    // A ratio that leaves nothing to look at, or nothing to predict, has no number.
    if (value !== undefined && Number.isFinite(value)) evalMaskRatio[String(asked)] = value;
  }
  return {
    steps: run.steps,
    scores,
    errors,
    evalMaskRatio,
    testPictures: testCount(run, options),
    testIsTrain: run.dataset.heldOutIsTrain,
  };
}

async function test(run: Run, options: TrainOptions, maskRatio: number, bar: ProgressBar): Promise<Measurement> {
  const pictures = sampleOf(run.dataset.heldOut, options.evalCount);
  const measuring = viewOf(run).measure(run.dataset.heldOut, pictures, maskRatio);
  const pieces = chunks(pictures, run.spec.patches).length;
  for (let piece = 1; ; piece++) {
    const next = await measuring.next();
    if (next.done) return next.value;
    bar.draw(`testing at mask ratio ${maskRatio}`, Math.min(piece, pieces), pieces);
    await letSignalsIn();
  }
}

function testCount(run: Run, options: TrainOptions): number {
  return Math.min(options.evalCount, run.dataset.heldOut.count);
}
