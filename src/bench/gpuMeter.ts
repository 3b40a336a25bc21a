/**
 * Counts at the WebGPU interface itself, so that all libraries are counted in the same way: dispatches, submits, bytes of
 * buffers, and the moment at which a step first waits for the GPU. Listens to the errors that no library listens to.
 */

export interface GpuCounts {
  dispatches: number;
  submits: number;
}

/** The buffers of one contender. */
interface Holding {
  bytes: number;
  peak: number;
}

/** There can only be one at a time: it watches the methods of all devices. */
export class GpuMeter {
  /** When the step under way first asked to be told of the GPU's progress (`performance.now()`), if it has. */
  waitedAt: number | undefined;
  private counts: GpuCounts | undefined;
  private current: Holding = { bytes: 0, peak: 0 };
  private readonly holdings = new Map<string, Holding>();
  private readonly holders = new WeakMap<GPUBuffer, Set<Holding>>();
  private readonly listening = new Set<GPUDevice>();
  private error: string | undefined;
  private readonly restore: (() => void)[];

  constructor() {
    this.restore = [
      watch(
        GPUDevice.prototype,
        'createBuffer',
        (_arguments, device) => this.listenTo(device),
        (buffer) => this.take(buffer),
      ),
      watch(GPUDevice.prototype, 'createBindGroup', ([descriptor]) => this.takeBound(descriptor)),
      watch(GPUBuffer.prototype, 'destroy', (_arguments, buffer) => this.drop(buffer)),
      watch(GPUBuffer.prototype, 'mapAsync', () => this.wait()),
      watch(GPUQueue.prototype, 'onSubmittedWorkDone', () => this.wait()),
      watch(GPUQueue.prototype, 'submit', () => this.count('submits')),
      watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => this.count('dispatches')),
      watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => this.count('dispatches')),
    ];
  }

  /** From now on, buffers that are made or bound belong to `contender`; one may belong to several that share a pool. */
  attributeTo(contender: string): void {
    const holding = this.holdings.get(contender) ?? { bytes: 0, peak: 0 };
    this.holdings.set(contender, holding);
    this.current = holding;
    this.waitedAt = undefined;
  }

  startCounting(): void {
    this.counts = { dispatches: 0, submits: 0 };
  }

  stopCounting(): GpuCounts {
    const counts = this.counts ?? { dispatches: 0, submits: 0 };
    this.counts = undefined;
    return counts;
  }

  /** Most bytes at one time in buffers of `contender`. */
  peakBytes(contender: string): number {
    return this.holdings.get(contender)?.peak ?? 0;
  }

  /** What a device complained about since the last call: commands that it refused were not executed. */
  takeError(): string | undefined {
    const { error } = this;
    this.error = undefined;
    return error;
  }

  /** Gives WebGPU its own methods back. */
  remove(): void {
    for (const giveBack of this.restore) giveBack();
    for (const device of this.listening) device.removeEventListener('uncapturederror', this.onError);
  }

  private readonly onError = (event: GPUUncapturedErrorEvent): void => {
    this.error ??= event.error.message;
  };

  private listenTo(device: GPUDevice): void {
    if (this.listening.has(device)) return;
    this.listening.add(device);
    device.addEventListener('uncapturederror', this.onError);
  }

  private count(what: keyof GpuCounts): void {
    if (this.counts !== undefined) this.counts[what] += 1;
  }

  private wait(): void {
    this.waitedAt ??= performance.now();
  }

  private take(buffer: GPUBuffer): void {
    const holders = this.holders.get(buffer) ?? new Set();
    this.holders.set(buffer, holders);
    if (holders.has(this.current)) return;
    holders.add(this.current);
    this.current.bytes += buffer.size;
    this.current.peak = Math.max(this.current.peak, this.current.bytes);
  }

  private takeBound({ entries }: GPUBindGroupDescriptor): void {
    for (const { resource } of entries) {
      if (resource instanceof GPUBuffer) this.take(resource);
      else if ('buffer' in resource) this.take(resource.buffer);
    }
  }

  private drop(buffer: GPUBuffer): void {
    for (const holding of this.holders.get(buffer) ?? []) holding.bytes -= buffer.size;
    this.holders.delete(buffer);
  }
}

type Method<Target, Name extends keyof Target> = Target[Name] extends (...args: infer Arguments) => infer Result
  ? { arguments: Arguments; result: Result }
  : never;

/** Tells `before` of each call of a method, and `after` of its result; returns the way back. */
function watch<Target extends object, Name extends keyof Target & string>(
  prototype: Target,
  name: Name,
  before?: (args: Method<Target, Name>['arguments'], target: Target) => void,
  after?: (result: Method<Target, Name>['result']) => void,
): () => void {
  const original = Object.getOwnPropertyDescriptor(prototype, name);
  if (original === undefined || typeof original.value !== 'function') throw new Error(`WebGPU has no method ${name} to watch.`);
  const method: (...args: unknown[]) => unknown = original.value;
  Object.defineProperty(prototype, name, {
    ...original,
    value(this: Target, ...args: Method<Target, Name>['arguments']) {
      before?.(args, this);
      const result = method.apply(this, args) as Method<Target, Name>['result'];
      after?.(result);
      return result;
    },
  });
  return () => Object.defineProperty(prototype, name, original);
}
