/** What people may ask to compute on. */
export const BACKEND_REQUESTS = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendRequest = (typeof BACKEND_REQUESTS)[number];
export type BackendName = Exclude<BackendRequest, 'auto'>;

/** Of WebAssembly: more threads than this fight over memory bandwidth in models of our size. */
export const MOST_THREADS = 8;
