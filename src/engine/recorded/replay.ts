/** Runs a recording again. */
import type { SimdInstance } from '../../ops/simd/instance.ts';
import type { Meanwhile, StepInputs } from '../stepper.ts';
import type { Recording } from './recording.ts';

/** One step with these numbers, which have the shapes of the recorded ones. @returns a copy of what it leaves */
export function replayStep(
  { heap }: SimdInstance,
  { inputs, walk, result }: Recording,
  given: StepInputs,
  meanwhile?: Meanwhile,
): Float32Array {
  const memory = new Uint8Array(heap.memory.buffer);
  for (const [name, address] of inputs) {
    const { data } = given[name];
    memory.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), address);
  }
  walk.run(meanwhile);
  return new Float32Array(heap.memory.buffer, result.address, result.length).slice();
}
