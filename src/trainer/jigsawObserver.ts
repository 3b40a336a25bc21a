/** The observer of MP3 runs: scores, mask-ratio curve, attention distances and the content-only floor, piece by piece. */
import type { PictureSet } from '../data/pictures.ts';
import { uniformAttentionDistance } from '../metrics/attentionDistance.ts';
import { measureContentFloor } from './contentFloor.ts';
import {
  attentionDistances,
  attentionMaps,
  boardSamples,
  chunkSize,
  indexRange,
  patchAttention,
  positionScores,
} from './jigsaw.ts';
import type { Observer } from './observer.ts';
import type { AttentionReport, BoardReport, EtaPoint, EvaluationReport } from './reports.ts';
import type { Run } from './run.ts';

/** Test mask ratios of the explorer. */
export const EXPLORER_ETAS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** Held-out pictures that live numbers are measured on; the command line uses all of them. */
const SCORED = 256;
const CURVE_PICTURES = 128;
const ATTENTION_PICTURES = 128;
/** Points of the explorer that one round refreshes. */
const ETAS_PER_ROUND = 4;
const FLOOR_STEPS_BETWEEN_SCORES = 40;

export function jigsawObserver(run: Run): Observer {
  return new JigsawObserver(run);
}

class JigsawObserver implements Observer {
  private readonly curve = new Map<number, EtaPoint>();
  private nextEta = 0;
  private readonly floor: AsyncGenerator<undefined, number, void>;
  private report: EvaluationReport | undefined;

  constructor(private readonly run: Run) {
    this.floor = measureContentFloor(run.config, run.dataset, this.upTo(SCORED));
  }

  async board(pictures: PictureSet): Promise<BoardReport> {
    return { kind: 'jigsaw', step: this.run.steps, samples: await boardSamples(this.run, pictures) };
  }

  async *evaluate(): AsyncGenerator<EvaluationReport | undefined, void, void> {
    yield* this.evaluateScores();
    yield* this.evaluateCurve();
    yield* this.evaluateAttention();
    // Long, but only once: later rounds find it done.
    yield* this.finishFloor();
  }

  async inspect(pictures: PictureSet, sample: number): Promise<AttentionReport> {
    const { depth, heads, patches, classToken } = this.run.spec;
    const step = this.run.steps;
    const layers = await attentionMaps(this.run, pictures, [sample]);
    const maps = new Float32Array(depth * heads * patches * patches);
    layers.forEach((layer, index) => {
      maps.set(patchAttention(layer, heads, patches, classToken), index * heads * patches * patches);
    });
    return { step, sample, depth, heads, patches, maps };
  }

  dispose(): void {
    // Runs the generator's `finally`. Its value does not matter, nor that it settles later.
    void this.floor.return(Number.NaN);
  }

  private async *evaluateScores(): AsyncGenerator<EvaluationReport | undefined, void, void> {
    const step = this.run.steps;
    const scores = yield* positionScores(this.run, this.run.dataset.heldOut, this.upTo(SCORED), this.run.config.task.maskRatio);
    this.report = {
      uniformDistance: uniformAttentionDistance(Math.sqrt(this.run.spec.patches)),
      ...this.report,
      step,
      scores,
      etaCurve: this.curvePoints(),
    };
    yield this.report;
  }

  private async *evaluateCurve(): AsyncGenerator<EvaluationReport | undefined, void, void> {
    for (let i = 0; i < ETAS_PER_ROUND; i++) {
      const eta = EXPLORER_ETAS[this.nextEta];
      this.nextEta = (this.nextEta + 1) % EXPLORER_ETAS.length;
      const step = this.run.steps;
      const { accuracy } = yield* positionScores(this.run, this.run.dataset.heldOut, this.upTo(CURVE_PICTURES), eta);
      this.curve.set(eta, { eta, accuracy, step });
      yield this.update({ etaCurve: this.curvePoints() });
    }
  }

  private async *evaluateAttention(): AsyncGenerator<EvaluationReport | undefined, void, void> {
    const { depth, heads, patches } = this.run.spec;
    const total = this.upTo(ATTENTION_PICTURES);
    const mean = new Float32Array(depth * heads);
    const size = chunkSize(patches);
    for (let first = 0; first < total; first += size) {
      const chunk = indexRange(first, Math.min(first + size, total));
      const distances = await attentionDistances(this.run, this.run.dataset.heldOut, chunk);
      for (let i = 0; i < mean.length; i++) mean[i] += (distances[i] * chunk.length) / total;
      yield undefined;
    }
    yield this.update({ attentionDistance: mean });
  }

  private async *finishFloor(): AsyncGenerator<EvaluationReport | undefined, void, void> {
    for (let step = 1; ; step++) {
      const result = await this.floor.next();
      // Meanwhile the run trains on, and its own scores are what people watch.
      const stale = step % FLOOR_STEPS_BETWEEN_SCORES === 0 && this.report?.step !== this.run.steps;
      if (!result.done && stale) yield* this.evaluateScores();
      else if (!result.done) yield undefined;
      // Once finished, the generator has no value any more.
      else if (typeof result.value !== 'number') return;
      else yield this.update({ contentFloor: result.value });
    }
  }

  private update(part: Partial<EvaluationReport>): EvaluationReport | undefined {
    if (this.report !== undefined) this.report = { ...this.report, ...part };
    return this.report;
  }

  private curvePoints(): EtaPoint[] {
    return [...this.curve.values()].sort((a, b) => a.eta - b.eta);
  }

  private upTo(pictures: number): number {
    return Math.min(pictures, this.run.dataset.heldOut.count);
  }
}
