/** Kernels of a single workgroup that end in one sum: the last step of a mean or a norm. */
import { constants, type Kernel } from './kernel.ts';
import { type Buffer, declareBuffers } from './perThread.ts';

/** The most threads that every adapter takes in a workgroup. */
const THREADS = 256;
const SQUARE_ROOT = 16;

export interface WorkgroupKernel {
  label: string;
  constants?: Readonly<Record<string, number>>;
  buffers: Readonly<Record<string, Buffer>>;
  /** Read as `sizes.<name>`. */
  sizes: Readonly<Record<string, number>>;
  /** WGSL that leaves the share of thread `thread` of `THREADS` in the variable `sum`. */
  share: string;
  /** WGSL for the first thread alone, with the sum over all threads in `sum`. */
  finish: string;
  functions?: string;
}

/** In a fixed order, through two barriers. */
export function sumInWorkgroup(kernel: WorkgroupKernel): Kernel {
  const { buffers, sizes } = kernel;
  const code = `${constants({ THREADS, ...kernel.constants })}
${declareBuffers(buffers, sizes)}
var<workgroup> shares: array<f32, ${THREADS}>;
${kernel.functions ?? ''}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  var sum = 0f;
${kernel.share}
  shares[thread] = sum;
  workgroupBarrier();
  if (thread < ${SQUARE_ROOT}u) {
    sum = 0f;
    for (var k = 0u; k < ${SQUARE_ROOT}u; k++) { sum += shares[thread * ${SQUARE_ROOT}u + k]; }
  }
  workgroupBarrier();
  if (thread < ${SQUARE_ROOT}u) { shares[thread] = sum; }
  workgroupBarrier();
  if (thread == 0u) {
    sum = 0f;
    for (var k = 0u; k < ${SQUARE_ROOT}u; k++) { sum += shares[k]; }
${kernel.finish}
  }
}
`;
  return {
    label: kernel.label,
    code,
    bindings: Object.values(buffers).map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: [1, 1, 1],
    flops: 0,
  };
}
