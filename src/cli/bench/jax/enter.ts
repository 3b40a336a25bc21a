/** What both ways to write the step in jax-js have in common: its device, the upload of batches, and waiting. */
import { blockUntilReady, defaultDevice, getWebGPUDevice, init, type JsTree, numpy as np } from '@jax-js/jax';
import './iteratorHelpers.ts';
import { BackendError } from '../../../base/errors.ts';
import type { Contender } from '../../../bench/contender.ts';
import { type Problem, type StepInput, StepInputs } from '../../../bench/problem.ts';
import type { BackendName } from '../../../config/backends.ts';

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
    dispose: () => jax.dispose(),
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
