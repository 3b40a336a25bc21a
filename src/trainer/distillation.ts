/** Looking at a run of self-distillation: as at MAE, and how far the student is from its teacher and its start (methods 4.3). */
import { phaseAt } from '../config/phases.ts';
import type { Samples } from '../data/samples.ts';
import { weightDistance } from '../metrics/weightDistance.ts';
import { parameterCount } from '../model/parameters.ts';
import { encoderParameters } from '../model/transformer.ts';
import { decoderOf, maePainter } from '../objectives/mae.ts';
import type { Painter } from '../objectives/painter.ts';
import { distillationTask, type Matching, matchingOf, teacherDistance } from '../objectives/selfDistillation.ts';
import { chunks } from './chunks.ts';
import { fixedPainting, PaintingView } from './painting.ts';
import type { BoardReport } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

export class DistillationView implements View {
  private readonly painter: Painter;
  private readonly painting: PaintingView;

  constructor(private readonly run: Run) {
    this.painter = maePainter(run.spec, decoderOf(run.config), run.config.mae);
    this.painting = new PaintingView(run, this.painter);
  }

  board(pictures: Samples): Promise<BoardReport> {
    return this.painting.board(pictures);
  }

  references(pictures: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    return this.painting.references(pictures);
  }

  async *measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const measured = yield* this.painting.measure(set, pictures, maskRatio);
    const { maskedError = Number.NaN } = measured.scores;
    const { config, steps } = this.run;
    const matching = matchingOf(config);
    const scores = { ...measured.scores, ...(await this.distanceToStart()) };
    // The phase of the last step done: the next one's teacher does not exist yet.
    const { task } = phaseAt(config, Math.max(0, steps - 1)).phase;
    if (task !== 'distillation' || matching === undefined || Number.isNaN(maskedError)) return { ...measured, scores };
    const distillation = yield* this.distanceToTeacher(matching, set, pictures, maskRatio);
    return { ...measured, scores: { ...scores, distillation, loss: (matching.mae ? maskedError : 0) + distillation } };
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
    for (const chunk of chunks(pictures, this.painter.spec.patches)) {
      const { batch, task } = fixedPainting(this.run, this.painter, set, chunk, maskRatio);
      const [[distance]] = await this.run.forward(distillationTask(task, batch), (weights, uploaded, teacher) => {
        if (teacher === undefined) throw new Error('there is no teacher to measure the distance to');
        return [teacherDistance(match, this.painter, weights, uploaded, teacher)];
      });
      sum += distance * chunk.length;
      yield undefined;
    }
    return sum / pictures.length;
  }
}
