/**
 * Reductions over a workgroup by subgroups, the threads that a GPU runs in step. Right for every size of them: a thread asks for its rank
 * and for the number of its mates, so that it matters neither how many they are, nor whether subgroups are full, nor of which threads.
 */

/** The first line of a kernel that reduces so. */
export const ENABLE_SUBGROUPS = 'enable subgroups;\n';

/** WGSL that every thread of the workgroup runs first: `rank`, its place in its subgroup, and how many `mates` are there, itself included. */
export const RANKS = `  let rank = subgroupExclusiveAdd(1u);
  let mates = subgroupAdd(1u);`;
