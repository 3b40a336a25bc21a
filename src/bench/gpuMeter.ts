/**
 * Counts at the WebGPU interface itself, so that all libraries are counted in the same way: dispatches, submits, bytes of
 * buffers, and the moment at which a step first waits for the GPU.
 */

export interface GpuCounts {
  dispatches: number;
  submits: number;
}

/** Replaces a method by one that is told about each call first; returns the way back. */
type Watch = () => void;

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
  private readonly watches: Watch[];

  constructor() {
    this.watches = [
      watch(GPUDevice.prototype, 'createBuffer', undefined, (buffer) => this.take(buffer)),
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

  /** Gives WebGPU its own methods back. */
  remove(): void {
    for (const unwatch of this.watches) unwatch();
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

/** Tells `before` of each call of a method, and `after` of its result. */
function watch<Target extends object, Name extends keyof Target & string>(
  prototype: Target,
  name: Name,
  before?: (args: Method<Target, Name>['arguments'], target: Target) => void,
  after?: (result: Method<Target, Name>['result']) => void,
): Watch {
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
