/** The gate before any time is told: contenders that compute different things cannot be compared. */
import { PatchworkError } from '../base/errors.ts';
import type { Parity } from './report.ts';

/** Losses may be this far apart, relatively: sums are taken in different orders, and training amplifies that. */
export const LOSS_TOLERANCE = 1e-3;

/** A contender does not compute the step that the others compute. */
export class ParityError extends PatchworkError {
  override name = 'ParityError';
}

/** Steps (counted from 1) whose losses are compared when `last` is the last one. */
export function comparedSteps(last: number): number[] {
  return [1, 5, 20].filter((step) => step <= last);
}

/**
 * @param losses of each contender, step 1 first
 * @returns null when there is only one contender
 * @throws ParityError naming the contender that is furthest from the middle one
 */
export function requireParity(losses: ReadonlyMap<string, readonly number[]>, steps: readonly number[]): Parity | null {
  if (losses.size < 2) return null;
  const differences = steps.map((step) => differenceAt(losses, step));
  const worst = differences.reduce((a, b) => (b.difference > a.difference ? b : a));
  if (!(worst.difference <= LOSS_TOLERANCE)) throw new ParityError(worst.explanation);
  return { steps: [...steps], difference: worst.difference };
}

function differenceAt(losses: ReadonlyMap<string, readonly number[]>, step: number) {
  const found = [...losses].map(([name, values]) => ({ name, loss: values[step - 1] }));
  const broken = found.find(({ loss }) => !Number.isFinite(loss));
  if (broken !== undefined) {
    const explanation = `The losses differ: at step ${step} ${broken.name} has ${broken.loss}. No times are told.`;
    return { difference: Number.POSITIVE_INFINITY, explanation };
  }
  const sorted = found.toSorted((a, b) => a.loss - b.loss);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const distance = ({ loss }: { loss: number }): number => Math.abs(loss - middle.loss);
  const odd = found.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  const difference = (sorted[sorted.length - 1].loss - sorted[0].loss) / Math.abs(middle.loss);
  const explanation =
    `The losses differ: at step ${step} ${odd.name} has ${odd.loss}, ${middle.name} ${middle.loss}, ` +
    `a relative difference of ${difference.toExponential(1)} where ${LOSS_TOLERANCE} is allowed. No times are told.`;
  return { difference, explanation };
}
