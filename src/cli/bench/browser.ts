/** The measurement in Chromium: the worker of the bench page does it, and what it says is read here. */

import type { ErrorReport } from '../../base/errors.ts';
import { PatchworkError } from '../../base/errors.ts';
import type { KernelProgress, KernelsRequest } from '../../bench/kernels/report.ts';
import type { BenchProgress } from '../../bench/report.ts';
import type { BenchRequest, BenchResult } from './runBench.ts';
import type { KernelsResult } from './runKernels.ts';

export type AnyRequest = BenchRequest | KernelsRequest;
export type ResultOf<Request extends AnyRequest> = Request extends BenchRequest ? BenchResult : KernelsResult;
export type AnyProgress = BenchProgress | KernelProgress;

/** What the scripts know how to start. */
export interface BenchBrowser {
  /** "Chromium 156.0.1". */
  name: string;
  /**
   * Loads the page anew and calls `runBench` (page.ts) in its worker.
   *
   * @param onConsole gets each line that the worker writes to its console
   */
  run<Request extends AnyRequest>(
    request: Request,
    onConsole: (line: string) => void,
  ): Promise<ResultOf<Request> | { error: ErrorReport }>;
  close(): Promise<void>;
}

/** @throws PatchworkError with what went wrong in the page */
export async function runInBrowser<Request extends AnyRequest>(
  browser: BenchBrowser,
  request: Request,
  onProgress: (progress: AnyProgress) => void,
): Promise<ResultOf<Request>> {
  const outcome = await browser.run(request, (line) => {
    const progress = readProgress(line);
    if (progress === undefined) process.stderr.write(`${line}\n`);
    else onProgress(progress);
  });
  if ('error' in outcome) throw new PatchworkError(outcome.error.message);
  return outcome;
}

/** The page's own lines are JSON; libraries write other ones. */
function readProgress(line: string): AnyProgress | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const known = typeof value === 'object' && value !== null && 'phase' in value && 'contender' in value;
    return known ? (value as AnyProgress) : undefined;
  } catch {
    return undefined;
  }
}
