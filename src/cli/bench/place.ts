/** Where the bench measures: a page of Chromium, or this process. */
import { BackendError } from '../../base/errors.ts';
import type { KernelsRequest } from '../../bench/kernels/report.ts';
import { nodeEnvironment } from '../../engine/environment.node.ts';
import { type AnyProgress, type BenchBrowser, runInBrowser } from './browser.ts';
import { nullEnvironment } from './dawn.ts';
import type { BenchOptions } from './options.ts';
import { type BenchRequest, type BenchResult, runBench } from './runBench.ts';
import { type KernelsResult, runKernels } from './runKernels.ts';
import type { TorchLink } from './torch/link.ts';

/** What the scripts around the command know and it does not: how to build a page, where the browser is, and where PyTorch. */
export interface BenchHost {
  /** @param link what the page's messages to PyTorch are handed to */
  openBrowser(options: { webgpu: boolean; link: TorchLink }): Promise<BenchBrowser>;
  /** @returns an interpreter that has `torch` */
  findTorch(): string | undefined;
}

export interface Bench {
  name: string;
  measure(request: BenchRequest, onProgress: (progress: AnyProgress) => void): Promise<BenchResult>;
  measureKernels(request: KernelsRequest, onProgress: (progress: AnyProgress) => void): Promise<KernelsResult>;
  close(): Promise<void>;
}

/** @throws BackendError where there is no such backend */
export async function openBench({ where, backend }: BenchOptions, host: BenchHost, link: TorchLink): Promise<Bench> {
  if (where === 'chromium') {
    const browser = await host.openBrowser({ webgpu: backend === 'webgpu', link });
    return {
      name: browser.name,
      measure: (request, onProgress) => runInBrowser(browser, request, onProgress),
      measureKernels: (request, onProgress) => runInBrowser(browser, request, onProgress),
      close: () => browser.close(),
    };
  }
  const environment = backend === 'null' ? await nullEnvironment() : await nodeEnvironment(backend === 'webgpu');
  if (backend === 'webgpu' && environment.gpu === undefined)
    throw new BackendError('Node finds no WebGPU here: it needs the optional package "webgpu" and a Vulkan driver.');
  return {
    name: `Node ${process.versions.node}`,
    measure: (request, onProgress) => runBench(request, environment, onProgress, link),
    measureKernels: (request, onProgress) => runKernels(request, environment, onProgress),
    close: async () => {},
  };
}
