/** A small ring of buffers through which a step's few numbers come back, without anybody waiting for the GPU meanwhile. */

export class ReadbackRing {
  private readonly free: GPUBuffer[] = [];
  private readonly all = new Set<GPUBuffer>();

  constructor(
    private readonly device: GPUDevice,
    private readonly source: GPUBuffer,
  ) {}

  /** Encodes the copy; the result resolves to the values once `read` is called after the submit and the GPU is done. */
  copyInto(encoder: GPUCommandEncoder): { read(): Promise<Float32Array> } {
    const buffer = this.free.pop() ?? this.create();
    encoder.copyBufferToBuffer(this.source, 0, buffer, 0, this.source.size);
    return { read: () => this.read(buffer) };
  }

  dispose(): void {
    for (const buffer of this.all) buffer.destroy();
    this.all.clear();
    this.free.length = 0;
  }

  private async read(buffer: GPUBuffer): Promise<Float32Array> {
    await buffer.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(buffer.getMappedRange().slice(0));
    buffer.unmap();
    if (this.all.has(buffer)) this.free.push(buffer);
    return values;
  }

  private create(): GPUBuffer {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const buffer = this.device.createBuffer({ label: 'readback', size: this.source.size, usage });
    this.all.add(buffer);
    return buffer;
  }
}
