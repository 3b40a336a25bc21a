/** The bench's end of the protocol: Patchwork beside stock TensorFlow.js, on the machine that this runs on. */
import { BackendError, toErrorReport } from '../base/errors.ts';
import { benchRun } from '../bench/configs.ts';
import { measure } from '../bench/measure.ts';
import { patchwork } from '../bench/patchwork.ts';
import { makeProblem } from '../bench/problem.ts';
import { stockTfjs } from '../bench/stock.ts';
import { selectBackend } from '../engine/backend.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import { BenchPace } from './benchPace.ts';
import { openChannel, type PortLike } from './channel.ts';
import type { BenchCommand, BenchEvent } from './protocol.ts';

const ENTRANTS = [patchwork, stockTfjs];
const PROGRESS_EVERY_MS = 100;

/** Answers one `measure` with `measured` or `error`. */
export function serveBench(port: PortLike, environment: EngineEnvironment): void {
  const channel = openChannel<BenchEvent, BenchCommand>(port);
  const fail = (error: unknown): void => channel.send({ type: 'error', error: toErrorReport(error) });
  environment.onGpuProblem = (message) => fail(new BackendError(`The GPU reported a problem: ${message}`));
  environment.onGpuLost = (message) => fail(new BackendError(`The graphics device was lost (${message}).`));
  channel.listen((command) => {
    run(command, environment, channel.send).catch(fail);
  });
}

async function run(command: BenchCommand, environment: EngineEnvironment, send: (event: BenchEvent) => void): Promise<void> {
  const { config, backend, steps, paritySteps } = command;
  const { name, label } = await selectBackend(backend, environment);
  const pace = new BenchPace({ steps, paritySteps, counts: name === 'webgpu' });
  let lastSent = Number.NEGATIVE_INFINITY;
  const options = { problem: makeProblem(benchRun(config)), backend: name, steps, paritySteps, executes: true };
  const report = await measure(ENTRANTS, options, (progress) => {
    const now = performance.now();
    pace.begin(progress, now);
    if (now - lastSent < PROGRESS_EVERY_MS) return;
    lastSent = now;
    send({ type: 'progress', progress, ...pace.outlook(now) });
  });
  send({ type: 'measured', device: label, report });
}
