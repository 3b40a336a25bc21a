/** Looking at an MP3 run: its puzzles on the board and on held-out pictures (methods 1.5). */
import type { Samples } from '../data/samples.ts';
import { measureContentFloor } from './contentFloor.ts';
import { boardSamples, positionScores } from './puzzles.ts';
import type { BoardReport } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

export class JigsawView implements View {
  constructor(private readonly run: Run) {}

  async board(pictures: Samples): Promise<BoardReport> {
    return { kind: 'jigsaw', step: this.run.steps, samples: await boardSamples(this.run, pictures) };
  }

  async *measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const report = yield* positionScores(this.run, set, pictures, maskRatio);
    const {
      accuracy,
      top5,
      confusion,
      pictures: measured,
      errors: own,
      assignmentError,
      neighbours,
      words,
      meanError,
      ...others
    } = report;
    const line = {
      ...(neighbours && { rightNeighbours: neighbours.value }),
      // Where equal words are ties, how far the wrong one of two stands says nothing.
      ...(words === undefined ? { meanError } : { rightWord: words.value }),
    };
    const scores = { positionAccuracy: accuracy, positionTop5: top5, ...others, ...line };
    const { accuracy: positionAccuracy, top5: positionTop5, ...spread } = own;
    const lineErrors = {
      ...(neighbours && { rightNeighbours: neighbours.error }),
      ...(words && { rightWord: words.error }),
    };
    const errors = { positionAccuracy, positionTop5, ...spread, assignmentAccuracy: assignmentError, ...lineErrors };
    return { scores, errors, pictures: measured, confusion: { of: 'positions', counts: confusion, side: this.run.spec.patches } };
  }

  async *references(pictures: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    return { 'content only': yield* measureContentFloor(this.run.config, this.run.dataset, pictures) };
  }
}
