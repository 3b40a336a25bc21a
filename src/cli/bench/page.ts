/**
 * The bench page's worker. The command line starts it and calls `runBench` in it through the browser's debugger, so there is
 * no protocol of messages; progress goes to the console as JSON.
 */
import { toErrorReport } from '../../base/errors.ts';
import type { KernelsRequest } from '../../bench/kernels/report.ts';
import { browserEnvironment } from '../../engine/environment.browser.ts';
import { type BenchRequest, runBench } from './runBench.ts';
import { runKernels } from './runKernels.ts';
import { TORCH_PATH, type TorchLink } from './torch/link.ts';

/** The server of this page hands it on. */
const link: TorchLink = async (threads, body) => (await fetch(`${TORCH_PATH}${threads}`, { method: 'POST', body })).text();

Object.assign(globalThis, {
  runBench: async (request: BenchRequest | KernelsRequest) => {
    const tell = (progress: object) => console.info(JSON.stringify(progress));
    try {
      if (!('contenders' in request)) return await runKernels(request, browserEnvironment(), tell);
      return await runBench(request, browserEnvironment(), tell, link);
    } catch (error) {
      return { error: toErrorReport(error) };
    }
  },
});
