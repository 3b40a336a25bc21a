/** What a graphics adapter is, in words. */

/** Whether it runs on the processor: right answers, slower than WebAssembly. */
export function isSoftware({ info }: Pick<GPUAdapter, 'info'>): boolean {
  const { isFallbackAdapter, description, architecture } = info;
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${description} ${architecture}`);
}

export function adapterName({ info }: GPUAdapter): string {
  const words = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
  return words || 'unnamed adapter';
}
