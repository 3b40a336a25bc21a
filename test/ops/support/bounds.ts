import type { SimdExports } from '../../../src/ops/simd/exports.ts';

/** A call of SIMD kernels that must touch nothing but its tensors. */
export interface BoundsCase {
  name: string;
  /** Floats of each tensor, in the order of the kernel's arguments. */
  tensors: number[];
  /** Which of them the kernel writes to, its scratch included. */
  written: number[];
  run(wasm: SimdExports, addresses: number[], memory: WebAssembly.Memory): void;
}
