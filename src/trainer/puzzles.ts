/** Puzzles that position runs are looked at and tested with (methods 1.5). */
import { joinWords } from '../base/join.ts';
import { Random } from '../base/random.ts';
import { meanOver, type Part, standardError } from '../base/statistics.ts';
import { EMPTY } from '../config/modalities/tokens.ts';
import type { Samples } from '../data/samples.ts';
import { rightNeighbours, rightWords, shareInPlace, solveJigsaw } from '../metrics/jigsaw.ts';
import { type PositionReport, PositionScores } from '../metrics/positionScores.ts';
import { puzzleOf } from '../objectives/mp3.ts';
import type { PuzzleSlots } from '../objectives/puzzle.ts';
import { textsOf } from '../objectives/words.ts';
import { chunks, indexRange } from './chunks.ts';
import type { JigsawSample } from './reports.ts';
import type { Run } from './run.ts';

/**
 * Puzzles for looking and testing do not depend on the run's seed, nor on the mask ratio beyond how many slots are
 * context: the numbers of any two runs on the same pictures are comparable, and so are the points of one curve.
 */
const PUZZLE_SEED = 20_221;

/** A mean, and its standard error over pictures. */
type Share = ReturnType<typeof meanOver>;

/** What whole solutions are worth. */
interface SolvedScores {
  assignmentAccuracy: number;
  assignmentError: number;
  /** On a line only: of all pairs of pieces that follow each other. */
  neighbours?: Share;
  /** On words only: how many of all stand where the same word belongs. */
  words?: Share;
}

/** Position scores of `pictures` of a set, at `maskRatio`, on the patches that are asked; yields between chunks. */
export async function* positionScores(
  run: Run,
  set: Samples,
  pictures: readonly number[],
  maskRatio: number,
): AsyncGenerator<undefined, PositionReport & SolvedScores, void> {
  const { patches: n, grid } = run.spec;
  const scores = new PositionScores(grid);
  const assigned: number[] = [];
  const neighbours: Part[] = [];
  const words: Part[] = [];
  for (const chunk of chunks(pictures, n)) {
    const solved = await solvePuzzles(run, set, chunk, maskRatio);
    const { logits, orders, context, kept, anchors, texts } = solved;
    const cells = orders.map((order) => order.slice(anchors, kept));
    scores.add(logits, joinWords(cells), context - anchors, kept - anchors);
    for (const [i, truth] of cells.entries()) {
      const solution = solve(solved, i);
      const guesses = solution.predicted.subarray(anchors, kept);
      assigned.push(shareInPlace(solution.assigned.slice(anchors, kept), truth));
      if (texts !== undefined) words.push(rightWords(guesses, truth, texts[i]));
      if (grid.length === 1) {
        const { predicted, confidence } = solution;
        const length = texts?.[i].findLastIndex((id) => id !== EMPTY) ?? n - 1;
        neighbours.push(
          rightNeighbours(predicted.subarray(0, kept), confidence, orders[i].subarray(0, kept), anchors, length + 1),
        );
      }
    }
    yield undefined;
  }
  const whole = { assignmentAccuracy: mean(assigned), assignmentError: standardError(assigned) };
  const line = grid.length === 1 ? { neighbours: meanOver(neighbours) } : {};
  return { ...scores.report(), ...whole, ...line, ...(words.length > 0 && { words: meanOver(words) }) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How the puzzles of the board's pictures stand, at the run's own mask ratio. */
export async function boardSamples(run: Run, board: Samples): Promise<JigsawSample[]> {
  const pictures = indexRange(0, board.count);
  const solved = await solvePuzzles(run, board, pictures, run.config.task.maskRatio);
  const { orders, context, kept, anchors, texts } = solved;
  return orders.map((order, i) => ({
    order,
    context,
    kept,
    anchors,
    ...solve(solved, i),
    ...(texts && { ids: texts[i].slice() }),
  }));
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
  /** Of words: their ids, (n) each. */
  texts?: Int32Array[];
}

async function solvePuzzles(run: Run, set: Samples, pictures: readonly number[], maskRatio: number): Promise<Solved> {
  const puzzle = puzzleOf(run.config, run.tokenizer.tokens);
  const batch = run.tokenizer.cut(set, pictures);
  const orders = pictures.map((picture) => Uint16Array.from(new Random(PUZZLE_SEED, picture).permutation(batch.patches)));
  const [logits] = await run.forward(puzzle.task(batch, maskRatio, orders), (weights, task) => [puzzle.logits(weights, task)]);
  const texts = batch.values instanceof Int32Array ? { texts: textsOf(batch) } : {};
  return { logits, orders, ...puzzle.slots(maskRatio), ...texts };
}
