/** The browser's environment where the tests of WebGPU run in Node: Dawn, with the adapter that it finds. */
import { nodeEnvironment, openDawn } from '../../src/engine/environment.node.ts';
import type { EngineEnvironment } from '../../src/engine/environment.ts';

const found = await openDawn();
if (found === undefined) throw new Error('Dawn is missing: install the optional package "webgpu" (npm install).');
const gpu = found;
const inNode = await nodeEnvironment(false);

/** Without the trial at every start: a driver that compiles for a processor takes a minute for it. Tests of the variants set them. */
const tuningCache = { read: async () => 'registers', write: async () => undefined };

export function browserEnvironment(): EngineEnvironment {
  return { ...inNode, gpu, tuningCache };
}
