import type * as tf from '@tensorflow/tfjs-core';
import { sortedLayout } from '../sortedWords.ts';
import { scatterTable } from './gatherTable.ts';
import { elements, type Gpu, type WgslCall, type WgslOps } from './kernel.ts';
import { lanesOf, perThread, reads, writes } from './perThread.ts';

export const EMBED_WORDS_OPS: WgslOps = { EmbedWords: embedWords, EmbedWordsGrad: embedWordsGrad };

/** table (V, d), ids (B, n) -> (B, n, d) */
function embedWords({ gpu, inputs: { table, ids }, attributes: { scale } }: WgslCall): tf.TensorInfo {
  const width = table.shape[1] as number;
  const x = gpu.tensor([...ids.shape, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'embed words',
    buffers: { table: reads(type), ids: reads('i32'), x: writes(type) },
    sizes: { width: width / count },
    threads: elements(x) / count,
    body: `
  let word = u32(ids[thread / sizes.width]);
  x[thread] = table[word * sizes.width + thread % sizes.width] * f32(${scale});`,
  });
  gpu.dispatch(kernel, [table, ids, x]);
  return x;
}

/** dy (B, n, d), ids (B, n), sorted -> (words, d): the sums of parts of a word's places, then of each word's parts, both in order. */
function embedWordsGrad(call: WgslCall): tf.TensorInfo {
  const { gpu, inputs, attributes } = call;
  const { words, scale } = attributes;
  const { dy, ids, sorted } = inputs;
  if (sorted === undefined) return unsortedGrad(call);
  const width = dy.shape.at(-1) as number;
  const layout = sortedLayout(elements(ids), words);
  const partial = gpu.tensor([layout.parts, width]);
  sumPlaces(gpu, { dy, sorted, partial }, layout, width);
  const dTable = gpu.tensor([words, width]);
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'embed words gradient, words',
    buffers: { partial: reads(type), sorted: reads('i32'), dTable: writes(type) },
    sizes: { width: width / count },
    threads: elements(dTable) / count,
    body: `
  let word = thread / sizes.width;
  let end = u32(sorted[word + 1u]);
  var sum = ${type}();
  for (var part = u32(sorted[word]); part < end; part++) { sum += partial[part * sizes.width + thread % sizes.width]; }
  dTable[thread] = sum * f32(${scale});`,
  });
  gpu.dispatch(kernel, [partial, sorted, dTable]);
  gpu.dispose(partial);
  return dTable;
}

type PlacesTensors = Record<'dy' | 'sorted' | 'partial', tf.TensorInfo>;

/** Every part of a word's places: dy (B, n, d) -> partial (parts, d). */
function sumPlaces(
  gpu: Gpu,
  { dy, sorted, partial }: PlacesTensors,
  layout: ReturnType<typeof sortedLayout>,
  width: number,
): void {
  const { type, count } = lanesOf(width);
  const kernel = perThread({
    label: 'embed words gradient, places',
    buffers: { dy: reads(type), sorted: reads('i32'), partial: writes(type) },
    sizes: { width: width / count, bounds: layout.bounds, order: layout.order },
    threads: elements(partial) / count,
    body: `
  let bound = sizes.bounds + thread / sizes.width;
  let end = u32(sorted[bound + 1u]);
  var sum = ${type}();
  for (var k = u32(sorted[bound]); k < end; k++) {
    sum += dy[u32(sorted[sizes.order + k]) * sizes.width + thread % sizes.width];
  }
  partial[thread] = sum;`,
  });
  gpu.dispatch(kernel, [dy, sorted, partial]);
}

/** Every word looks for its places. */
function unsortedGrad(call: WgslCall): tf.TensorInfo {
  const { gpu, inputs, attributes } = call;
  const { words, scale } = attributes;
  const sums = scatterTable({ ...call, inputs: { dy: inputs.dy, index: inputs.ids }, attributes: { rows: words } });
  const dTable = gpu.tensor(sums.shape);
  const { type, count } = lanesOf(elements(sums));
  const kernel = perThread({
    label: 'embed words gradient, scaled',
    buffers: { sums: reads(type), dTable: writes(type) },
    threads: elements(sums) / count,
    body: `dTable[thread] = sums[thread] * f32(${scale});`,
  });
  gpu.dispatch(kernel, [sums, dTable]);
  gpu.dispose(sums);
  return dTable;
}
