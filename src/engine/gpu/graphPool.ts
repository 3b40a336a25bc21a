/** The buffers of one recorded step: what a replay reads must still be there, and hold what it held at recording. */
import { type BufferPool, keyOf } from './bufferPool.ts';
import type { BufferManagerLike } from './tfjs.ts';

export class GraphPool implements BufferManagerLike {
  numBytesAllocated = 0;
  /** Says in error messages what a buffer is for. */
  purpose = '';
  private readonly free = new Map<string, GPUBuffer[]>();
  /** Written by kernels, anew in each replay: recycled within the step. */
  private readonly activations = new Set<GPUBuffer>();
  /** Written from the CPU at recording only: recycling one would make a replay compute with garbage, without any error. */
  private readonly pinned = new Set<GPUBuffer>();
  /** Buffers of the eager pool that were given back during recording: the commands may read them, so they wait. */
  private readonly foreign: GPUBuffer[] = [];

  /** Given out and not given back yet. */
  private readonly held = new Set<GPUBuffer>();
  /** How many commands there were each time a buffer was given out: what it held before is no longer needed then. */
  private readonly takings = new Map<GPUBuffer, number[]>();

  /** @param position how many commands were recorded so far */
  constructor(
    private readonly device: GPUDevice,
    private readonly eager: BufferPool,
    private readonly position: () => number,
  ) {}

  /** From which command to which, its end not included, a buffer holds what it holds at one of them. */
  tenure(buffer: GPUBuffer, command: number): { start: number; end: number } {
    const takings = this.takings.get(buffer) ?? [];
    return {
      start: takings.findLast((at) => at <= command) ?? 0,
      end: takings.find((at) => at > command) ?? Number.POSITIVE_INFINITY,
    };
  }

  get numBytesUsed(): number {
    return this.eager.numBytesUsed;
  }

  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false): GPUBuffer {
    const constant = mappedAtCreation || (usage & GPUBufferUsage.UNIFORM) !== 0;
    const recycled = constant ? undefined : this.free.get(keyOf(size, usage))?.pop();
    if (recycled !== undefined) {
      this.hold(recycled);
      return recycled;
    }
    const buffer = this.device.createBuffer({ label: this.purpose, size, usage, mappedAtCreation });
    this.count(size);
    (constant ? this.pinned : this.activations).add(buffer);
    this.hold(buffer);
    return buffer;
  }

  private hold(buffer: GPUBuffer): void {
    this.held.add(buffer);
    const takings = this.takings.get(buffer) ?? [];
    this.takings.set(buffer, [...takings, this.position()]);
  }

  releaseBuffer(buffer: GPUBuffer): void {
    this.held.delete(buffer);
    if (this.pinned.has(buffer)) return;
    if (!this.activations.has(buffer)) {
      this.foreign.push(buffer);
      return;
    }
    const key = keyOf(buffer.size, buffer.usage);
    const waiting = this.free.get(key);
    if (waiting === undefined) this.free.set(key, [buffer]);
    else waiting.push(buffer);
  }

  /**
   * Ends recording. What is still held belongs to tensors that were there before and were uploaded only now: they outlive the
   * graph, so the eager pool takes their buffers over.
   *
   * @param result the one buffer that the graph itself holds on to
   */
  handOver(result: GPUBuffer): void {
    for (const buffer of this.held) {
      if (buffer === result) continue;
      this.pinned.delete(buffer);
      this.activations.delete(buffer);
      this.count(-buffer.size);
      this.eager.adopt(buffer);
    }
    this.held.clear();
  }

  /** Destroys what only the recorded run needed. @param used what replays still need */
  keep(used: ReadonlySet<GPUBuffer>): void {
    for (const buffer of this.activations) {
      if (used.has(buffer)) continue;
      this.activations.delete(buffer);
      this.count(-buffer.size);
      buffer.destroy();
    }
  }

  getNumUsedBuffers(): number {
    return this.eager.getNumUsedBuffers();
  }

  getNumFreeBuffers(): number {
    return this.eager.getNumFreeBuffers();
  }

  /** Destroys the step's buffers; replays that were submitted keep them until they are done. */
  dispose(): void {
    for (const buffer of [...this.activations, ...this.pinned]) buffer.destroy();
    for (const buffer of this.foreign) this.eager.releaseBuffer(buffer);
    this.foreign.length = 0;
    this.count(-this.numBytesAllocated);
  }

  private count(bytes: number): void {
    this.numBytesAllocated += bytes;
    this.eager.recordedBytes += bytes;
  }
}
