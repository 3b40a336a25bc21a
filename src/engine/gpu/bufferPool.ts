/** Buffers for the eager path, in tfjs's place: the same interface, but it can give memory back. */
import type { BufferManagerLike } from './tfjs.ts';

export class BufferPool implements BufferManagerLike {
  numBytesUsed = 0;
  numBytesAllocated = 0;
  /** Bytes beside the pool's own that recorded steps hold. */
  recordedBytes = 0;
  /** By size and usage. */
  private readonly free = new Map<string, GPUBuffer[]>();
  private readonly used = new Set<GPUBuffer>();

  constructor(private readonly device: GPUDevice) {}

  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false, reuse = true): GPUBuffer {
    const recycled = reuse ? this.free.get(keyOf(size, usage))?.pop() : undefined;
    const buffer = recycled ?? this.device.createBuffer({ size, usage, mappedAtCreation });
    if (recycled === undefined) this.numBytesAllocated += size;
    this.used.add(buffer);
    this.numBytesUsed += size;
    return buffer;
  }

  releaseBuffer(buffer: GPUBuffer, reuse = true): void {
    // After `dispose` tfjs still gives back what it held.
    if (!this.used.delete(buffer)) return;
    this.numBytesUsed -= buffer.size;
    if (!reuse) {
      this.destroy(buffer);
      return;
    }
    const key = keyOf(buffer.size, buffer.usage);
    const waiting = this.free.get(key);
    if (waiting === undefined) this.free.set(key, [buffer]);
    else waiting.push(buffer);
  }

  /** Takes over a buffer that is in use and was made elsewhere. */
  adopt(buffer: GPUBuffer): void {
    this.used.add(buffer);
    this.numBytesUsed += buffer.size;
    this.numBytesAllocated += buffer.size;
  }

  /** Destroys what nobody uses. Work that was submitted keeps its buffers until it is done. */
  trim(): void {
    for (const buffers of this.free.values()) for (const buffer of buffers) this.destroy(buffer);
    this.free.clear();
  }

  getNumUsedBuffers(): number {
    return this.used.size;
  }

  getNumFreeBuffers(): number {
    return [...this.free.values()].reduce((sum, buffers) => sum + buffers.length, 0);
  }

  dispose(): void {
    this.trim();
    for (const buffer of this.used) this.destroy(buffer);
    this.used.clear();
    this.numBytesUsed = 0;
  }

  private destroy(buffer: GPUBuffer): void {
    buffer.destroy();
    this.numBytesAllocated -= buffer.size;
  }
}

export function keyOf(size: number, usage: GPUBufferUsageFlags): string {
  return `${size}_${usage}`;
}
