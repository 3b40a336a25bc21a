/** What tfjs's wasm backend (4.22.0) computes in JavaScript, or copies where sharing is enough: its own kernels, once more. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall } from './call.ts';

export interface TfjsCall extends Pick<SimdCall, 'heap' | 'share'> {
  backend: BackendWasm;
  inputs: tf.NamedTensorInfoMap;
  attributes: tf.NamedAttrMap;
}

/** @returns undefined where tfjs's own kernel has to do it */
type TfjsKernel = (call: TfjsCall) => tf.TensorInfo | undefined;

const WORD_BYTES = 4;

export const TFJS_KERNELS: Readonly<Record<string, TfjsKernel>> = {
  [tf.Cast]: cast,
  [tf.Concat]: concat,
  [tf.GatherV2]: gather,
  [tf.Identity]: identity,
  [tf.Slice]: slice,
};

/** Every tensor that an op saves for its gradient is cloned, and tfjs copies it then. */
function identity({ backend, inputs: { x } }: TfjsCall): tf.TensorInfo {
  const { dataId, shape, dtype } = x as tf.TensorInfo;
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

function slice({ heap, share, inputs, attributes }: TfjsCall): tf.TensorInfo | undefined {
  const x = inputs.x as tf.TensorInfo;
  if (!isWords(x)) return undefined;
  const [begin, size] = tf.slice_util.parseSliceParams(
    x as tf.Tensor,
    attributes.begin as number | number[],
    attributes.size as number | number[],
  );
  const y = heap.tensor(size, x.dtype);
  if (elementsOf(y) > 0) copyBlock(share, { shape: x.shape, begin, size }, heap.address(x), heap.address(y));
  return y;
}

interface Block {
  /** Of what is copied from. */
  shape: readonly number[];
  begin: readonly number[];
  size: readonly number[];
}

/** Copies a block of x to y, as few rows at a time as there are. */
function copyBlock(share: SimdCall['share'], { shape, begin, size }: Block, x: number, y: number): void {
  // From here on everything is taken.
  let whole = shape.length;
  while (whole > 0 && size[whole - 1] === shape[whole - 1]) whole--;
  const [inner, rest] = [product(shape.slice(whole)), product(shape.slice(1))];
  if (whole <= 1) {
    share('copyRows', [x + WORD_BYTES * (begin[0] ?? 0) * rest, y, 0, 0, (size[0] ?? 1) * rest], 1, 1);
    return;
  }
  const cut = whole - 1;
  const outer = shape.slice(0, cut);
  // Rows of one stride: all outer axes but the first are whole.
  if (outer.every((length, axis) => axis === 0 || size[axis] === length)) {
    const samples = product(size.slice(0, cut));
    const [xSample, ySample] = [shape[cut] * inner, size[cut] * inner];
    const from = x + WORD_BYTES * (begin[0] * rest + begin[cut] * inner);
    share('copyRows', [from, y, xSample, ySample, ySample], samples, rowsGrain(ySample));
    return;
  }
  const [xRow, yRow] = [rest, product(size.slice(1))];
  for (let i = 0; i < size[0]; i++) {
    const part: Block = { shape: shape.slice(1), begin: begin.slice(1), size: size.slice(1) };
    copyBlock(share, part, x + WORD_BYTES * (begin[0] + i) * xRow, y + WORD_BYTES * i * yRow);
  }
}

function concat({ heap, share, inputs, attributes }: TfjsCall): tf.TensorInfo | undefined {
  const parts = Object.values(inputs) as tf.TensorInfo[];
  const [{ shape, dtype }] = parts;
  if (parts.length < 2 || !parts.every((part) => isWords(part) && part.dtype === dtype && elementsOf(part) > 0)) return undefined;
  const axis = tf.util.parseAxisParam(attributes.axis as number, shape)[0];
  const outShape = tf.backend_util.computeOutShape(
    parts.map((part) => part.shape),
    axis,
  );
  const y = heap.tensor(outShape, dtype as 'float32' | 'int32');
  const rows = product(shape.slice(0, axis));
  const across = product(outShape.slice(axis));
  let to = heap.address(y);
  for (const part of parts) {
    const width = product(part.shape.slice(axis));
    share('copyRows', [heap.address(part), to, width, across, width], rows, rowsGrain(width));
    to += WORD_BYTES * width;
  }
  return y;
}

/** Rows of a matrix, which tfjs copies in C once it has looked at every index in JavaScript. */
function gather({ heap, share, inputs, attributes }: TfjsCall): tf.TensorInfo | undefined {
  const [x, indices] = [inputs.x as tf.TensorInfo, inputs.indices as tf.TensorInfo];
  const [rows, width] = x.shape;
  const isPlain = attributes.axis === 0 && (attributes.batchDims ?? 0) === 0 && x.shape.length === 2;
  if (!isPlain || !isWords(x) || indices.dtype !== 'int32') return undefined;
  const y = heap.tensor([...indices.shape, width], x.dtype);
  const taken = elementsOf(indices);
  const [from, index, to] = [x, indices, y].map((tensor) => heap.address(tensor));
  share('gatherRows', [from, index, to, rows, taken, width, 1], taken, rowsGrain(width));
  return y;
}

/** int32 and bool to float32. */
function cast({ heap, share, inputs, attributes }: TfjsCall): tf.TensorInfo | undefined {
  const x = inputs.x as tf.TensorInfo;
  if ((x.dtype !== 'int32' && x.dtype !== 'bool') || attributes.dtype !== 'float32') return undefined;
  const y = heap.tensor(x.shape);
  share(x.dtype === 'int32' ? 'toFloats' : 'boolsToFloats', [heap.address(x), heap.address(y)], elementsOf(x), ELEMENTS_GRAIN);
  return y;
}

function isWords<T extends tf.TensorInfo>(x: T): x is T & { dtype: 'float32' | 'int32' } {
  return x.dtype === 'float32' || x.dtype === 'int32';
}

function rowsGrain(width: number): number {
  return Math.max(1, Math.ceil(ELEMENTS_GRAIN / width));
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
