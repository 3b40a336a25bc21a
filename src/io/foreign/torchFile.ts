/** Weights that `torch.save` wrote: a zip archive of a pickle and of the numbers that it refers to. */
import { CheckpointError } from '../../base/errors.ts';
import { LIMITS } from '../../config/limits.ts';
import { quote } from '../../config/quote.ts';
import { sizeText } from '../../data/wording.ts';
import { DTYPE_BYTES, readFloats } from '../floats.ts';
import type { NamedTensor, OnTensor } from '../safetensors.ts';
import { TensorView, unpickle } from './pickle.ts';
import { StoredZip } from './storedZip.ts';

/** PyTorch's names of what numbers are. What counts or indexes is no weight. */
const DTYPES: Readonly<Partial<Record<string, string>>> = {
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  DoubleStorage: 'F64',
};
/** Where trainings keep their weights beside what else they save, the first of these that is there. */
const WEIGHTS = ['model', 'state_dict', 'model_state_dict', 'teacher'];
const PICKLE = 'data.pkl';

/**
 * @returns its tensors of numbers, in their order, under its own names
 * @throws CheckpointError when it is damaged, or holds no weights
 */
export function readTorchFile(bytes: Uint8Array, onTensor?: OnTensor): NamedTensor[] {
  const zip = new StoredZip(bytes);
  const pickle = zip.names.find((name) => name.endsWith(`/${PICKLE}`));
  if (pickle === undefined) {
    throw new CheckpointError(
      `This zip archive holds no ${PICKLE}: it is no file of torch.save. Unpack it and choose the weights in it.`,
    );
  }
  const folder = pickle.slice(0, -PICKLE.length);
  const storages = new Map<string, Float32Array>();
  const tensors: NamedTensor[] = [];
  let numbers = 0;
  const views = namedViews(unpickle(zip.read(pickle)));
  for (const [i, [name, view]] of views.entries()) {
    const { type, key } = view.storage;
    const dtype = DTYPES[type];
    if (dtype === undefined) continue;
    const values = storages.get(key) ?? readFloats(dtype, wholeNumbers(zip.read(`${folder}data/${key}`), dtype));
    if (values === undefined) continue;
    storages.set(key, values);
    numbers += sizeOf(view);
    if (numbers * Float32Array.BYTES_PER_ELEMENT > LIMITS.fileBytes) {
      throw new CheckpointError(`These weights are larger than the ${sizeText(LIMITS.fileBytes)} that fit.`);
    }
    tensors.push({ name, shape: [...view.shape], data: copied(name, view, values) });
    onTensor?.(i + 1, views.length);
  }
  if (tensors.length === 0) throw new CheckpointError('This PyTorch file holds no weights: no dictionary of tensors is in it.');
  return tensors;
}

/** Of several dictionaries the one with the weights. */
function namedViews(top: unknown): [string, TensorView][] {
  const named = top instanceof Map ? WEIGHTS.map((key) => top.get(key)).find((value) => value instanceof Map) : undefined;
  const dictionary: unknown = named ?? top;
  if (!(dictionary instanceof Map)) return [];
  return [...dictionary].flatMap(([name, value]): [string, TensorView][] =>
    typeof name === 'string' && value instanceof TensorView ? [[name, value]] : [],
  );
}

function wholeNumbers(bytes: Uint8Array, dtype: string): Uint8Array {
  return bytes.subarray(0, bytes.length - (bytes.length % (DTYPE_BYTES[dtype] ?? 1)));
}

function sizeOf({ shape }: TensorView): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The numbers that a view shows, row-major; where they lie so, no copy of them. */
function copied(name: string, view: TensorView, values: Float32Array): Float32Array {
  const { offset, shape, stride } = view;
  const count = sizeOf(view);
  const last = offset + shape.reduce((sum, side, axis) => sum + (side - 1) * stride[axis], 0);
  if (count > 0 && last >= values.length)
    throw new CheckpointError(`Tensor ${quote(name)} of this file reaches beyond its numbers.`);
  if (isContiguous(shape, stride)) return values.subarray(offset, offset + count);
  const result = new Float32Array(count);
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let i = 0; i < count; i++) {
    result[i] = values[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += stride[axis];
      index[axis] += 1;
      if (index[axis] < shape[axis]) break;
      from -= stride[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}

function isContiguous(shape: readonly number[], stride: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}
