/** Puzzles that position runs are looked at and tested with (methods 1.5). */
import { joinWords } from '../base/join.ts';
import { Random } from '../base/random.ts';
import { standardError } from '../base/statistics.ts';
import type { Samples } from '../data/samples.ts';
import { shareInPlace, solveJigsaw } from '../metrics/jigsaw.ts';
import { type PositionReport, PositionScores } from '../metrics/positionScores.ts';
import { puzzleOf } from '../objectives/mp3.ts';
import type { PuzzleSlots } from '../objectives/puzzle.ts';
import { chunks, indexRange } from './chunks.ts';
import type { JigsawSample } from './reports.ts';
import type { Run } from './run.ts';

/**
 * Puzzles for looking and testing do not depend on the run's seed, nor on the mask ratio beyond how many slots are
 * context: the numbers of any two runs on the same pictures are comparable, and so are the points of one curve.
 */
const PUZZLE_SEED = 20_221;

/** Position scores of `pictures` of a set, at `maskRatio`, on the patches that are asked; yields between chunks. */
export async function* positionScores(
  run: Run,
  set: Samples,
  pictures: readonly number[],
  maskRatio: number,
): AsyncGenerator<undefined, PositionReport & { assignmentAccuracy: number; assignmentError: number }, void> {
  const { patches: n, grid } = run.spec;
  const scores = new PositionScores(grid);
  const assigned: number[] = [];
  for (const chunk of chunks(pictures, n)) {
    const solved = await solvePuzzles(run, set, chunk, maskRatio);
    const { logits, orders, context, kept, anchors } = solved;
    const cells = orders.map((order) => order.slice(anchors, kept));
    scores.add(logits, joinWords(cells), context - anchors, kept - anchors);
    for (const [i, truth] of cells.entries()) {
      assigned.push(shareInPlace(solve(solved, i).assigned.slice(anchors, kept), truth));
    }
    yield undefined;
  }
  const assignmentAccuracy = assigned.reduce((sum, share) => sum + share, 0) / pictures.length;
  return { ...scores.report(), assignmentAccuracy, assignmentError: standardError(assigned) };
}

/** How the puzzles of the board's pictures stand, at the run's own mask ratio. */
export async function boardSamples(run: Run, board: Samples): Promise<JigsawSample[]> {
  const pictures = indexRange(0, board.count);
  const solved = await solvePuzzles(run, board, pictures, run.config.task.maskRatio);
  const { orders, context, kept, anchors } = solved;
  return orders.map((order, i) => ({ order, context, kept, anchors, ...solve(solved, i) }));
}

/** More than any sum of logits: nobody else gets the cell of an anchor. */
const CERTAIN = 1e6;

/**
 * Solves one picture's puzzle, slot by slot of its order. Anchors are where they were said to be, and slots that are not asked
 * know nothing, so that the others get what is best for them.
 */
function solve({ logits, orders, kept, anchors }: Solved, picture: number) {
  const order = orders[picture];
  const n = order.length;
  const asked = kept - anchors;
  const padded = new Float32Array(n * n);
  for (let slot = 0; slot < anchors; slot++) padded[slot * n + order[slot]] = CERTAIN;
  padded.set(logits.subarray(picture * asked * n, (picture + 1) * asked * n), anchors * n);
  return solveJigsaw(padded, n);
}

interface Solved extends PuzzleSlots {
  /** (pictures, kept - anchors, n) */
  logits: Float32Array;
  /** One order of all cells per picture. */
  orders: Uint16Array[];
}

async function solvePuzzles(run: Run, set: Samples, pictures: readonly number[], maskRatio: number): Promise<Solved> {
  const puzzle = puzzleOf(run.config, run.tokenizer.tokens);
  const batch = run.tokenizer.cut(set, pictures);
  const orders = pictures.map((picture) => Uint16Array.from(new Random(PUZZLE_SEED, picture).permutation(batch.patches)));
  const [logits] = await run.forward(puzzle.task(batch, maskRatio, orders), (weights, task) => [puzzle.logits(weights, task)]);
  return { logits, orders, ...puzzle.slots(maskRatio) };
}
