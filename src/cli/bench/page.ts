/**
 * The bench page's worker. The command line starts it and calls `runBench` in it through the browser's debugger, so there is
 * no protocol of messages; progress goes to the console as JSON.
 */
import { toErrorReport } from '../../base/errors.ts';
import { browserEnvironment } from '../../engine/environment.browser.ts';
import { type BenchRequest, runBench } from './runBench.ts';

Object.assign(globalThis, {
  runBench: async (request: BenchRequest) => {
    try {
      return await runBench(request, browserEnvironment(), (progress) => console.info(JSON.stringify(progress)));
    } catch (error) {
      return { error: toErrorReport(error) };
    }
  },
});
