/** What both ways to write the step in jax-js have in common: its device, the upload of batches, and waiting. */
import { blockUntilReady, defaultDevice, getWebGPUDevice, init, type JsTree, jit, numpy as np } from '@jax-js/jax';
import './iteratorHelpers.ts';
import { BackendError } from '../../../base/errors.ts';
import type { Contender } from '../../../bench/contender.ts';
import { type Problem, type StepInput, StepInputs } from '../../../bench/problem.ts';
import type { BackendName } from '../../../engine/backend.ts';

export interface JaxStep {
  /**
   * One update; consumes its arguments.
   *
   * @param rates (4) learning rate, decay rate, and both bias corrections
   * @returns the loss, to be disposed of by the caller
   */
  step(patches: np.Array, order: np.Array, rates: np.Array): np.Array;
  /** What the latest update has made: weights and moments. */
  state(): JsTree<np.Array>;
  dispose(): void;
}

export async function enterJax(problem: Problem, backend: BackendName, make: () => JaxStep): Promise<Contender> {
  const available = await init(backend);
  if (!available.includes(backend)) throw new BackendError(`jax-js has no ${backend} backend here.`);
  defaultDevice(backend);
  const inputs = new StepInputs(problem);
  const jax = make();
  const product = new JaxProduct();
  return {
    warmUp: 3,
    activate: async () => void defaultDevice(backend),
    async step() {
      // To ask for one output of a jitted function starts all of it.
      const [value] = await jax.step(...upload(problem, inputs.next())).data();
      return value;
    },
    async settle() {
      if (backend === 'webgpu') await getWebGPUDevice().queue.onSubmittedWorkDone();
      else await blockUntilReady(jax.state());
    },
    multiply: (side) => product.run(side, backend),
    dispose() {
      product.dispose();
      jax.dispose();
    },
  };
}

export function jaxArray(values: Float32Array | Int32Array, shape: number[]): np.Array {
  return np.array(values.slice(), { shape, dtype: values instanceof Int32Array ? np.int32 : np.float32 });
}

function upload({ config, spec }: Problem, input: StepInput): [np.Array, np.Array, np.Array] {
  const { batch } = config.optimiser;
  const { learningRate, decayRate, firstCorrection, secondCorrection } = input;
  return [
    jaxArray(input.patches, [batch, spec.patches, spec.patchLength]),
    jaxArray(input.order, [batch, spec.patches]),
    jaxArray(Float32Array.of(learningRate, decayRate, firstCorrection, secondCorrection), [4]),
  ];
}

/** Runs a product of two square matrices over and over without making them anew. */
class JaxProduct {
  private factors: np.Array[] = [];
  private readonly product = jit((a: np.Array, b: np.Array) => np.matmul(a, b));

  async run(side: number, backend: BackendName): Promise<void> {
    if (this.factors[0]?.shape[0] !== side) {
      for (const factor of this.factors) factor.dispose();
      const values = Float32Array.from({ length: side * side }, (_, i) => ((i % 17) - 8) / 8);
      this.factors = [jaxArray(values, [side, side]), jaxArray(values, [side, side])];
    }
    const [a, b] = this.factors;
    const result = this.product(a.ref, b.ref);
    // Both start the work; only wasm has to be waited for here, the GPU's queue is waited for as a whole.
    if (backend === 'webgpu') await result.gpuBuffer();
    else await blockUntilReady(result);
    result.dispose();
  }

  dispose(): void {
    for (const factor of this.factors) factor.dispose();
    this.product.dispose();
  }
}
