/**
 * WebGPU in Node that executes nothing: Dawn's null backend, for counting what a library asks of a GPU. It does allocate the
 * buffers, and refuses more than 512 MB of them.
 */
import { BackendError } from '../../base/errors.ts';
import { nodeEnvironment, openDawn } from '../../engine/environment.node.ts';
import type { EngineEnvironment } from '../../engine/environment.ts';

/** @throws BackendError where the optional package `webgpu` is missing */
export async function nullEnvironment(): Promise<EngineEnvironment> {
  const gpu = await openDawn(['backend=null']);
  if (gpu === undefined) throw new BackendError('Dawn is missing: install the optional package "webgpu" (npm install).');
  return { ...(await nodeEnvironment(false)), gpu, trustReplays: true };
}
