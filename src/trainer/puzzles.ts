/** Puzzles that MP3 runs are looked at and tested with (methods 1.5). */
import { Random } from '../base/random.ts';
import { contextCount } from '../config/counts.ts';
import { toPatches } from '../data/batches.ts';
import type { PictureSet } from '../data/pictures.ts';
import { shareInPlace, solveJigsaw } from '../metrics/jigsaw.ts';
import { type PositionReport, PositionScores } from '../metrics/positionScores.ts';
import { jigsawTask, positionLogits } from '../objectives/mp3.ts';
import { chunks, indexRange } from './chunks.ts';
import type { JigsawSample } from './reports.ts';
import type { Run } from './run.ts';

/**
 * Puzzles for looking and testing do not depend on the run's seed, nor on the mask ratio beyond how many slots are
 * context: the numbers of any two runs on the same pictures are comparable, and so are the points of one curve.
 */
const PUZZLE_SEED = 20_221;

/** Position scores of `pictures` of a set, at test mask ratio `eta`; yields between chunks. */
export async function* positionScores(
  run: Run,
  set: PictureSet,
  pictures: number,
  eta: number,
): AsyncGenerator<undefined, PositionReport & { assignmentAccuracy: number }, void> {
  const n = run.spec.patches;
  const scores = new PositionScores(n);
  let assigned = 0;
  for (const chunk of chunks(pictures, n)) {
    const { logits, order, context } = await solvePuzzles(run, set, chunk, eta);
    scores.add(logits, order, context);
    for (let i = 0; i < chunk.length; i++) {
      const solution = solveJigsaw(logits.subarray(i * n * n, (i + 1) * n * n), n);
      assigned += shareInPlace(solution.assigned, order.subarray(i * n, (i + 1) * n));
    }
    yield undefined;
  }
  return { ...scores.report(), assignmentAccuracy: assigned / pictures };
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

/** `pictures` of a set, solved; the logits are (pictures, n, n). */
async function solvePuzzles(
  run: Run,
  set: PictureSet,
  pictures: readonly number[],
  eta: number,
): Promise<{ logits: Float32Array; order: Uint16Array; context: number }> {
  const batch = toPatches(set, pictures, run.statistics, run.config.model.patch);
  let next = 0;
  const order = () => new Random(PUZZLE_SEED, pictures[next++]).permutation(batch.patches);
  const task = jigsawTask(batch, contextCount(batch.patches, eta), order);
  const [logits] = await run.forward(task, (weights, uploaded) => [positionLogits(weights, run.spec, uploaded)]);
  return { logits, order: Uint16Array.from(task.tensors.order.data), context: task.sizes.context };
}
