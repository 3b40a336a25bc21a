/** Kernels of a single workgroup that end in one sum: the last step of a mean or a norm. */
import { constants, type Gpu, type Kernel } from './kernel.ts';
import { type Buffer, declareBuffers } from './perThread.ts';
import { ENABLE_SUBGROUPS, RANKS } from './subgroups.ts';

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

/** In a fixed order; where subgroups do it, in one that the device fixes. */
export function sumInWorkgroup({ subgroups }: Pick<Gpu, 'subgroups'>, kernel: WorkgroupKernel): Kernel {
  const { buffers, sizes } = kernel;
  const code = `${subgroups ? ENABLE_SUBGROUPS : ''}${constants({ THREADS, ...kernel.constants })}
${declareBuffers(buffers, sizes)}
var<workgroup> shares: array<f32, ${THREADS}>;
${kernel.functions ?? ''}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
${subgroups ? RANKS : ''}
  var sum = 0f;
${kernel.share}
${subgroups ? SUM_BY_SUBGROUPS : SUM_BY_ROOTS}
  if (thread == 0u) {
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

/** As many sums as the root of the threads, of as many shares; then the sum of them, in the first thread. */
const SUM_BY_ROOTS = `
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
  }`;

/**
 * The sum of a subgroup stands at the place of the first of it, and nothing at those of the others: so nobody needs its number, which WGSL
 * tells in new browsers only. Every subgroup adds up all places.
 */
const SUM_BY_SUBGROUPS = `
  sum = subgroupAdd(sum);
  shares[thread] = select(0f, sum, rank == 0u);
  workgroupBarrier();
  sum = 0f;
  for (var k = rank; k < THREADS; k += mates) { sum += shares[k]; }
  sum = subgroupAdd(sum);`;
