/** Runs our kernels in tfjs's command stream, in order with its own. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError, messageOf } from '../../base/errors.ts';
import type { Access, Gpu, Halves, Kernel, Tuning } from '../../ops/wgsl/kernel.ts';
import { GraphPool } from './graphPool.ts';
import type { Binder } from './inPlace.ts';
import { bufferOf, flush, type TfjsGpuBackend } from './tfjs.ts';

interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

/** As many dispatches as tfjs puts into one submit: buffers of disposed tensors are free again after it. */
const DISPATCHES_PER_SUBMIT = 15;
const FLOAT_BYTES = 4;
/** A uniform block is as long as a multiple of this. */
const UNIFORM_BYTES = 16;

export class Dispatcher implements Gpu, Binder {
  tuning: Tuning = { matmul: 'registers' };
  halves: Halves | undefined;
  lanes: number | undefined;
  subgroups = false;
  private readonly pipelines = new Map<string, Pipeline>();
  /** By their contents, which never change: no dispatch can see another's numbers. */
  private readonly uniforms = new Map<string, GPUBuffer>();
  /** What each group of bindings was made for. */
  private readonly purposes = new WeakMap<GPUBindGroup, Kernel>();
  /** Set while only compiling: what would have been dispatched. */
  private wanted: Map<string, Kernel> | undefined;

  constructor(private readonly backend: TfjsGpuBackend) {}

  tensor(shape: number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    return this.backend.makeTensorInfo(shape, dtype);
  }

  dispatch(kernel: Kernel, tensors: readonly tf.TensorInfo[]): void {
    if (this.wanted !== undefined) {
      this.wanted.set(kernel.code, kernel);
      return;
    }
    const { backend } = this;
    const { pipeline, layout } = this.pipelineOf(kernel);
    const recording = backend.bufferManager instanceof GraphPool ? backend.bufferManager : undefined;
    if (recording !== undefined) recording.purpose = kernel.label;
    const entries = this.bindings(kernel, tensors);
    const bindGroup = backend.device.createBindGroup({ label: kernel.label, layout, entries });
    this.purposes.set(bindGroup, kernel);
    this.own(tensors);
    this.forgetWritten(kernel, tensors);
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...kernel.workgroups);
    backend.dispatchCountInPass += 1;
    // While recording after each, so that the next dispatch already recycles what this one read last.
    if (recording !== undefined || backend.dispatchCountInPass >= DISPATCHES_PER_SUBMIT) flush(backend);
  }

  copy(from: tf.TensorInfo, fromStart: number, to: tf.TensorInfo, toStart: number, count: number): void {
    if (this.wanted !== undefined) return;
    const { backend } = this;
    const [source, target] = [bufferOf(backend, from), bufferOf(backend, to)];
    this.own([from, to]);
    backend.endComputePassEncoder();
    backend.ensureCommandEncoderReady();
    const encoder = backend.commandEncoder as GPUCommandEncoder;
    encoder.copyBufferToBuffer(source, fromStart * FLOAT_BYTES, target, toStart * FLOAT_BYTES, count * FLOAT_BYTES);
  }

  /** Which kernel a recorded dispatch runs, by its bindings; those of tfjs's own kernels are not told apart. */
  describeDispatch(bindGroup: GPUBindGroup): { kernel: string; flops: number } {
    const kernel = this.purposes.get(bindGroup);
    return kernel === undefined ? { kernel: 'tfjs', flops: 0 } : { kernel: kernel.label, flops: kernel.flops };
  }

  accessOf(bindGroup: GPUBindGroup): readonly Access[] | undefined {
    return this.purposes.get(bindGroup)?.bindings;
  }

  rebind(bindGroup: GPUBindGroup, descriptor: GPUBindGroupDescriptor): GPUBindGroup {
    const rebound = this.backend.device.createBindGroup(descriptor);
    const kernel = this.purposes.get(bindGroup);
    if (kernel !== undefined) this.purposes.set(rebound, kernel);
    return rebound;
  }

  dispose(tensor: tf.TensorInfo): void {
    this.backend.disposeData(tensor.dataId);
  }

  /**
   * Compiles everything that `body` would run, in parallel, without running any of it.
   *
   * @param onProgress told how many of our pipelines are ready
   * @throws BackendError naming the kernel that the GPU does not take
   */
  async compileAhead(body: () => void, onProgress: (done: number, total: number) => void): Promise<void> {
    const wanted = this.collect(body);
    const missing = [...wanted.values()].filter(({ code }) => !this.pipelines.has(code));
    let done = 0;
    onProgress(0, missing.length);
    await Promise.all(
      missing.map(async (kernel) => {
        this.pipelines.set(kernel.code, await this.compile(kernel));
        done += 1;
        onProgress(done, missing.length);
      }),
    );
    await this.backend.checkCompileCompletionAsync();
  }

  private collect(body: () => void): Map<string, Kernel> {
    const wanted = new Map<string, Kernel>();
    this.wanted = wanted;
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
    try {
      body();
    } finally {
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
      this.wanted = undefined;
    }
    return wanted;
  }

  private async compile(kernel: Kernel): Promise<Pipeline> {
    const { descriptor, layout } = this.describe(kernel);
    try {
      return { pipeline: await this.backend.device.createComputePipelineAsync(descriptor), layout };
    } catch (error) {
      throw new BackendError(`The GPU cannot compile the kernel "${kernel.label}": ${messageOf(error)}`);
    }
  }

  private pipelineOf(kernel: Kernel): Pipeline {
    const known = this.pipelines.get(kernel.code);
    if (known !== undefined) return known;
    const { descriptor, layout } = this.describe(kernel);
    const made = { pipeline: this.backend.device.createComputePipeline(descriptor), layout };
    this.pipelines.set(kernel.code, made);
    return made;
  }

  /** With a layout of its own, not one derived from the text, which would leave out bindings that a variant does not use. */
  private describe({ label, code, bindings, uniforms }: Kernel): {
    descriptor: GPUComputePipelineDescriptor;
    layout: GPUBindGroupLayout;
  } {
    const { device } = this.backend;
    const types: GPUBufferBindingType[] = bindings.map((access) => (access === 'read' ? 'read-only-storage' : 'storage'));
    if (uniforms.length > 0) types.push('uniform');
    const entries = types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } }));
    const layout = device.createBindGroupLayout({ label, entries });
    const module = device.createShaderModule({ label, code });
    return {
      descriptor: {
        label,
        layout: device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: 'main' },
      },
      layout,
    };
  }

  private bindings({ bindings, uniforms }: Kernel, tensors: readonly tf.TensorInfo[]): GPUBindGroupEntry[] {
    const buffers = bindings.map((_, i) => bufferOf(this.backend, tensors[i] as tf.TensorInfo));
    if (uniforms.length > 0) buffers.push(this.uniformBuffer(uniforms));
    return buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  }

  private uniformBuffer(numbers: readonly number[]): GPUBuffer {
    const contents = numbers.join();
    const known = this.uniforms.get(contents);
    if (known !== undefined) return known;
    const size = Math.ceil((numbers.length * FLOAT_BYTES) / UNIFORM_BYTES) * UNIFORM_BYTES;
    const buffer = this.backend.device.createBuffer({ size, usage: GPUBufferUsage.UNIFORM, mappedAtCreation: true });
    new Uint32Array(buffer.getMappedRange()).set(numbers);
    buffer.unmap();
    this.uniforms.set(contents, buffer);
    return buffer;
  }

  /** tfjs keeps the buffers of these until its next submit, should they be disposed before. */
  private own(tensors: readonly tf.TensorInfo[]): void {
    for (const { dataId } of tensors) this.backend.commandQueueOwnedIds.add(dataId);
  }

  /** tfjs may have kept on the CPU what the kernel is about to change in place. */
  private forgetWritten({ bindings }: Kernel, tensors: readonly tf.TensorInfo[]): void {
    for (const [i, access] of bindings.entries()) {
      if (access === 'write') this.backend.tensorMap.get((tensors[i] as tf.TensorInfo).dataId).values = null;
    }
  }
}
