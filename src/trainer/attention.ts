/** Where a run's encoders look: whole samples in raster order, everything in the context (methods 8). */
import type * as tf from '@tensorflow/tfjs-core';
import { BadDataError } from '../base/errors.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Samples } from '../data/samples.ts';
import { attentionDistance } from '../metrics/attentionDistance.ts';
import { recordAttention } from '../model/recorder.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, RELATIVE_INDEX } from '../model/transformer.ts';
import { memberTensors } from '../objectives/members.ts';
import { chunks } from './chunks.ts';
import type { AttentionReport } from './reports.ts';
import type { Run } from './run.ts';

/** An encoder whose heads are looked at: that of one sense where a run has several, by itself, all tokens of that sense in sight. */
export interface LookedAt {
  sense?: Sense;
  spec: ModelSpec;
}

export function encodersOf({ objective, spec }: Run): LookedAt[] {
  return objective.senses?.specs.map((own) => ({ sense: own.name, spec: own.spec })) ?? [{ spec }];
}

/** @throws BadDataError when the run has no encoder of that sense, or several and no sense is named */
export function encoderOf(run: Run, sense: Sense | undefined): LookedAt {
  const found = encodersOf(run).find((encoder) => encoder.sense === sense);
  if (found !== undefined) return found;
  throw new BadDataError(
    sense === undefined ? 'Say of which sense: this run has several.' : `This run has no encoder of ${sense}s.`,
  );
}

/** @returns per layer (samples, heads, N, N), N counting the class token if there is one */
export async function attentionMaps(
  run: Run,
  set: Samples,
  samples: readonly number[],
  { sense, spec }: LookedAt,
): Promise<Float32Array[]> {
  const batch = run.tokenizer.cut(set, samples);
  const { senses } = run.objective;
  if (senses !== undefined && sense !== undefined) {
    const task = { tensors: memberTensors(batch, senses.specs, [sense]), sizes: {} };
    return run.forward(task, (weights, { tensors }) => {
      const { attend, layers } = recordAttention();
      senses.encodeOwn(weights, tensors, sense, { attend });
      return layers;
    });
  }
  const patches = { data: batch.values, shape: [batch.count, batch.patches, batch.patchLength] };
  return run.forward({ tensors: { patches }, sizes: {} }, (weights, { tensors }) => {
    const { attend, layers } = recordAttention();
    encode(weights, spec, tensors.patches as tf.Tensor3D, { attend, relativeIndex: tensors[RELATIVE_INDEX] });
    return layers;
  });
}

/** Mean attention distance in patches, (depth, heads). */
export async function attentionDistances(
  run: Run,
  set: Samples,
  samples: readonly number[],
  encoder: LookedAt,
): Promise<Float32Array> {
  const { depth, heads, grid, classToken } = encoder.spec;
  const distances = new Float32Array(depth * heads);
  const layers = await attentionMaps(run, set, samples, encoder);
  const layout = { count: samples.length, heads, grid, classToken };
  for (const [layer, maps] of layers.entries()) distances.set(attentionDistance(maps, layout), layer * heads);
  return distances;
}

/** The same over many samples, which all have the sense; yields between chunks. NaN of none. */
export async function* meanAttentionDistances(
  run: Run,
  set: Samples,
  samples: readonly number[],
  encoder: LookedAt,
): AsyncGenerator<undefined, Float32Array, void> {
  const { depth, heads, patches } = encoder.spec;
  const mean = new Float32Array(depth * heads).fill(samples.length === 0 ? Number.NaN : 0);
  for (const chunk of chunks(samples, patches)) {
    const distances = await attentionDistances(run, set, chunk, encoder);
    for (let i = 0; i < mean.length; i++) mean[i] += (distances[i] * chunk.length) / samples.length;
    yield undefined;
  }
  return mean;
}

/**
 * Where every head looks on one sample. Of several encoders: those of `sense`.
 *
 * @throws BadDataError as `encoderOf`, and when the sample does not have the sense
 */
export async function inspectAttention(run: Run, set: Samples, sample: number, sense?: Sense): Promise<AttentionReport> {
  const encoder = encoderOf(run, sense);
  if (sense !== undefined && !hasSense(set, sense, sample)) throw new BadDataError(`That sample has no ${sense}.`);
  const { depth, heads, patches, classToken } = encoder.spec;
  const step = run.steps;
  const layers = await attentionMaps(run, set, [sample], encoder);
  const maps = new Float32Array(depth * heads * patches * patches);
  layers.forEach((layer, index) => {
    maps.set(patchAttention(layer, heads, patches, classToken), index * heads * patches * patches);
  });
  return { step, sample, ...(sense === undefined ? {} : { sense }), depth, heads, patches, maps };
}

/** Samples of a set may lack a sense; those of one kind have all there is. */
export function hasSense(set: Samples, sense: Sense, sample: number): boolean {
  return !('present' in set) || set.present[sense]?.[sample] !== 0;
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
