/** Where a run's encoder looks: whole pictures in raster order, everything in the context (methods 8). */
import type * as tf from '@tensorflow/tfjs-core';
import type { Samples } from '../data/samples.ts';
import { attentionDistance } from '../metrics/attentionDistance.ts';
import { recordAttention } from '../model/recorder.ts';
import { encode, RELATIVE_INDEX } from '../model/transformer.ts';
import type { AttentionReport } from './reports.ts';
import type { Run } from './run.ts';

/** @returns per layer (pictures, heads, N, N), N counting the class token if there is one */
export async function attentionMaps(run: Run, set: Samples, pictures: readonly number[]): Promise<Float32Array[]> {
  const batch = run.tokenizer.cut(set, pictures);
  const patches = { data: batch.values, shape: [batch.count, batch.patches, batch.patchLength] };
  return run.forward({ tensors: { patches }, sizes: {} }, (weights, { tensors }) => {
    const recorder = recordAttention();
    encode(weights, run.spec, tensors.patches as tf.Tensor3D, {
      attend: recorder.attend,
      relativeIndex: tensors[RELATIVE_INDEX],
    });
    return recorder.layers;
  });
}

/** Mean attention distance in patches, (depth, heads). */
export async function attentionDistances(run: Run, set: Samples, pictures: readonly number[]): Promise<Float32Array> {
  const { depth, heads, grid, classToken } = run.spec;
  const distances = new Float32Array(depth * heads);
  const layers = await attentionMaps(run, set, pictures);
  const layout = { count: pictures.length, heads, grid, classToken };
  for (const [layer, maps] of layers.entries()) distances.set(attentionDistance(maps, layout), layer * heads);
  return distances;
}

/** Where every head looks on one picture. */
export async function inspectAttention(run: Run, set: Samples, sample: number): Promise<AttentionReport> {
  const { depth, heads, patches, classToken } = run.spec;
  const step = run.steps;
  const layers = await attentionMaps(run, set, [sample]);
  const maps = new Float32Array(depth * heads * patches * patches);
  layers.forEach((layer, index) => {
    maps.set(patchAttention(layer, heads, patches, classToken), index * heads * patches * patches);
  });
  return { step, sample, depth, heads, patches, maps };
}

/** Patch-to-patch attention of one picture: class token cut off, rows scaled to sum to 1. (heads, N, N) -> (heads, n, n). */
export function patchAttention(maps: Float32Array, heads: number, patches: number, classToken: boolean): Float32Array {
  const first = classToken ? 1 : 0;
  const tokens = patches + first;
  const result = new Float32Array(heads * patches * patches);
  for (let row = 0; row < heads * patches; row++) {
    const head = Math.floor(row / patches);
    const query = row % patches;
    const start = (head * tokens + first + query) * tokens + first;
    const weights = maps.subarray(start, start + patches);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let key = 0; key < patches; key++) result[row * patches + key] = total > 0 ? weights[key] / total : 1 / patches;
  }
  return result;
}
