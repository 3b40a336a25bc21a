/** The same training step in stock tfjs: its ops, its gradients, an update per variable, on a backend of its own. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../base/errors.ts';
import type { BackendName } from '../config/backends.ts';
import type { Contender, Entrant } from './contender.ts';
import { decays, namedValues, notPlainMp3, type Problem, StepInputs } from './problem.ts';
import { StockAdamW, type StockParameter } from './stockAdamW.ts';
import { loadStockGradients } from './stockGradients.ts';
import { StockModel } from './stockModel.ts';
import { SquareProduct, settleDevice, switchBackend } from './tfjs.ts';

const STOCK_WEBGPU = 'stock-webgpu';

export const stockTfjs: Entrant = {
  name: 'stock tfjs',
  refuses: notPlainMp3,

  async enter(problem, backend): Promise<Contender> {
    const own = backend === 'webgpu' ? await openStockWebGpu() : backend;
    await switchBackend(own);
    const trainer = new StockTrainer(problem, await loadStockGradients());
    const product = new SquareProduct((a, b) => tf.matMul(a, b));
    return {
      warmUp: 2,
      activate: () => switchBackend(own),
      step: () => trainer.step(),
      settle: settleDevice,
      multiply: async (side) => product.run(side),
      dispose() {
        product.dispose();
        trainer.dispose();
        if (own !== backend) tf.removeBackend(own);
      },
    };
  },
};

class StockTrainer {
  private readonly inputs: StepInputs;
  private readonly parameters: Record<string, StockParameter> = {};
  private readonly model: StockModel;
  private readonly optimiser: StockAdamW;

  constructor(
    private readonly problem: Problem,
    private readonly withStockGradients: <T>(take: () => T) => T,
  ) {
    this.inputs = new StepInputs(problem);
    const values = namedValues(problem, problem.weights);
    for (const placement of problem.placements) {
      const { name, shape } = placement.spec;
      const variable = tf.tidy(() => tf.variable(tf.tensor(values[name], [...shape])));
      this.parameters[name] = { variable, decays: decays(placement) };
    }
    const variables = Object.entries(this.parameters).map(([name, { variable }]) => [name, variable] as const);
    this.model = new StockModel(problem.spec, Object.fromEntries(variables));
    this.optimiser = new StockAdamW(this.parameters, problem.config.optimiser.clip);
  }

  async step(): Promise<number> {
    const { patches, order, ...rates } = this.inputs.next();
    const { spec, config } = this.problem;
    const { batch } = config.optimiser;
    const loss = tf.tidy(() => {
      const input = {
        patches: tf.tensor3d(patches, [batch, spec.patches, spec.patchLength]),
        order: tf.tensor2d(order, [batch, spec.patches], 'int32'),
        context: this.inputs.context,
      };
      const { value, gradients } = this.valueAndGradients(() => this.model.loss(input));
      this.optimiser.update(gradients, rates);
      return value;
    });
    const [value] = await loss.data<'float32'>();
    loss.dispose();
    return value;
  }

  dispose(): void {
    this.optimiser.dispose();
    tf.dispose(Object.values(this.parameters).map(({ variable }) => variable));
  }

  private valueAndGradients(loss: () => tf.Scalar): { value: tf.Scalar; gradients: Record<string, tf.Tensor> } {
    const names = Object.keys(this.parameters);
    const variables = names.map((name) => this.parameters[name].variable);
    // What tf.variableGrads does, with gradients under our names rather than tfjs's.
    const { value, grads } = this.withStockGradients(() => tf.engine().gradients(loss, variables));
    return { value: value as tf.Scalar, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]])) };
  }
}

/** A second webgpu backend, with the device that tfjs would ask for and kernels of its own: ours are not among them. */
async function openStockWebGpu(): Promise<string> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new BackendError('WebGPU offers no graphics adapter for a second device.');
  const { limits, features } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  tf.registerBackend(STOCK_WEBGPU, () => new WebGPUBackend(device, adapter.info));
  tf.copyRegisteredKernels('webgpu' satisfies BackendName, STOCK_WEBGPU);
  return STOCK_WEBGPU;
}
