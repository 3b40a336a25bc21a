/**
 * Lets threads see the heap of tfjs. The memory of tfjs's single-threaded SIMD build belongs to its module and is not shared;
 * its threaded build has a shared one, but starts eight workers of its own from Blob addresses, none of them in Node. One
 * bit makes the difference: here the first build's memory is declared shared.
 */
import { BackendError } from '../../base/errors.ts';

const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
/** Of a memory's limits: it has a maximum, and it is shared. */
const HAS_MAXIMUM = 1;
const HAS_MAXIMUM_AND_IS_SHARED = 3;

/**
 * The same WebAssembly module, with its one memory shared.
 *
 * @throws BackendError when the module is not as tfjs 4.22 publishes it
 */
export function withSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const shared = new Uint8Array(module);
  const limits = findSection(shared, MEMORY_SECTION) + 1;
  if (shared[limits] !== HAS_MAXIMUM)
    throw new BackendError('The wasm module of TensorFlow.js has changed: its memory cannot be shared between threads.');
  shared[limits] = HAS_MAXIMUM_AND_IS_SHARED;
  return shared;
}

/** Where a section's contents start; 0 when there is no such section. */
function findSection(module: Uint8Array, id: number): number {
  let position = HEADER_BYTES;
  while (position < module.length) {
    const found = module[position++];
    let length = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = module[position++];
      length |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    if (found === id) return position;
    position += length;
  }
  return 0;
}
