/** Looking at an MP3 run: its scores on held-out pictures, its board, its attention. Nothing here changes the run. */
import { Random } from '../base/random.ts';
import { contextCount } from '../config/check.ts';
import { toPatches } from '../data/batches.ts';
import type { PictureSet } from '../data/pictures.ts';
import { attentionDistance } from '../metrics/attentionDistance.ts';
import { shareInPlace, solveJigsaw } from '../metrics/jigsaw.ts';
import { PositionScores } from '../metrics/positionScores.ts';
import { recordAttention } from '../model/recorder.ts';
import { jigsawTask, positionLogits } from '../objectives/mp3.ts';
import type { Task } from '../objectives/objective.ts';
import type { JigsawSample, PositionResult } from './reports.ts';
import type { Run } from './run.ts';

/**
 * Puzzles for looking and testing do not depend on the run's seed, nor on the mask ratio beyond how many slots are
 * context: the numbers of any two runs on the same pictures are comparable, and so are the points of one curve.
 */
const PUZZLE_SEED = 20_221;

/** Patches per forward pass while looking: large enough to be quick, small enough to let a pause through. */
const CHUNK_PATCHES = 1024;

/** Pictures of one forward pass. */
export function chunkSize(patches: number): number {
  return Math.max(1, Math.floor(CHUNK_PATCHES / patches));
}

/** Position scores of `pictures` of a set, at test mask ratio `eta`; yields between chunks. */
export async function* positionScores(
  run: Run,
  set: PictureSet,
  pictures: number,
  eta: number,
): AsyncGenerator<undefined, PositionResult, void> {
  const n = run.spec.patches;
  const scores = new PositionScores(n);
  let assigned = 0;
  const size = chunkSize(n);
  for (let first = 0; first < pictures; first += size) {
    const chunk = indexRange(first, Math.min(first + size, pictures));
    const { logits, order, context } = await solvePuzzles(run, set, chunk, eta);
    scores.add(logits, order, context);
    for (let i = 0; i < chunk.length; i++) {
      const solution = solveJigsaw(logits.subarray(i * n * n, (i + 1) * n * n), n);
      assigned += shareInPlace(solution.assigned, order.subarray(i * n, (i + 1) * n));
    }
    yield undefined;
  }
  return { ...scores.report(), eta, assignmentAccuracy: assigned / pictures };
}

/** How the puzzles of the board's pictures stand, at the run's own mask ratio. */
export async function boardSamples(run: Run, board: PictureSet): Promise<JigsawSample[]> {
  const n = run.spec.patches;
  const pictures = indexRange(0, board.count);
  const { logits, order, context } = await solvePuzzles(run, board, pictures, run.config.task.maskRatio);
  return pictures.map((i) => ({
    ...solveJigsaw(logits.subarray(i * n * n, (i + 1) * n * n), n),
    order: order.slice(i * n, (i + 1) * n),
    context,
  }));
}

/**
 * Attention of whole pictures in raster order, everything in the context (methods 8).
 *
 * @returns per layer (pictures, heads, N, N), N counting the class token if there is one
 */
export async function attentionMaps(run: Run, set: PictureSet, pictures: readonly number[]): Promise<Float32Array[]> {
  const task = puzzles(run, set, pictures, 0, (n) => indexRange(0, n));
  return run.forward(task, (weights, uploaded) => {
    const recorder = recordAttention();
    positionLogits(weights, run.spec, uploaded, recorder.attend);
    return recorder.layers;
  });
}

/** Mean attention distance in patches, (depth, heads). */
export async function attentionDistances(run: Run, set: PictureSet, pictures: readonly number[]): Promise<Float32Array> {
  const { depth, heads, patches, classToken } = run.spec;
  const distances = new Float32Array(depth * heads);
  const layers = await attentionMaps(run, set, pictures);
  const layout = { count: pictures.length, heads, side: Math.sqrt(patches), classToken };
  for (const [layer, maps] of layers.entries()) distances.set(attentionDistance(maps, layout), layer * heads);
  return distances;
}

/** The first `pictures` of a set, solved; the logits are (pictures, n, n). */
async function solvePuzzles(
  run: Run,
  set: PictureSet,
  pictures: readonly number[],
  eta: number,
): Promise<{ logits: Float32Array; order: Uint16Array; context: number }> {
  const task = puzzles(run, set, pictures, eta, (n, picture) => new Random(PUZZLE_SEED, picture).permutation(n));
  const [logits] = await run.forward(task, (weights, uploaded) => [positionLogits(weights, run.spec, uploaded)]);
  return { logits, order: Uint16Array.from(task.tensors.order.data), context: task.sizes.context };
}

function puzzles(
  run: Run,
  set: PictureSet,
  pictures: readonly number[],
  eta: number,
  orderOf: (patches: number, picture: number) => ArrayLike<number>,
): Task {
  const batch = toPatches(set, pictures, run.statistics, run.config.model.patch);
  let next = 0;
  return jigsawTask(batch, contextCount(batch.patches, eta), () => orderOf(batch.patches, pictures[next++]));
}

export function indexRange(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
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
