import { BackendError } from '../base/errors.ts';
import { type BackendRequest, mayTakeGpu } from '../config/backends.ts';
import { type BackendInfo, selectBackend } from '../engine/backend.ts';
import { nodeEnvironment } from '../engine/environment.node.ts';

export interface Engine {
  backend: BackendInfo;
  /** @throws BackendError when the GPU has reported a problem since: results are then worth nothing */
  check(): void;
}

/** @throws BackendError when the backend that was asked for cannot run here */
export async function openEngine(request: BackendRequest): Promise<Engine> {
  const environment = await nodeEnvironment(mayTakeGpu(request));
  let problem: string | undefined;
  environment.onGpuLost = (message) => {
    problem ??= `The graphics device was lost (${message}).`;
  };
  environment.onGpuProblem = (message) => {
    problem ??= message;
  };
  const backend = await selectBackend(request, environment);
  const check = (): void => {
    if (problem !== undefined) throw new BackendError(`The GPU reported a problem: ${problem} Try --backend wasm.`);
  };
  return { backend, check };
}
