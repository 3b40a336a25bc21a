/** Takes the step of one run apart in the place this runs in: Node, or a worker of the bench page. */
import { measureKernels } from '../../bench/kernels/measureKernels.ts';
import type { KernelProgress, KernelReport, KernelsRequest } from '../../bench/kernels/report.ts';
import { benchSamples } from '../../bench/samples.ts';
import { selectBackend } from '../../engine/backend.ts';
import type { EngineEnvironment } from '../../engine/environment.ts';

/** Plain data: it travels out of the page. */
export interface KernelsResult {
  /** What it ran on: "WebAssembly, 2 threads". */
  device: string;
  kernels: KernelReport;
}

/** @throws BackendError where steps are not recorded */
export async function runKernels(
  request: KernelsRequest,
  environment: EngineEnvironment,
  onProgress: (progress: KernelProgress) => void,
): Promise<KernelsResult> {
  const { label } = await selectBackend('wasm', environment);
  return { device: label, kernels: await measureKernels(request, await benchSamples(request.run), onProgress) };
}
