/** Kernels of independent threads: no workgroup memory, no barriers, so that software adapters run them as plain loops too. */
import { enablesHalves } from './halves.ts';
import { type Access, constants, foldedWorkgroups, type Kernel } from './kernel.ts';

const WORKGROUP = 64;

export interface Buffer {
  access: Access;
  /** Of one element: `f32`, `u32`, `vec4<f32>`. */
  type: string;
}

export function reads(type = 'f32'): Buffer {
  return { access: 'read', type };
}

export function writes(type = 'f32'): Buffer {
  return { access: 'write', type };
}

export interface ThreadKernel {
  label: string;
  /** u32 constants of the text: what the model fixes. */
  constants?: Readonly<Record<string, number>>;
  /** In binding order, by the names that `body` uses. */
  buffers: Readonly<Record<string, Buffer>>;
  /** Read as `sizes.<name>`; `sizes.threads` is there too. */
  sizes?: Readonly<Record<string, number>>;
  /** How many run. */
  threads: number;
  /** WGSL for the thread with the number `thread`. */
  body: string;
  /** WGSL functions that `body` calls. */
  functions?: string;
  flops?: number;
}

export function perThread(kernel: ThreadKernel): Kernel {
  const sizes = { threads: kernel.threads, ...kernel.sizes };
  const types = Object.values(kernel.buffers).map(({ type }) => type);
  const code = `${enablesHalves(types)}${constants(kernel.constants ?? {})}
${declareBuffers(kernel.buffers, sizes)}
${kernel.functions ?? ''}
@compute @workgroup_size(${WORKGROUP})
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  let thread = (workgroup.x + workgroup.y * workgroups.x) * ${WORKGROUP}u + lane;
  if (thread >= sizes.threads) { return; }
${kernel.body}
}
`;
  return {
    label: kernel.label,
    code,
    bindings: Object.values(kernel.buffers).map(({ access }) => access),
    uniforms: Object.values(sizes),
    workgroups: foldedWorkgroups(Math.max(1, Math.ceil(kernel.threads / WORKGROUP))),
    flops: kernel.flops ?? 0,
  };
}

/** How a buffer of so many numbers is read: by fours if they divide, which costs software adapters half as much. */
export interface Lanes {
  type: 'vec4<f32>' | 'f32';
  count: 4 | 1;
}

export function lanesOf(numbers: number): Lanes {
  return numbers % 4 === 0 ? { type: 'vec4<f32>', count: 4 } : { type: 'f32', count: 1 };
}

/** WGSL for the bindings of a kernel: its buffers, then the block `sizes` of u32. */
export function declareBuffers(buffers: Readonly<Record<string, Buffer>>, sizes: Readonly<Record<string, number>>): string {
  const entries = Object.entries(buffers);
  const lines = entries.map(([name, { access, type }], binding) => {
    const mode = access === 'read' ? 'read' : 'read_write';
    return `@group(0) @binding(${binding}) var<storage, ${mode}> ${name}: array<${type}>;`;
  });
  const fields = Object.keys(sizes).map((name) => `${name}: u32`);
  return `struct Sizes { ${fields.join(', ')} }
${lines.join('\n')}
@group(0) @binding(${entries.length}) var<uniform> sizes: Sizes;`;
}

/** One line for each of 0, 1, ... count - 1: loops written out, because registers have names and no indices. */
export function each(count: number, line: (k: number) => string): string {
  return Array.from({ length: count }, (_, k) => line(k)).join('\n');
}
