/**
 * How parameters lie in files: with PyTorch's orientations and the names and shapes of timm, MAE and BEiT. Inside, matrices are
 * (in, out), queries stand apart from keys and values, and a patch is flattened row, column, channel.
 */
import { CheckpointError } from '../base/errors.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import type { NamedTensor } from './safetensors.ts';

type Named = Pick<ParameterSpec, 'name' | 'shape' | 'window'>;

interface Layout {
  shape: number[];
  toTorch(values: Float32Array): Float32Array;
  fromTorch(values: Float32Array): Float32Array;
}

const TOKEN = /(^|\.)(cls|mask)_token$/;
const POSITIONS = /(^|[._])pos_embed(\.\w+)?$/;
/** Rows that are looked up: as they are, as in PyTorch's `Embedding`. */
const TABLE = /\.relative_position_bias_table$|(^|\.)embed\.weight$/;

export function toTorch(spec: Named, values: Float32Array): NamedTensor {
  const { shape, toTorch } = layoutOf(spec);
  return { name: spec.name, shape, data: toTorch(values) };
}

/** The parameter's numbers from a tensor whose shape is `torchShape`'s. */
export function fromTorch(spec: Named, tensor: NamedTensor): Float32Array {
  return layoutOf(spec).fromTorch(tensor.data);
}

/** What shape the parameter has in a file. */
export function torchShape(spec: Named): number[] {
  return layoutOf(spec).shape;
}

function layoutOf({ name, shape, window }: Named): Layout {
  const [first = 1, second = 1] = shape;
  if (TOKEN.test(name)) return asItIs([1, 1, ...shape]);
  if (POSITIONS.test(name)) return asItIs([1, ...shape]);
  if (shape.length === 1 || TABLE.test(name)) return asItIs([...shape]);
  if (window !== undefined) return convolution(window, shape.at(-1) ?? 1);
  return {
    shape: [second, first],
    toTorch: (values) => transpose(values, first, second),
    fromTorch: (values) => transpose(values, second, first),
  };
}

function asItIs(shape: number[]): Layout {
  return { shape, toTorch: (values) => values.slice(), fromTorch: (values) => values };
}

/** (rows, columns, channels; out) -> (out, channels, rows, columns); on a line (taps, channels; out) -> (out, channels, taps). */
function convolution(window: readonly number[], fanOut: number): Layout {
  const channels = window.at(-1) ?? 1;
  const places = window.slice(0, -1);
  const taps = places.reduce((product, side) => product * side, 1);
  return {
    shape: [fanOut, channels, ...places],
    toTorch: (values) => moveInner(transpose(values, taps * channels, fanOut), fanOut, taps, channels),
    fromTorch: (values) => transpose(moveInner(values, fanOut, channels, taps), fanOut, taps * channels),
  };
}

/** (rows, columns) -> (columns, rows). */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
  return result;
}

/** Per row, (a, b) -> (b, a). */
function moveInner(values: Float32Array, rows: number, a: number, b: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const start = row * a * b;
    result.set(transpose(values.subarray(start, start + a * b), a, b), start);
  }
  return result;
}

/** Joins `x.q.*` and `x.kv.*` to `x.qkv.*`: rows of q, then of k, then of v. */
export function packQkv(tensors: readonly NamedTensor[]): NamedTensor[] {
  return tensors.flatMap((tensor) => {
    if (/\.attn\.kv\./.test(tensor.name)) return [];
    if (!/\.attn\.q\./.test(tensor.name)) return [tensor];
    const rest = tensors.find(({ name }) => name === tensor.name.replace('.q.', '.kv.'));
    if (rest === undefined) throw new CheckpointError(`There are no keys and values beside ${tensor.name}.`);
    const joined = new Float32Array(tensor.data.length + rest.data.length);
    joined.set(tensor.data);
    joined.set(rest.data, tensor.data.length);
    const [rows = 0, ...others] = tensor.shape;
    return [{ name: tensor.name.replace('.q.', '.qkv.'), shape: [3 * rows, ...others], data: joined }];
  });
}

export function unpackQkv(tensors: readonly NamedTensor[]): NamedTensor[] {
  return tensors.flatMap((tensor) => {
    const [rows = 0, ...others] = tensor.shape;
    if (!/\.attn\.qkv\./.test(tensor.name) || rows % 3 !== 0) return [tensor];
    const third = tensor.data.length / 3;
    return [
      { name: tensor.name.replace('.qkv.', '.q.'), shape: [rows / 3, ...others], data: tensor.data.slice(0, third) },
      { name: tensor.name.replace('.qkv.', '.kv.'), shape: [(2 * rows) / 3, ...others], data: tensor.data.slice(third) },
    ];
  });
}
