/** How well patches are put where they belong (methods 1.5), collected over batches. */

import { invariant } from '../base/invariant.ts';
import { standardError } from '../base/statistics.ts';
import { cellCount, type Grid } from '../config/modalities/tokens.ts';
import { cellDistances } from './cellDistances.ts';
import { argmaxOfRow, logSumExpOfRow } from './rows.ts';

export interface PositionReport {
  pictures: number;
  /** Mean cross-entropy over all patches, natural logarithm. NaN when the model predicts nothing for some patch. */
  loss: number;
  /** Share of all patches whose largest logit is their own cell. */
  accuracy: number;
  /** Share of all patches whose own cell is among the five largest logits; of equal logits the first cells count. */
  top5: number;
  /** Accuracy of the patches in the context. */
  contextAccuracy: number;
  /** Accuracy of the other patches; NaN when there are none. */
  maskedAccuracy: number;
  /** Mean Euclidean distance from the predicted to the true cell, in patches, over the patches that have a prediction. */
  meanError: number;
  /** (n, n) counts: row = true cell, column = predicted cell. */
  confusion: Uint32Array;
  /** Standard errors over pictures: patches of one picture are not independent of each other. */
  errors: Readonly<Record<'loss' | Shares, number>>;
}

type Shares = 'accuracy' | 'top5' | 'contextAccuracy' | 'maskedAccuracy';

/** What a picture is worth by itself. */
interface Tally {
  patches: number;
  right: number;
}

/**
 * Patches without a usable prediction (a NaN among the logits) count as wrong, turn the loss into NaN, and stay out of
 * `meanError` and `confusion`. A report before any `add` holds NaN shares.
 */
export class PositionScores {
  private readonly patches: number;
  private readonly distances: Float64Array;
  private readonly confusion: Uint32Array;
  private pictures = 0;
  private loss = 0;
  private top5 = 0;
  private error = 0;
  private readonly context: Tally = { patches: 0, right: 0 };
  private readonly masked: Tally = { patches: 0, right: 0 };
  private readonly own: Record<'loss' | Shares, number[]> = {
    loss: [],
    accuracy: [],
    top5: [],
    contextAccuracy: [],
    maskedAccuracy: [],
  };

  /** @param grid where the cells lie */
  constructor(grid: Grid) {
    this.patches = cellCount(grid);
    this.distances = cellDistances(grid);
    this.confusion = new Uint32Array(this.patches * this.patches);
  }

  /**
   * @param logits (count, slots, n) picture, slot, cell
   * @param order (count, slots) slot s holds the patch of cell order[s]
   * @param context slots below it are context
   * @param slots of a picture; all n cells unless some patches are not asked
   */
  add(logits: Float32Array, order: Uint16Array, context: number, slots = this.patches): void {
    const n = this.patches;
    const rows = order.length;
    invariant(rows % slots === 0 && logits.length === rows * n, `${logits.length} logits do not fit ${rows} slots of ${n} cells`);
    for (let picture = 0; picture < rows / slots; picture++) {
      const before = this.totals();
      for (let slot = 0; slot < slots; slot++) {
        const row = picture * slots + slot;
        this.addSlot(logits, row * n, order[row], slot < context ? this.context : this.masked);
      }
      this.keepOwn(before, slots);
    }
    this.pictures += rows / slots;
  }

  private totals() {
    return { loss: this.loss, top5: this.top5, context: { ...this.context }, masked: { ...this.masked } };
  }

  /** The shares of the picture that was added last. */
  private keepOwn(before: ReturnType<PositionScores['totals']>, slots: number): void {
    const after = this.totals();
    const context = {
      patches: after.context.patches - before.context.patches,
      right: after.context.right - before.context.right,
    };
    const masked = { patches: after.masked.patches - before.masked.patches, right: after.masked.right - before.masked.right };
    this.own.loss.push((after.loss - before.loss) / slots);
    this.own.accuracy.push((context.right + masked.right) / slots);
    this.own.top5.push((after.top5 - before.top5) / slots);
    if (context.patches > 0) this.own.contextAccuracy.push(context.right / context.patches);
    if (masked.patches > 0) this.own.maskedAccuracy.push(masked.right / masked.patches);
  }

  report(): PositionReport {
    const patches = this.context.patches + this.masked.patches;
    const predicted = this.confusion.reduce((sum, count) => sum + count, 0);
    return {
      pictures: this.pictures,
      loss: this.loss / patches,
      accuracy: (this.context.right + this.masked.right) / patches,
      top5: this.top5 / patches,
      contextAccuracy: this.context.right / this.context.patches,
      maskedAccuracy: this.masked.right / this.masked.patches,
      meanError: this.error / predicted,
      confusion: this.confusion.slice(),
      errors: {
        loss: standardError(this.own.loss),
        accuracy: standardError(this.own.accuracy),
        top5: standardError(this.own.top5),
        contextAccuracy: standardError(this.own.contextAccuracy),
        maskedAccuracy: standardError(this.own.maskedAccuracy),
      },
    };
  }

  private addSlot(logits: Float32Array, start: number, cell: number, group: Tally): void {
    const n = this.patches;
    group.patches++;
    const predicted = argmaxOfRow(logits, start, n);
    if (predicted < 0) {
      this.loss = Number.NaN;
      return;
    }
    if (predicted === cell) group.right++;
    if (rankOf(logits, start, n, cell) < 5) this.top5++;
    this.loss += logSumExpOfRow(logits, start, n, logits[start + predicted]) - logits[start + cell];
    this.error += this.distances[predicted * n + cell];
    this.confusion[cell * n + predicted]++;
  }
}

/** How many cells come before `cell` when they are sorted by logit, equal logits by cell. */
function rankOf(logits: Float32Array, start: number, length: number, cell: number): number {
  const own = logits[start + cell];
  let before = 0;
  for (let j = 0; j < length; j++) {
    const value = logits[start + j];
    if (value > own || (value === own && j < cell)) before++;
  }
  return before;
}
