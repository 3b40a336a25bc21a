import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { NonFiniteError } from '../base/errors.ts';
import { median } from '../base/statistics.ts';
import { factsOf } from '../config/objectives.ts';
import { sampleOf } from '../data/sample.ts';
import { sayOtherData } from '../io/savedData.ts';
import { chunks } from '../trainer/chunks.ts';
import type { StepReport } from '../trainer/reports.ts';
import { Run } from '../trainer/run.ts';
import { train } from '../trainer/train.ts';
import type { Measurement } from '../trainer/view.ts';
import { viewOf } from '../trainer/views.ts';
import { checkpointOf, inWordsOf, openCheckpoint, openEngineFor } from './checkpoint/open.ts';
import { refuseOtherSamples } from './checkpoint/resume.ts';
import { RunKeeper } from './checkpoint/runKeeper.ts';
import { openDataset, openSource, settingsOn } from './dataset.ts';
import type { Engine } from './openEngine.ts';
import type { TrainOptions } from './options.ts';
import type { Outlets } from './outlets.ts';
import { clock, type ProgressBar } from './progressBar.ts';
import type { DoneReport } from './reporter.ts';
import { checkWritable, saveWeights } from './save.ts';
import { describeScores } from './scores.ts';
import { Signals } from './signals.ts';
import { describeStart, readWeights } from './start.ts';

/**
 * Opens, trains, tests and saves one run.
 *
 * @throws BadSettingError, BadDataError, CheckpointError before anything was trained
 * @throws Stopped when a signal asked for the end, and the run is saved
 * @throws BackendError, NonFiniteError when the run fails; after a NonFiniteError the last good weights are saved first
 */
export async function runTraining(options: TrainOptions, outlets: Outlets): Promise<void> {
  const { save, resumed } = options;
  // What the run started from is in the file that it goes on from.
  const from = resumed === undefined ? options.from : undefined;
  const pretrained = from === undefined ? undefined : readWeights(from);
  const place = checkpointOf(options);
  const signals = place && new Signals(outlets.note, options.requeueExit);
  if (save !== undefined) checkWritable(save);
  if (place !== undefined) checkWritable(place.file, '--checkpoint');
  const brought = await openDataset(options, outlets);
  const dataset = inWordsOf(brought, pretrained, resumed);
  if (resumed !== undefined) refuseOtherSamples(options.resume ?? '', resumed, dataset);
  const config = settingsOn(options.config, options.asked, dataset);
  const source = await openSource(dataset, { ...options, config }, outlets);
  const engine = await openEngineFor(options, outlets);
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
  const keeper = new RunKeeper(run, place && signals && openCheckpoint(run, options, { place, signals }, outlets));
  const { times, result } = await keeper.during(async () => {
    const times = await trainAndReport(run, options, engine, keeper, outlets);
    engine.check();
    return { times, result: await testAll(run, options, outlets.bar, keeper) };
  });
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
  keeper: RunKeeper,
  { reporter, bar, note }: Outlets,
): Promise<number[]> {
  const steps = run.totalSteps;
  const times: number[] = [];
  const testAt = (step: number) => options.evalEvery > 0 && step % options.evalEvery === 0;
  const testIfDue = async (step: number): Promise<void> => {
    if (step === 0 || step === steps || !testAt(step)) return;
    const { scores } = await test(run, options, run.config.task.maskRatio, bar, keeper);
    reporter.tested({ step, scores });
  };
  try {
    await keeper.stopIfAsked();
    // A run that was stopped may have been saved before it was tested.
    await testIfDue(run.steps);
    for await (const report of train(run, (step) => testAt(step) || keeper.wantsToLook)) {
      engine.check();
      times.push(report.milliseconds);
      const { step } = report;
      if (step === 1 || step === steps || step % options.reportEvery === 0) reporter.stepped(report);
      await testIfDue(step);
      bar.draw('training', step, steps, progressNote(report, times, run));
      // On wasm a step ends without ever going back to the event loop, so Ctrl+C would wait for the whole run.
      await letSignalsIn();
      await keeper.betweenSteps();
    }
    await keeper.save();
  } catch (error) {
    if (error instanceof NonFiniteError) await keeper.save();
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
async function testAll(run: Run, options: TrainOptions, bar: ProgressBar, keeper: RunKeeper): Promise<TestResult> {
  const { maskRatio } = run.config.task;
  const { scores, errors } = await test(run, options, maskRatio, bar, keeper);
  const { explorer } = factsOf(run.config).metrics;
  const evalMaskRatio: Record<string, number> = {};
  for (const asked of explorer === undefined ? [] : options.evalMaskRatios) {
    const tested = asked === maskRatio ? scores : (await test(run, options, asked, bar, keeper)).scores;
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

async function test(
  run: Run,
  options: TrainOptions,
  maskRatio: number,
  bar: ProgressBar,
  keeper: RunKeeper,
): Promise<Measurement> {
  const pictures = sampleOf(run.dataset.heldOut, options.evalCount);
  const measuring = viewOf(run).measure(run.dataset.heldOut, pictures, maskRatio);
  const pieces = chunks(pictures, run.spec.patches).length;
  for (let piece = 1; ; piece++) {
    const next = await measuring.next();
    if (next.done) return next.value;
    bar.draw(`testing at mask ratio ${maskRatio}`, Math.min(piece, pieces), pieces);
    await letSignalsIn();
    await keeper.stopIfAsked();
  }
}

function testCount(run: Run, options: TrainOptions): number {
  return Math.min(options.evalCount, run.dataset.heldOut.count);
}
