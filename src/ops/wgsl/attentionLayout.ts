/** What the attention kernels share: sizes, and how a thread reads the row of one head. */
import type * as tf from '@tensorflow/tfjs-core';
import { each } from './perThread.ts';

export interface AttentionSizes {
  batch: number;
  queries: number;
  context: number;
  width: number;
  heads: number;
}

export function attentionSizes(q: tf.TensorInfo, kv: tf.TensorInfo, heads: number): AttentionSizes {
  const [batch, queries, width] = q.shape as [number, number, number];
  return { batch, queries, context: kv.shape[1] as number, width, heads };
}

/** Numbers of one head that a thread keeps in registers: of its query, and of its share of the output. */
const MOST_IN_REGISTERS = 64;

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
  /** 1 / sqrt(size) as WGSL. */
  scale: string;
}

export function headLayout(size: number): HeadLayout {
  const lanes = size % 4 === 0 ? 4 : 1;
  const parts = size / lanes;
  let share = Math.min(parts, MOST_IN_REGISTERS / lanes);
  while (parts % share !== 0) share -= 1;
  const type = lanes === 4 ? 'vec4<f32>' : 'f32';
  return { type, parts, share, inRegisters: size <= MOST_IN_REGISTERS, scale: `${Math.fround(1 / Math.sqrt(size))}f` };
}

/** Names the parts of the row of `buffer` at `start` `<name>0`, `<name>1`, ... if they fit into registers. */
export function loadRow({ parts, inRegisters }: HeadLayout, name: string, buffer: string, start: string): string {
  return inRegisters ? each(parts, (k) => `let ${name}${k} = ${buffer}[${start} + ${k}u];`) : `let ${name}Row = ${start};`;
}

/** The inner product `result` of a row that `loadRow` named with the row of `buffer` at `start`. */
export function dotRow({ type, parts, inRegisters }: HeadLayout, result: string, row: string, buffer: string, start: string) {
  const product = (a: string, b: string) => (type === 'f32' ? `${a} * ${b}` : `dot(${a}, ${b})`);
  if (inRegisters) {
    const terms = Array.from({ length: parts }, (_, k) => product(`${row}${k}`, `${buffer}[${start} + ${k}u]`));
    return `let ${result} = ${terms.join(' + ')};`;
  }
  return `var ${result} = 0f;
    for (var k = 0u; k < PARTS; k++) { ${result} += ${product(`${row}[${row}Row + k]`, `${buffer}[${start} + k]`)}; }`;
}
