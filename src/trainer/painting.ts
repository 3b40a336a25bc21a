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
  /** (count, n, numbers of a target) in the order of `orders`. */
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
    const { normalised, spec, learned } = this.painter;
    const painted = await this.paint(pictures, indexRange(0, pictures.count), config.task.maskRatio);
    const scores = new PaintingScores(spec.patches, this.painter.error);
    const samples = painted.orders.map((_, i) => ({
      mask: maskOf(painted.orders[i], painted.kept),
      predicted: this.picture(painted, i),
      error: addPicture(scores, painted, i),
    }));
    return { kind: 'painting', step, borrowed: normalised, ...(learned && { learned: learned.kind }), samples };
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
   * (N - 1) / N, and less where patches are flat, since they have no spread to be divided by. Of PCA coefficients it is the mean patch.
   */
  async *references(pictures: readonly number[]): AsyncGenerator<undefined, Readonly<Record<string, number>>, void> {
    const { dataset, tokenizer } = this.run;
    const { normalised, spec, error, learned } = this.painter;
    let sum = 0;
    for (const chunk of chunks(pictures, spec.patches)) {
      const batch = tokenizer.cut(dataset.heldOut, chunk);
      const { patchLength } = batch;
      const whole = { data: numbersOf(batch), shape: [chunk.length, batch.patches, patchLength] };
      const values = (learned?.encode(whole) ?? whole).data as Float32Array;
      if (normalised) normalisePatches(values, patchLength);
      const squared = error === 'squared';
      const total = values.reduce((all, value) => all + (squared ? value * value : Math.abs(value)), 0);
      sum += (total * chunk.length) / values.length;
      yield undefined;
    }
    const { words } = modalityFacts(this.run.config);
    const name = learned !== undefined ? `mean ${words.token}` : normalised ? 'zeros' : words.mean;
    return { [name]: sum / pictures.length };
  }

  private async paint(set: Samples, pictures: readonly number[], maskRatio: number): Promise<Painted> {
    const { painter, run } = this;
    const { batch, orders, kept, task } = fixedPainting(run, painter, set, pictures, maskRatio);
    const [predicted] = await run.forward(task, (weights, uploaded) => [painter.paint(weights, uploaded, 'all')]);
    const whole = arrangePatches(batch, orders);
    const targets = (painter.learned?.encode(whole) ?? whole).data as Float32Array;
    if (painter.normalised) normalisePatches(targets, batch.patchLength);
    return { batch, orders, kept, predicted, targets };
  }

  /** Sample i as painted, drawn. */
  private picture(painted: Painted, i: number): Uint8Array {
    const { learned } = this.painter;
    if (learned === undefined) return this.run.tokenizer.draw(this.asPatches(painted, i));
    return this.run.tokenizer.draw(inCells(learned.decode(partOf(painted, painted.predicted, i)), painted.orders[i]));
  }

  /** Its patches in raster order. */
  private asPatches({ batch, orders, predicted }: Painted, i: number): Float32Array {
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
    return painted;
  }
}

/** What belongs to sample i of numbers of all samples. */
function partOf({ orders }: Pick<Painted, 'orders'>, values: Float32Array, i: number): Float32Array {
  const length = values.length / orders.length;
  return values.subarray(i * length, (i + 1) * length);
}

/** Rows (n, length) put where their cells are. */
export function inCells(rows: Float32Array, order: Int32Array): Float32Array {
  const length = rows.length / order.length;
  const placed = new Float32Array(rows.length);
  order.forEach((cell, row) => {
    placed.set(rows.subarray(row * length, (row + 1) * length), cell * length);
  });
  return placed;
}

function addPicture(scores: PaintingScores, painted: Painted, i: number): number {
  const { orders, kept, predicted, targets } = painted;
  return scores.add(partOf(painted, predicted, i), partOf(painted, targets, i), orders[i], kept);
}

/** (n) 1 for the cells that were removed. */
export function maskOf(order: Int32Array, kept: number): Uint8Array {
  const mask = new Uint8Array(order.length);
  for (const cell of order.subarray(kept)) mask[cell] = 1;
  return mask;
}
