/**
 * Kernels in which the lanes of a subgroup go through a row together, neighbours reading neighbouring numbers, and sum without barriers.
 * Right for subgroups of any size; only where the device has them, and WGSL the numbers of subgroups (`subgroup_id`).
 */
import { constants, foldedWorkgroups, type Kernel } from './kernel.ts';
import { type Buffer, declareBuffers } from './perThread.ts';

const WORKGROUP = 64;

export interface SubgroupKernel {
  label: string;
  /** u32 constants of the text: what the model fixes. */
  constants?: Readonly<Record<string, number>>;
  /** In binding order, by the names that the texts use. */
  buffers: Readonly<Record<string, Buffer>>;
  /** Read as `sizes.<name>`; `sizes.rows` is there too. */
  sizes?: Readonly<Record<string, number>>;
  rows: number;
  /** Lanes of the largest subgroup of the device. */
  lanes: number;
  /**
   * WGSL for row `row` of the lane `lane` of `lanes`, without a branch around `subgroupAdd`. Subgroups too many do the last row again: what is
   * written stands behind `if (inside)`.
   */
  body: string;
  /** So many threads more, and WGSL for the one with the number `thread`, which no subgroup shares with rows. */
  beside?: { threads: number; body: string };
}

export function perSubgroup(kernel: SubgroupKernel): Kernel {
  const { buffers, rows, beside } = kernel;
  const rowGroups = Math.ceil(rows / Math.max(1, Math.floor(WORKGROUP / kernel.lanes)));
  const sizes = { rows, rowGroups, ...(beside && { threads: beside.threads }), ...kernel.sizes };
  const others = beside === undefined ? 0 : Math.ceil(beside.threads / WORKGROUP);
  const code = `enable subgroups;
${constants(kernel.constants ?? {})}
${declareBuffers(buffers, sizes)}
@compute @workgroup_size(${WORKGROUP})
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
  @builtin(subgroup_id) subgroup: u32,
  @builtin(num_subgroups) subgroups: u32,
  @builtin(subgroup_invocation_id) lane: u32,
  @builtin(subgroup_size) lanes: u32,
) {
  let group = workgroup.x + workgroup.y * workgroups.x;
  if (group < sizes.rowGroups) {
    // A subgroup larger than any was said to be makes fewer rows of a workgroup than were counted on: the workgroups take turns.
    for (var first = group * subgroups; first < sizes.rows; first += sizes.rowGroups * subgroups) {
      let inside = first + subgroup < sizes.rows;
      let row = min(first + subgroup, sizes.rows - 1u);
${kernel.body}
    }
  }${
    beside === undefined
      ? ''
      : ` else {
    let thread = (group - sizes.rowGroups) * ${WORKGROUP}u + index;
    if (thread < sizes.threads) {
${beside.body}
    }
  }`
  }
}
`;
  return {
    label: kernel.label,
    code,
    bindings: Object.values(buffers).map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: foldedWorkgroups(Math.max(1, rowGroups + others)),
    flops: 0,
  };
}
