/**
 * Looks at a run while it trains: the board, and rounds of measuring on held-out pictures, piece by piece. What is shown and
 * measured is the objective's affair (`View`).
 */

import { BadDataError } from '../base/errors.ts';
import { LIVE_PICTURES } from '../config/metrics.ts';
import type { Sense } from '../config/modalities/names.ts';
import { factsOf } from '../config/objectives.ts';
import { phaseAt } from '../config/phases.ts';
import { sampleOf } from '../data/sample.ts';
import type { Samples } from '../data/samples.ts';
import { uniformAttentionDistance } from '../metrics/attentionDistance.ts';
import { encodersOf, hasSense, inspectAttention, meanAttentionDistances } from './attention.ts';
import type { FindQuery } from './findNearest.ts';
import type { NoiseLevels } from './memberNoise.ts';
import type {
  AttentionReport,
  BoardReport,
  EvaluationReport,
  FilledText,
  Found,
  MaskRatioPoint,
  NoisyAnswer,
  SenseAttention,
} from './reports.ts';
import type { Run } from './run.ts';
import type { View } from './view.ts';
import { viewOf } from './views.ts';

/** Test mask ratios of the explorer. */
export const EXPLORER_MASK_RATIOS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

const CURVE_PICTURES = 128;
const ATTENTION_PICTURES = 128;
/** Points of the explorer that one round refreshes. */
const MASK_RATIOS_PER_ROUND = 4;
const REFERENCE_PIECES_BETWEEN_SCORES = 40;

type Evaluation = AsyncGenerator<EvaluationReport | undefined, void, void>;

export class Observer {
  private readonly view: View;
  private readonly curve = new Map<number, MaskRatioPoint>();
  private nextMaskRatio = 0;
  private readonly references: AsyncGenerator<undefined, Readonly<Record<string, number>>, void> | undefined;
  private report: EvaluationReport | undefined;

  constructor(private readonly run: Run) {
    this.view = viewOf(run);
    this.references = this.view.references?.(this.sample(LIVE_PICTURES));
  }

  /** How the task stands on the board's pictures. */
  board(pictures: Samples): Promise<BoardReport> {
    return this.view.board(pictures);
  }

  /** Where every head looks on one of the board's pictures; of several encoders, those of one sense. */
  inspect(pictures: Samples, sample: number, sense?: Sense): Promise<AttentionReport> {
    return inspectAttention(this.run, pictures, sample, sense);
  }

  /**
   * What the model puts into the masked places of a text; see `View.fill`.
   *
   * @throws BadDataError when it fills no words in, or the text does not have its length
   */
  async fill(ids: Int32Array, mask: Uint8Array): Promise<FilledText> {
    const { patches } = this.run.spec;
    if (this.view.fill === undefined) throw new BadDataError('This model fills no words in: take BERT or MAE on texts.');
    if (ids.length !== patches || mask.length !== patches) {
      throw new BadDataError(`A text of this run has ${patches} places, not ${ids.length}.`);
    }
    return this.view.fill(ids, mask);
  }

  /** What the model says of one of the board's samples under noise; see `View.answer`. @throws BadDataError when it answers nothing */
  async answer(samples: Samples, index: number, noise: NoiseLevels): Promise<NoisyAnswer> {
    if (this.view.answer === undefined) throw new BadDataError('Only runs with labels for some senses answer to each subset.');
    if (!(index >= 0 && index < samples.count)) throw new BadDataError('That sample is not on the board any more.');
    return this.view.answer(samples, index, noise);
  }

  /** What is nearest to a question; see `View.find`. @throws BadDataError when nothing is found by embeddings here */
  async find(query: FindQuery, board: Samples): Promise<Found> {
    if (this.view.find === undefined)
      throw new BadDataError('Only contrastive runs bring senses into one space to find things in.');
    return this.view.find(query, board);
  }

  /**
   * One round of measuring on held-out pictures, in pieces that take no longer than a training step or so. Yields the
   * report whenever a part of it is new, `undefined` after other pieces.
   *
   * @param whole whether the explorer is measured at all its ratios, as it has to be once the run rests; a part of them in turn is
   * enough while it trains on
   */
  async *evaluate(whole: boolean): Evaluation {
    yield* this.evaluateScores();
    yield* this.evaluateCurve(whole);
    yield* this.evaluateAttention();
    // Long, but only once: later rounds find it done.
    yield* this.finishReferences();
    if (whole && this.curveLacksLevels()) yield* this.evaluateCurve(true);
  }

  /** Points were measured before there was anything to compare them with. */
  private curveLacksLevels(): boolean {
    return this.view.levelsByMask === true && [...this.curve.values()].some(({ references }) => references === undefined);
  }

  /** Frees what the observer itself holds on the backend. */
  dispose(): void {
    // Runs the generator's `finally`. Its value does not matter, nor that it settles later.
    void this.references?.return({});
  }

  private async *evaluateScores(): Evaluation {
    const { dataset, config, steps: step, spec } = this.run;
    const measured = yield* this.view.measure(dataset.heldOut, this.sample(LIVE_PICTURES), config.task.maskRatio);
    // The run trained on meanwhile: what began in one phase and ended in another is true of neither.
    if (phaseAt(config, step).index !== phaseAt(config, this.run.steps).index) return;
    const report: EvaluationReport = {
      uniformDistance: uniformAttentionDistance(spec.grid),
      ...this.report,
      step,
      ...measured,
      maskRatioCurve: this.curvePoints(),
    };
    this.report = report;
    yield report;
  }

  private async *evaluateCurve(whole: boolean): Evaluation {
    const { explorer } = factsOf(this.run.config).metrics;
    if (explorer === undefined) return;
    if (whole) this.nextMaskRatio = 0;
    for (let i = 0; i < (whole ? EXPLORER_MASK_RATIOS.length : MASK_RATIOS_PER_ROUND); i++) {
      const maskRatio = EXPLORER_MASK_RATIOS[this.nextMaskRatio];
      this.nextMaskRatio = (this.nextMaskRatio + 1) % EXPLORER_MASK_RATIOS.length;
      const step = this.run.steps;
      const { scores, references } = yield* this.view.measure(this.run.dataset.heldOut, this.sample(CURVE_PICTURES), maskRatio);
      const value = scores[explorer];
      // A ratio that leaves nothing to look at, or nothing to predict, has no point.
      if (value === undefined || Number.isNaN(value)) continue;
      this.curve.set(maskRatio, { maskRatio, value, step, ...(references && { references }) });
      yield this.update({ maskRatioCurve: this.curvePoints() });
    }
  }

  private async *evaluateAttention(): Evaluation {
    const { heldOut } = this.run.dataset;
    const attentionStep = this.run.steps;
    const bySense: SenseAttention[] = [];
    for (const encoder of encodersOf(this.run)) {
      const { sense, spec } = encoder;
      const samples = this.sample(ATTENTION_PICTURES).filter((i) => sense === undefined || hasSense(heldOut, sense, i));
      const attentionDistance = yield* meanAttentionDistances(this.run, heldOut, samples, encoder);
      if (sense === undefined) {
        yield this.update({ attentionDistance, attentionStep });
        continue;
      }
      const uniform = uniformAttentionDistance(spec.grid);
      bySense.push({ sense, distances: attentionDistance, uniform, samples: samples.length });
      yield undefined;
    }
    // All at once: they are compared with each other.
    if (bySense.length > 0) yield this.update({ attentionBySense: bySense, attentionStep });
  }

  private async *finishReferences(): Evaluation {
    if (this.references === undefined) return;
    for (let piece = 1; ; piece++) {
      const result = await this.references.next();
      // Meanwhile the run trains on, and its own scores are what people watch.
      const stale = piece % REFERENCE_PIECES_BETWEEN_SCORES === 0 && this.report?.step !== this.run.steps;
      if (!result.done && stale) {
        yield* this.evaluateScores();
        yield* this.evaluateCurve(false);
      } else if (!result.done) yield undefined;
      // Once finished, the generator has no value any more.
      else if (typeof result.value !== 'object') return;
      else yield this.update({ references: result.value });
    }
  }

  private update(part: Partial<EvaluationReport>): EvaluationReport | undefined {
    if (this.report !== undefined) this.report = { ...this.report, ...part };
    return this.report;
  }

  private curvePoints(): MaskRatioPoint[] {
    return [...this.curve.values()].sort((a, b) => a.maskRatio - b.maskRatio);
  }

  /** Held-out pictures to measure on; a smaller sample is part of a larger one. */
  private sample(pictures: number): number[] {
    return sampleOf(this.run.dataset.heldOut, pictures);
  }
}
