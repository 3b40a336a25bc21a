/** Looking at a run of self-distillation: as at its pretext, MAE or on words BERT, and how far the student is from its teacher and its start (methods 4.3). */
import { phaseAt } from '../config/phases.ts';
import type { Samples } from '../data/samples.ts';
import { weightDistance } from '../metrics/weightDistance.ts';
import { parameterCount } from '../model/parameters.ts';
import { encoderParameters } from '../model/transformer.ts';
import type { Task } from '../objectives/objective.ts';
import { type Matching, matchingOf, type Pretext, teacherDistance } from '../objectives/selfDistillation.ts';
import { chunks } from './chunks.ts';
import type { BoardReport } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** What a student learns beside its teacher, how it is looked at, and its task for some samples of a set. */
export interface LookedAtPretext {
  pretext: Pretext;
  view: View;
  /** With how many of the samples it is of; undefined where it asks nothing of any. */
  task(set: Samples, samples: readonly number[], maskRatio: number): { task: Task; count: number } | undefined;
}

export class DistillationView implements View {
  readonly references?: NonNullable<View['references']>;
  readonly fill?: NonNullable<View['fill']>;

  constructor(
    private readonly run: Run,
    private readonly own: LookedAtPretext,
  ) {
    const { view } = own;
    if (view.references !== undefined) this.references = view.references.bind(view);
    if (view.fill !== undefined) this.fill = view.fill.bind(view);
  }

  board(pictures: Samples): Promise<BoardReport> {
    return this.own.view.board(pictures);
  }

  async *measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const measured = yield* this.own.view.measure(set, pictures, maskRatio);
    const { loss: ownLoss = Number.NaN } = measured.scores;
    const { config, steps } = this.run;
    const matching = matchingOf(config);
    const scores = { ...measured.scores, ...(await this.distanceToStart()) };
    // The phase of the last step done: the next one's teacher does not exist yet.
    const { task } = phaseAt(config, Math.max(0, steps - 1)).phase;
    if (task !== 'distillation' || matching === undefined || Number.isNaN(ownLoss)) return { ...measured, scores };
    const distillation = yield* this.distanceToTeacher(matching, set, pictures, maskRatio);
    return { ...measured, scores: { ...scores, distillation, loss: (matching.mae ? ownLoss : 0) + distillation } };
  }

  /** Of the encoder's weights; nothing before there is a start. */
  private async distanceToStart(): Promise<{ distance?: number }> {
    const { pretrainedWeights } = this.run;
    if (pretrainedWeights === undefined) return {};
    const count = parameterCount(encoderParameters(this.run.spec));
    const weights = await this.run.readWeights();
    return { distance: weightDistance(weights.subarray(0, count), pretrainedWeights.subarray(0, count)).distance };
  }

  private async *distanceToTeacher(
    { match }: Matching,
    set: Samples,
    pictures: readonly number[],
    maskRatio: number,
  ): AsyncGenerator<undefined, number, void> {
    let sum = 0;
    let count = 0;
    for (const chunk of chunks(pictures, this.run.spec.patches)) {
      const asked = this.own.task(set, chunk, maskRatio);
      if (asked === undefined) continue;
      const [[distance]] = await this.run.forward(asked.task, (weights, uploaded, teacher) => {
        if (teacher === undefined) throw new Error('there is no teacher to measure the distance to');
        return [teacherDistance(match, this.own.pretext, weights, uploaded, teacher)];
      });
      sum += distance * asked.count;
      count += asked.count;
      yield undefined;
    }
    return sum / count;
  }
}
