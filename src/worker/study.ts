/** The study's end of the protocol: whether pretraining was worth it, and what a step costs, on the machine that this runs on. */
import { BackendError, toErrorReport } from '../base/errors.ts';
import { BUILT_IN_DATASETS } from '../config/datasets.ts';
import { formOf } from '../config/modalities.ts';
import { builtInDataset } from '../data/builtIn.ts';
import { type Dataset, selectSamples } from '../data/samples.ts';
import { tokenizerOf } from '../data/tokenizers.ts';
import { selectBackend } from '../engine/backend.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import { sayOtherData } from '../io/savedData.ts';
import { checkRobustness, testFacts } from '../trainer/robustness/check.ts';
import { isRow, rowName } from '../trainer/robustness/plan.ts';
import { runRobustness, shownOf } from '../trainer/robustness/run.ts';
import { checkStudy } from '../trainer/study/check.ts';
import { measureEfficiency } from '../trainer/study/efficiency.ts';
import { isResult } from '../trainer/study/plan.ts';
import { runStudy, testedPictures } from '../trainer/study/runStudy.ts';
import { openChannel, type PortLike } from './channel.ts';
import { unpack } from './parcel.ts';
import type { RobustnessCommand, RobustnessEvent, StudyCommand, StudyEvent } from './protocol.ts';
import { workThroughSweep } from './sweep.ts';
import type { SweepCommand, SweepWorkerEvent } from './sweepProtocol.ts';

type Send = (event: StudyEvent | RobustnessEvent | SweepWorkerEvent) => void;
type Command<T extends StudyCommand['type']> = Extract<StudyCommand, { type: T }>;

const PROGRESS_EVERY_MS = 100;

/** Answers one command, with `finished` or `error` at its end. */
export function serveStudy(port: PortLike, environment: EngineEnvironment): void {
  const channel = openChannel<StudyEvent | RobustnessEvent | SweepWorkerEvent, StudyCommand | RobustnessCommand | SweepCommand>(
    port,
  );
  const fail = (error: unknown): void => channel.send({ type: 'error', error: toErrorReport(error) });
  environment.onGpuProblem = (message) => fail(new BackendError(`The GPU reported a problem: ${message}`));
  environment.onGpuLost = (message) => fail(new BackendError(`The graphics device was lost (${message}).`));
  environment.onCompiling = (done, total) => channel.send({ type: 'preparing', task: 'Compiling kernels', done, total });
  channel.listen((command) => {
    answer(command, environment, channel.send).catch(fail);
  });
}

async function answer(
  command: StudyCommand | RobustnessCommand | SweepCommand,
  environment: EngineEnvironment,
  send: Send,
): Promise<void> {
  const { label } = await selectBackend(command.backend, environment);
  switch (command.type) {
    case 'study':
      await compare(command, label, send);
      break;
    case 'efficiency':
      await measure(command, label, send);
      break;
    case 'robustness':
      await testSenses(command, label, send);
      break;
    case 'sweep':
      await workThroughSweep(command, label, send);
      break;
    default:
      command satisfies never;
  }
  send({ type: 'finished' });
}

async function compare({ plan, data, files }: Command<'study'>, device: string, send: Send): Promise<void> {
  const dataset = files === undefined ? await draw(data, send) : await unpack(files);
  checkStudy(plan, dataset);
  const test = selectSamples(dataset.heldOut, testedPictures(plan, dataset));
  const tokenizer = tokenizerOf(plan.contenders[0].config, dataset.train);
  const warnings = plan.contenders.flatMap(({ name, weights }) => {
    const otherData = weights && sayOtherData(weights, dataset);
    return otherData === undefined ? [] : [`${name}: ${otherData}`];
  });
  send({ type: 'started', device, test: tokenizer.gallery(test), warnings });
  let lastSent = Number.NEGATIVE_INFINITY;
  for await (const event of runStudy(plan, dataset)) {
    if (isResult(event)) send({ type: 'result', result: event });
    else if (performance.now() - lastSent >= PROGRESS_EVERY_MS) {
      lastSent = performance.now();
      send({ type: 'progress', progress: event });
    }
  }
}

async function measure({ plan }: Command<'efficiency'>, device: string, send: Send): Promise<void> {
  const dataset = await draw({ name: plan.base.data.dataset, form: formOf(plan.base), seed: plan.base.optimiser.seed }, send);
  for await (const progress of measureEfficiency(plan, dataset)) send({ type: 'efficiency', device, progress });
}

/** Rows that the page has already are kept, and neither trained nor told again. */
async function testSenses({ plan, known, data, files }: RobustnessCommand, device: string, send: Send): Promise<void> {
  const dataset = files === undefined ? await draw(data, send) : await unpack(files);
  checkRobustness(plan, dataset);
  const otherData = plan.weights instanceof Uint8Array ? sayOtherData(plan.weights, dataset) : undefined;
  const warnings = otherData === undefined ? [] : [otherData];
  const shown = tokenizerOf(plan.config, dataset.train).gallery(selectSamples(dataset.heldOut, shownOf(plan, dataset)));
  send({ type: 'began', device, facts: testFacts(plan, dataset), shown, warnings });
  const there = new Set(known);
  let lastSent = Number.NEGATIVE_INFINITY;
  for await (const event of runRobustness(plan, dataset, there)) {
    if (isRow(event)) {
      if (!there.has(rowName(event))) send({ type: 'row', row: event });
    } else if (performance.now() - lastSent >= PROGRESS_EVERY_MS) {
      lastSent = performance.now();
      send({ type: 'working', progress: event });
    }
  }
}

async function draw({ name, form, seed }: Command<'study'>['data'], send: Send): Promise<Dataset> {
  const builtIn = BUILT_IN_DATASETS.find((known) => known === name);
  if (builtIn === undefined) throw new Error('files come with the command');
  return builtInDataset(builtIn, form, seed, (done, total) =>
    send({ type: 'preparing', task: 'Making the samples', done, total }),
  );
}
