/** The plain matrix product of jax-js. */
import { blockUntilReady, jit, numpy as np } from '@jax-js/jax';
import type { BackendName } from '../../../config/backends.ts';
import { jaxArray } from './enter.ts';

/** Runs a product of two square matrices over and over without making them anew. */
export class JaxProduct {
  private factors: np.Array[] = [];
  private readonly product = jit((a: np.Array, b: np.Array) => np.matmul(a, b));

  constructor(private readonly backend: BackendName) {}

  async run(side: number): Promise<void> {
    if (this.factors[0]?.shape[0] !== side) {
      for (const factor of this.factors) factor.dispose();
      const values = Float32Array.from({ length: side * side }, (_, i) => ((i % 17) - 8) / 8);
      this.factors = [jaxArray(values, [side, side]), jaxArray(values, [side, side])];
    }
    const [a, b] = this.factors;
    const result = this.product(a.ref, b.ref);
    // Starts the work and consumes the result; the GPU's queue is waited for as a whole.
    if (this.backend === 'webgpu') await result.gpuBuffer();
    else (await blockUntilReady(result)).dispose();
  }

  dispose(): void {
    for (const factor of this.factors) factor.dispose();
    this.product.dispose();
  }
}
