/**
 * What a kernel on WebGPU is, and what it asks of whoever runs it. A kernel is plain data made by a pure function from sizes and a
 * variant; nothing here knows tfjs beyond the handle of a tensor, so that another executor could run the same kernels.
 */
import type * as tf from '@tensorflow/tfjs-core';

/** `read` is `var<storage, read>`, `write` is `var<storage, read_write>`; one buffer must not be bound as both. */
export type Access = 'read' | 'write';

export interface Kernel {
  /** Op and part, for timings and error messages: `linear forward`. */
  label: string;
  /**
   * WGSL with the entry point `main` and all bindings in group 0. One text is one pipeline, so what changes from call to call with
   * the same model (rows, context) belongs into `uniforms`, what the model fixes (widths) into constants of the text.
   */
  code: string;
  /** Bindings 0, 1, ... in order. */
  bindings: readonly Access[];
  /** Unsigned numbers of the uniform block, which is the binding after the last of `bindings`; none if empty. */
  uniforms: readonly number[];
  /** Workgroups to start, each at most 65,535. */
  workgroups: readonly [x: number, y: number, z: number];
  /** Floating-point operations, for the share of the peak; 0 where memory is what it waits for. */
  flops: number;
}

/**
 * Ways to multiply matrices. `registers`: every invocation sums a tile in registers, operands straight from storage and no barriers;
 * right everywhere. `largeRegisters`: the same with larger tiles, for software adapters, where loads cost most. `tiles`: operands pass
 * through workgroup memory; `smallTiles`: the same with smaller tiles, for small matrices.
 */
export const MATMUL_VARIANTS = ['registers', 'largeRegisters', 'tiles', 'smallTiles'] as const;
export type MatmulVariant = (typeof MATMUL_VARIANTS)[number];

/** Ways to sum along rows: a thread for each row, right everywhere, or the lanes of a subgroup together, where the device has them. */
export const ROW_VARIANTS = ['threads', 'subgroups'] as const;
export type RowVariant = (typeof ROW_VARIANTS)[number];

/** Which variant of each heavy kernel this adapter runs fastest. */
export interface Tuning {
  matmul: MatmulVariant;
  /** Absent: `threads`. */
  rows?: RowVariant;
  /** How many workgroups keep it busy, if that is not the variant's own estimate. */
  busy?: number;
}

const BY_SUBGROUPS = ', rows by subgroups';

/** What numbers depend on, in words: "tiles", "tiles, rows by subgroups". */
export function nameOf({ matmul, rows }: Tuning): string {
  return `${matmul}${rows === 'subgroups' ? BY_SUBGROUPS : ''}`;
}

/** @returns undefined for what is no name, and for subgroups on a device that has none */
export function tuningNamed(name: string | undefined, { lanes }: Pick<Gpu, 'lanes'>): Tuning | undefined {
  const matmul = MATMUL_VARIANTS.find((variant) => name === variant || name === `${variant}${BY_SUBGROUPS}`);
  if (matmul === undefined) return undefined;
  if (name === matmul) return { matmul };
  return lanes === undefined ? undefined : { matmul, rows: 'subgroups' };
}

/** How WGSL reads numbers of 16 bits: as pairs in words, which every adapter can, or as `f16`, with the feature `shader-f16`. */
export type Halves = 'packed' | 'native';

/** The executor, as ops see it. */
export interface Gpu {
  readonly tuning: Tuning;
  /** How activations are kept in 16 bits; undefined: in 32. */
  readonly halves?: Halves | undefined;
  /** Lanes of the largest subgroup; undefined: kernels do without subgroups. */
  readonly lanes?: number | undefined;
  /** Whether the threads of a workgroup reduce by subgroups; how rows are summed is a matter of `tuning`. */
  readonly subgroups?: boolean;
  /** A new tensor of undefined values. */
  tensor(shape: number[], dtype?: 'float32' | 'int32'): tf.TensorInfo;
  /** Runs a kernel after all earlier ones; `tensors` are its bindings in order. */
  dispatch(kernel: Kernel, tensors: readonly tf.TensorInfo[]): void;
  /** Copies `count` elements, from and to the given elements. */
  copy(from: tf.TensorInfo, fromStart: number, to: tf.TensorInfo, toStart: number, count: number): void;
  /** Gives back a tensor that only the op itself used; kernels dispatched so far still see it. */
  dispose(tensor: tf.TensorInfo): void;
}

/** One call of an op: what its host file gave `kernelOr`. */
export interface WgslCall {
  gpu: Gpu;
  inputs: Readonly<Record<string, tf.TensorInfo>>;
  attributes: Readonly<Record<string, number>>;
  /** Of `splitFlat`. */
  sizes: readonly number[];
  /** Of `infoNce`: two modalities each. */
  pairs: readonly number[];
}

/** Ops by the names that their host files give `kernelOr`. */
export type WgslOps = Readonly<Record<string, (call: WgslCall) => tf.TensorInfo | tf.TensorInfo[]>>;

export function elements({ shape }: tf.TensorInfo): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** WGSL constants of type u32, one a line: the sizes that a kernel's text is made for. */
export function constants(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `const ${name} = ${value}u;\n`)
    .join('');
}

/** The most workgroups that every adapter takes in one dimension. */
const MOST_WORKGROUPS = 65_535;

/** Workgroups for a line of so many, folded into x and y; kernels count with `id.x + id.y * groups.x` and check the end. */
export function foldedWorkgroups(count: number): readonly [number, number, number] {
  const x = Math.min(count, MOST_WORKGROUPS);
  return [x, Math.ceil(count / x), 1];
}
