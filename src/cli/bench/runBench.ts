/** Measures one config in the place this runs in: Node, or a worker of the bench page. */
import { type BenchConfigName, benchRun } from '../../bench/configs.ts';
import { measure } from '../../bench/measure.ts';
import { makeProblem } from '../../bench/problem.ts';
import type { BenchProgress, BenchReport } from '../../bench/report.ts';
import { selectBackend } from '../../engine/backend.ts';
import type { EngineEnvironment } from '../../engine/environment.ts';
import { ENTRANTS } from './entrants.ts';
import type { BenchBackend, ContenderName } from './options.ts';

/** Plain data: it travels into the page. */
export interface BenchRequest {
  config: BenchConfigName;
  backend: BenchBackend;
  contenders: ContenderName[];
  steps: number;
  paritySteps: number;
}

/** Plain data: it travels out of the page. */
export interface BenchResult {
  /** What it ran on: "WebAssembly, 2 threads", "WebGPU - NVIDIA". */
  device: string;
  report: BenchReport;
}

/** @throws BackendError where the backend cannot run, ParityError when a contender computes something else */
export async function runBench(
  { config, backend, contenders, steps, paritySteps }: BenchRequest,
  environment: EngineEnvironment,
  onProgress: (progress: BenchProgress) => void,
): Promise<BenchResult> {
  const executes = backend !== 'null';
  const { name, label } = await selectBackend(executes ? backend : 'webgpu', environment);
  const entrants = contenders.map((contender) => ENTRANTS[contender]);
  const options = { problem: makeProblem(benchRun(config)), backend: name, steps, paritySteps, executes };
  return { device: label, report: await measure(entrants, options, onProgress) };
}
