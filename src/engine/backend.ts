/** Which tfjs backend runs, and the true reason why. */

export const BACKEND_REQUESTS = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendRequest = (typeof BACKEND_REQUESTS)[number];
export type BackendName = Exclude<BackendRequest, 'auto'>;

export interface BackendInfo {
  name: BackendName;
  /** For the chip in the header: "WebGPU - Apple M2", "WebAssembly, 2 threads". */
  label: string;
  /** Why this one runs, in a sentence for people. */
  reason: string;
  /** True when the visitor's machine could run faster with another browser, address or setting. */
  degraded: boolean;
}
