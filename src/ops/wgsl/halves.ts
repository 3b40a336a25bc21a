/**
 * Activations in 16 bits (IEEE binary16): half the memory, and half the traffic, of what a gradient needs again. They are rounded once,
 * as they are stored; every sum and every gradient has 32 bits.
 *
 * A tensor of halves is one of `int32` with half as many columns: so tfjs counts its bytes, and a kernel knows it wherever it comes from.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { Gpu, Halves } from './kernel.ts';

/** The largest finite half: what is beyond it is held there. */
const LARGEST = '65504.0';

/**
 * A new tensor for what only kernels of ours read: in 16 bits where the engine was asked to, and four numbers fit together.
 *
 * @param together how many neighbours a kernel reads at a time: a row, or the part of one head
 */
export function activations(gpu: Gpu, shape: number[], together: number = shape.at(-1) as number): tf.TensorInfo {
  if (gpu.halves === undefined || together % 4 !== 0) return gpu.tensor(shape);
  return gpu.tensor([...shape.slice(0, -1), (shape.at(-1) as number) / 2], 'int32');
}

export function isHalf({ dtype }: tf.TensorInfo): boolean {
  return dtype === 'int32';
}

/** The shape of what a tensor holds, whichever way. */
export function shapeOf(tensor: tf.TensorInfo): number[] {
  if (!isHalf(tensor)) return tensor.shape;
  return [...tensor.shape.slice(0, -1), 2 * (tensor.shape.at(-1) as number)];
}

/** WGSL type of four of them in a buffer. */
export function fourHalves(halves: Halves): string {
  return halves === 'native' ? 'vec4<f16>' : 'vec2<u32>';
}

/** WGSL for four numbers of 32 bits out of what a buffer holds. @param value a name */
export function fromHalves(halves: Halves, value: string): string {
  return halves === 'native' ? `vec4f(${value})` : `vec4f(unpack2x16float(${value}.x), unpack2x16float(${value}.y))`;
}

/** WGSL for what a buffer holds of four numbers. @param value a name */
export function toHalves(halves: Halves, value: string): string {
  if (halves === 'native') return `vec4<f16>(${held(value, 4)})`;
  return `vec2<u32>(pack2x16float(${held(`${value}.xy`, 2)}), pack2x16float(${held(`${value}.zw`, 2)}))`;
}

function held(value: string, lanes: number): string {
  return `clamp(${value}, vec${lanes}f(-${LARGEST}), vec${lanes}f(${LARGEST}))`;
}

/** WGSL function `four`: four numbers of 32 bits out of what a buffer holds. */
export function fourFunction(halves: Halves): string {
  return `fn four(stored: ${fourHalves(halves)}) -> vec4f { return ${fromHalves(halves, 'stored')}; }\n`;
}

/**
 * WGSL function `rounded`: four numbers as they come back from where they are stored, those below 2^-14 but for 2^-25. By their bits, to the
 * nearest and to even between two: Mesa's compiler takes a number that became 16 bits and came back for the number itself, and
 * SwiftShader's `quantizeToF16` cuts off.
 */
export const ROUNDED = `fn rounded(value: vec4f) -> vec4f {
  let bits = bitcast<vec4u>(${held('value', 4)});
  return bitcast<vec4f>((bits + 0xfffu + ((bits >> vec4u(13u)) & vec4u(1u))) & vec4u(0xffffe000u));
}
`;

/** The line that a text with such types begins with. */
export function enablesHalves(types: readonly string[]): string {
  return types.some((type) => type.includes('f16')) ? 'enable f16;\n' : '';
}
