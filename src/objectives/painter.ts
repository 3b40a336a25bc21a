/** What the objectives have in common that paint removed patches: masks, targets, and how they are looked at. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import type { HostTensor } from '../engine/stepper.ts';
import type { Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { arrangePatches } from './arrange.ts';
import type { LearnedTarget } from './learnedTargets.ts';
import type { PatchBatch, Task, UploadedTask } from './objective.ts';

/** Added to the variance of a patch before it is divided by (MAE's code). */
const VARIANCE_EPSILON = 1e-6;

/**
 * A model that paints. An order names the cells of one picture, those that are kept first; `kept` is how many, at least one and
 * not all.
 */
export interface Painter {
  readonly spec: ModelSpec;
  /** Whether its targets are normalised patch by patch. */
  readonly normalised: boolean;
  /** What a patch is painted as where that is not its pixels; its numbers stand for `patchLength` in what is painted, then. */
  readonly learned?: LearnedTarget;
  /** How far a pixel is from its target. */
  readonly error: 'squared' | 'absolute';
  /** Cells that stay at a mask ratio; may be none or all. */
  kept(ratio: number): number;
  /** One picture's order. */
  mask(kept: number, random: Random): Int32Array;
  /** @returns among its tensors `targets` (B, n - kept, patchLength) of the removed cells, in their order */
  task(batch: PatchBatch, orders: readonly Int32Array[], kept: number): Task;
  /** Patches as painted, in the order of their task: the removed ones (B, n - kept, patchLength), or all (B, n, patchLength). */
  paint(weights: Weights, task: UploadedTask, rows: 'removed' | 'all'): tf.Tensor3D;
}

/** Another mask for every picture of a batch. */
export function drawPainting(painter: Painter, batch: PatchBatch, ratio: number, random: Random): Task {
  const kept = painter.kept(ratio);
  const orders = Array.from({ length: batch.count }, () => painter.mask(kept, random));
  return painter.task(batch, orders, kept);
}

export function keptOf(orders: readonly Int32Array[], kept: number): Int32Array[] {
  return orders.map((order) => order.subarray(0, kept));
}

/** What the removed cells are to be painted as: (B, n - kept, patchLength), or what `learned` makes of them. */
export function removedTargets(
  batch: PatchBatch,
  orders: readonly Int32Array[],
  kept: number,
  { normalised, learned }: Pick<Painter, 'normalised' | 'learned'>,
): HostTensor {
  const removed = orders.map((order) => order.subarray(kept));
  const targets = arrangePatches(batch, removed);
  if (learned !== undefined) return learned.encode(targets);
  if (normalised) normalisePatches(targets.data as Float32Array, batch.patchLength);
  return targets;
}

/** Each patch by its own mean and spread, in place. (patches, patchLength) */
export function normalisePatches(values: Float32Array, patchLength: number): void {
  for (let begin = 0; begin < values.length; begin += patchLength) {
    const { mean, deviation } = statisticsOf(values, begin, patchLength);
    for (let i = begin; i < begin + patchLength; i++) values[i] = (values[i] - mean) / deviation;
  }
}

/** Mean of a patch and the root of its unbiased variance (over N - 1), kept from 0 (methods 2.1). */
export function patchStatistics(patch: Float32Array): { mean: number; deviation: number } {
  return statisticsOf(patch, 0, patch.length);
}

/** Of `length` numbers from `begin` on: most of a step's targets, so plain loops, which make nothing. */
function statisticsOf(values: Float32Array, begin: number, length: number): { mean: number; deviation: number } {
  let sum = 0;
  for (let i = begin; i < begin + length; i++) sum += values[i];
  const mean = sum / length;
  let squares = 0;
  for (let i = begin; i < begin + length; i++) squares += (values[i] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / (length - 1) + VARIANCE_EPSILON) };
}
