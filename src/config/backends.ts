/** What people may ask to compute on. */
export const BACKEND_REQUESTS = ['auto', 'webgpu', 'webgpu-f16', 'wasm', 'cpu'] as const;
export type BackendRequest = (typeof BACKEND_REQUESTS)[number];
/** What computes; `webgpu-f16` is `webgpu` that keeps activations in 16 bits. */
export type BackendName = Exclude<BackendRequest, 'auto' | 'webgpu-f16'>;

/** Whether a request may end on a GPU, so that one is to be looked for. */
export function mayTakeGpu(request: BackendRequest): boolean {
  return request === 'auto' || request === 'webgpu' || request === 'webgpu-f16';
}

/** Of WebAssembly: more threads than this fight over memory bandwidth in models of our size. */
export const MOST_THREADS = 8;
