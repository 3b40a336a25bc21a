/** How well removed patches are painted (methods 2.1), collected over batches. */
import { invariant } from '../base/invariant.ts';

export interface PaintingReport {
  /** Mean error per pixel on removed patches; NaN when there were none. */
  maskedError: number;
  /** The same on patches that were kept. */
  visibleError: number;
  /**
   * Variance of a predicted pixel from one removed cell of a picture to the next, mean over pixels and pictures: 0 when all are
   * painted alike. NaN when fewer than two cells were removed.
   */
  maskedVariance: number;
  /** (n) mean error at every cell when it was removed; NaN where it never was. */
  cellErrors: Float32Array;
}

/** Sum and count of numbers that are averaged. */
interface Tally {
  sum: number;
  count: number;
}

export class PaintingScores {
  private readonly cells: Tally[];
  private readonly visible: Tally = { sum: 0, count: 0 };
  private readonly variance: Tally = { sum: 0, count: 0 };

  /** @param cells of a picture (n) */
  constructor(
    cells: number,
    private readonly error: 'squared' | 'absolute',
  ) {
    this.cells = Array.from({ length: cells }, () => ({ sum: 0, count: 0 }));
  }

  /**
   * @param predicted,targets (n, patchLength) of one picture; row r belongs to cell order[r]
   * @param kept rows below it were visible
   * @returns mean error on its removed patches
   */
  add(predicted: Float32Array, targets: Float32Array, order: ArrayLike<number>, kept: number): number {
    const length = predicted.length / order.length;
    invariant(targets.length === predicted.length, `${predicted.length} painted numbers for ${targets.length}`);
    const removed: Tally = { sum: 0, count: 0 };
    for (let row = 0; row < order.length; row++) {
      const error = this.rowError(predicted, targets, row * length, length);
      for (const tally of row < kept ? [this.visible] : [removed, this.cells[order[row]] as Tally]) {
        tally.sum += error;
        tally.count += 1;
      }
    }
    if (order.length - kept > 1) {
      this.variance.sum += varianceAcrossRows(predicted.subarray(kept * length), length);
      this.variance.count += 1;
    }
    return meanOf(removed);
  }

  report(): PaintingReport {
    const removed: Tally = { sum: 0, count: 0 };
    for (const { sum, count } of this.cells) {
      removed.sum += sum;
      removed.count += count;
    }
    return {
      maskedError: meanOf(removed),
      visibleError: meanOf(this.visible),
      maskedVariance: meanOf(this.variance),
      cellErrors: Float32Array.from(this.cells, meanOf),
    };
  }

  private rowError(predicted: Float32Array, targets: Float32Array, begin: number, length: number): number {
    let sum = 0;
    for (let i = begin; i < begin + length; i++) {
      const difference = predicted[i] - targets[i];
      sum += this.error === 'squared' ? difference * difference : Math.abs(difference);
    }
    return sum / length;
  }
}

/** Mean over columns of the variance over rows. (rows, length) */
function varianceAcrossRows(values: Float32Array, length: number): number {
  const rows = values.length / length;
  let total = 0;
  for (let column = 0; column < length; column++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += values[row * length + column] / rows;
    for (let row = 0; row < rows; row++) total += (values[row * length + column] - mean) ** 2 / rows;
  }
  return total / length;
}

function meanOf({ sum, count }: Tally): number {
  return count === 0 ? Number.NaN : sum / count;
}
