/** Measures one run in the place this runs in: Node, or a worker of the bench page. */
import { measure } from '../../bench/measure.ts';
import { makeProblem } from '../../bench/problem.ts';
import type { BenchProgress, BenchReport } from '../../bench/report.ts';
import { benchSamples } from '../../bench/samples.ts';
import type { RunConfig } from '../../config/run.ts';
import { selectBackend } from '../../engine/backend.ts';
import type { EngineEnvironment } from '../../engine/environment.ts';
import { entrantsOf } from './entrants.ts';
import type { BenchBackend, ContenderName } from './options.ts';
import type { TorchLink } from './torch/link.ts';

/** Plain data: it travels into the page. */
export interface BenchRequest {
  run: RunConfig;
  backend: BenchBackend;
  contenders: ContenderName[];
  steps: number;
  paritySteps: number;
  /** Why PyTorch cannot take part; absent where it can. */
  torchMissing?: string;
}

/** Plain data: it travels out of the page. */
export interface BenchResult {
  /** What it ran on: "WebAssembly, 2 threads", "WebGPU - NVIDIA". */
  device: string;
  report: BenchReport;
}

/**
 * @param link how PyTorch is asked, where it takes part
 * @throws BackendError where the backend cannot run, ParityError when a contender computes something else
 */
export async function runBench(
  { run, backend, contenders, steps, paritySteps, torchMissing }: BenchRequest,
  environment: EngineEnvironment,
  onProgress: (progress: BenchProgress) => void,
  link: TorchLink,
): Promise<BenchResult> {
  const executes = backend !== 'null';
  const { name, label } = await selectBackend(executes ? backend : 'webgpu', environment);
  const entrants = entrantsOf(contenders, torchMissing === undefined ? link : { missing: torchMissing });
  const options = { problem: makeProblem(run, await benchSamples(run)), backend: name, steps, paritySteps, executes };
  return { device: label, report: await measure(entrants, options, onProgress) };
}
