/** Looking at a run that paints: MAE and SimMIM (methods 2). */
import { Random } from '../base/random.ts';
import { standardError } from '../base/statistics.ts';
import type { Scores } from '../config/metrics.ts';
import { modalityFacts } from '../config/modalities.ts';
import type { Samples } from '../data/samples.ts';
import { PaintingScores } from '../metrics/paintingScores.ts';
import { arrangePatches } from '../objectives/arrange.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import { normalisePatches, type Painter, patchStatistics } from '../objectives/painter.ts';
import { numbersOf } from '../objectives/tokenValues.ts';
import { chunks, indexRange } from './chunks.ts';
import type { BoardReport } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Masks for looking and testing do not depend on the run's seed: the numbers of any two runs can be compared. */
const MASK_SEED = 20_211;

/** Pictures with their masks, and what the model made of all their patches. */
interface Painted {
  batch: PatchBatch;
  /** Cells of each picture, kept ones first. */
  orders: Int32Array[];
  kept: number;
  /** (count, n, patchLength) in the order of `orders`. */
  predicted: Float32Array;
  targets: Float32Array;
}

/** Pictures of a set under their fixed masks, as a task. */
export function fixedPainting(run: Run, painter: Painter, set: Samples, pictures: readonly number[], maskRatio: number) {
  const batch = run.tokenizer.cut(set, pictures);
  const kept = painter.kept(maskRatio);
  const orders = pictures.map((picture) => painter.mask(kept, new Random(MASK_SEED, picture)));
  return { batch, orders, kept, task: painter.task(batch, orders, kept) };
}

export class PaintingView implements View {
  constructor(
    private readonly run: Run,
    private readonly painter: Painter,
  ) {}

  async board(pictures: Samples): Promise<BoardReport> {
    const { config, steps: step } = this.run;
    const { normalised, spec } = this.painter;
    const painted = await this.paint(pictures, indexRange(0, pictures.count), config.task.maskRatio);
    const scores = new PaintingScores(spec.patches, this.painter.error);
    const samples = painted.orders.map((_, i) => ({
      mask: maskOf(painted.orders[i], painted.kept),
      predicted: this.picture(painted, i),
      error: addPicture(scores, painted, i),
    }));
    return { kind: 'painting', step, borrowed: normalised, samples };
  }

  async *measure(set: Samples, pictures: readonly number[], maskRatio: number): AsyncGenerator<undefined, Measurement, void> {
    const { patches } = this.painter.spec;
    const scores = new PaintingScores(patches, this.painter.error);
    const own: number[] = [];
    const kept = this.painter.kept(maskRatio);
    // Without anything to see, or to paint, there is no number.
    for (const chunk of kept === 0 || kept === patches ? [] : chunks(pictures, patches)) {
      const painted = await this.paint(set, chunk, maskRatio);
      for (let i = 0; i < chunk.length; i++) own.push(addPicture(scores, painted, i));
      yield undefined;
    }
    const { maskedError, visibleError, maskedVariance, cellErrors } = scores.report();
    const squared = this.painter.error === 'squared';
    const levels: Scores = squared ? { maskedError, visibleError } : { absoluteError: maskedError };
    const error = standardError(own);
    return {
      scores: { loss: maskedError, ...levels, maskedVariance },
      errors: { loss: error, [squared ? 'maskedError' : 'absoluteError']: error },
      pictures: own.length,
      cellErrors,
    };
  }

  /**
   * What it costs to paint nothing: zeros for every pixel. Of raw pixels that is the mean colour, of raw sounds the mean of each band; of normalised ones it is near
   * (N - 1) / N, and less where patches are flat, since they have no spread to be divided by.
   */
  async *references(pictures: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    const { dataset, tokenizer } = this.run;
    const { normalised, spec, error } = this.painter;
    let sum = 0;
    for (const chunk of chunks(pictures, spec.patches)) {
      const batch = tokenizer.cut(dataset.heldOut, chunk);
      const { patchLength } = batch;
      const values = numbersOf(batch);
      if (normalised) normalisePatches(values, patchLength);
      const squared = error === 'squared';
      const total = values.reduce((all, value) => all + (squared ? value * value : Math.abs(value)), 0);
      sum += (total * chunk.length) / values.length;
      yield undefined;
    }
    return { [normalised ? 'zeros' : modalityFacts(this.run.config).words.mean]: sum / pictures.length };
  }

  private async paint(set: Samples, pictures: readonly number[], maskRatio: number): Promise<Painted> {
    const { painter, run } = this;
    const { batch, orders, kept, task } = fixedPainting(run, painter, set, pictures, maskRatio);
    const [predicted] = await run.forward(task, (weights, uploaded) => [painter.paint(weights, uploaded, 'all')]);
    const targets = arrangePatches(batch, orders).data as Float32Array;
    if (painter.normalised) normalisePatches(targets, batch.patchLength);
    return { batch, orders, kept, predicted, targets };
  }

  /** Sample i as painted, drawn. */
  private picture({ batch, orders, predicted }: Painted, i: number): Uint8Array {
    const { patches, patchLength } = batch;
    const length = patches * patchLength;
    const painted = new Float32Array(length);
    const numbers = numbersOf(batch);
    orders[i].forEach((cell, row) => {
      const from = i * length + row * patchLength;
      const patch = predicted.subarray(from, from + patchLength);
      const truth = numbers.subarray(i * length + cell * patchLength, i * length + (cell + 1) * patchLength);
      // A normalised target says nothing of a patch's mean and spread: the true ones are borrowed.
      const { mean, deviation } = this.painter.normalised ? patchStatistics(truth) : { mean: 0, deviation: 1 };
      painted.set(
        patch.map((value) => value * deviation + mean),
        cell * patchLength,
      );
    });
    return this.run.tokenizer.draw(painted);
  }
}

function addPicture(scores: PaintingScores, { batch, orders, kept, predicted, targets }: Painted, i: number): number {
  const length = batch.patches * batch.patchLength;
  const part = (values: Float32Array) => values.subarray(i * length, (i + 1) * length);
  return scores.add(part(predicted), part(targets), orders[i], kept);
}

/** (n) 1 for the cells that were removed. */
function maskOf(order: Int32Array, kept: number): Uint8Array {
  const mask = new Uint8Array(order.length);
  for (const cell of order.subarray(kept)) mask[cell] = 1;
  return mask;
}
