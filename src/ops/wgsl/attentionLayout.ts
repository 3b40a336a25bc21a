/** What the attention kernels share: sizes, and how a thread reads the row of one head. */
import type * as tf from '@tensorflow/tfjs-core';
import { fourFunction, fourHalves, isHalf, shapeOf } from './halves.ts';
import type { Gpu, Halves } from './kernel.ts';
import { type Buffer, each, reads } from './perThread.ts';

export interface AttentionSizes {
  batch: number;
  queries: number;
  context: number;
  width: number;
  heads: number;
  /** How queries, keys and values are kept, if in 16 bits. */
  halves: Halves | undefined;
}

export function attentionSizes(gpu: Gpu, q: tf.TensorInfo, kv: tf.TensorInfo, heads: number): AttentionSizes {
  const [batch, queries, width] = shapeOf(q) as [number, number, number];
  return { batch, queries, context: kv.shape[1] as number, width, heads, halves: isHalf(q) ? gpu.halves : undefined };
}

/** Numbers of one kind (queries, outputs, ...) that a thread keeps in registers. */
const MOST_IN_REGISTERS = 64;
const MOST_QUERIES = 4;

/** How the numbers of one head are cut up. */
export interface HeadLayout {
  /** Four numbers where the head's size is a multiple of 4, else one. */
  type: 'vec4<f32>' | 'f32';
  /** Of that type in one head. */
  parts: number;
  /** Parts of the output that one thread computes: the most that divide the head evenly. */
  share: number;
  /** Whether a whole row of a head fits into a thread's registers. */
  inRegisters: boolean;
  /** That one thread has, so that a key once read serves several: as many as fit into its registers. */
  queries: number;
  /** 1 / sqrt(size) as WGSL. */
  scale: string;
  halves: Halves | undefined;
}

export function headLayout({ width, heads, halves }: AttentionSizes): HeadLayout {
  const size = width / heads;
  const lanes = size % 4 === 0 ? 4 : 1;
  const parts = size / lanes;
  let share = Math.min(parts, MOST_IN_REGISTERS / lanes);
  while (parts % share !== 0) share -= 1;
  return {
    type: lanes === 4 ? 'vec4<f32>' : 'f32',
    parts,
    share,
    inRegisters: size <= MOST_IN_REGISTERS,
    queries: Math.min(MOST_QUERIES, Math.max(1, Math.floor(MOST_IN_REGISTERS / size))),
    scale: `${Math.fround(1 / Math.sqrt(size))}f`,
    halves,
  };
}

/** What attention reads of the projections. */
const PROJECTED = ['q', 'kv'];

/** The buffers `q` and `kv`. */
export function projected({ type, halves }: HeadLayout): Record<'q' | 'kv', Buffer> {
  const buffer = reads(halves === undefined ? type : fourHalves(halves));
  return { q: buffer, kv: buffer };
}

/** What `partOf` calls. */
export function readsParts({ halves }: HeadLayout): { functions?: string } {
  return halves === undefined ? {} : { functions: fourFunction(halves) };
}

/** WGSL for one part of a buffer, in 32 bits. */
export function partOf({ halves }: HeadLayout, buffer: string, at: string): string {
  const found = `${buffer}[${at}]`;
  return halves !== undefined && PROJECTED.includes(buffer) ? `four(${found})` : found;
}

/** Of one head in a buffer of parts. */
export interface Row {
  buffer: string;
  name: string;
}

/** Reads a row's parts into registers that carry its name, if they fit. */
export function loadRow(head: HeadLayout, { buffer, name }: Row, start: string): string {
  const load = each(head.parts, (k) => `let ${name}_${k} = ${partOf(head, buffer, `${start} + ${k}u`)};`);
  return head.inRegisters ? load : `let ${name} = ${start};`;
}

/** The inner product, named `result`, of two rows that were loaded. */
export function dotRows(head: HeadLayout, result: string, a: Row, b: Row): string {
  const { type, parts, inRegisters } = head;
  const product = (x: string, y: string) => (type === 'f32' ? `${x} * ${y}` : `dot(${x}, ${y})`);
  if (inRegisters) {
    const terms = Array.from({ length: parts }, (_, k) => product(`${a.name}_${k}`, `${b.name}_${k}`));
    return `let ${result} = ${terms.join(' + ')};`;
  }
  const term = product(partOf(head, a.buffer, `${a.name} + k`), partOf(head, b.buffer, `${b.name} + k`));
  return `var ${result} = 0f;
    for (var k = 0u; k < PARTS; k++) { ${result} += ${term}; }`;
}
