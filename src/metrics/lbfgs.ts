/** Limited-memory BFGS (Nocedal & Wright 2006, algorithms 7.4 and 7.5) for smooth convex functions of a few thousand numbers. */

import { drain } from '../base/drain.ts';

/** The value at `point`; writes the gradient there into `gradient`. */
export type SmoothFunction = (point: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  iterations: number;
  /** Done when no entry of the gradient is larger. */
  tolerance: number;
  /** A guess at the inverse curvature, applied to a vector in place: symmetric and positive. The closer, the fewer steps. */
  precondition?: (vector: Float64Array) => void;
}

export interface Minimum {
  point: Float64Array;
  value: number;
  iterations: number;
}

/** Pairs of past steps that stand in for the curvature. */
const MEMORY = 10;

/** The whole walk at once. */
export function minimise(evaluate: SmoothFunction, start: Float64Array, options: LbfgsOptions): Minimum {
  return drain(walkDownhill(evaluate, start, options));
}

/**
 * Walks downhill from `start`, never up; stops where it started if the function is NaN there. The same start, the same walk.
 * Yields the number of steps done after each.
 */
export function* walkDownhill(
  evaluate: SmoothFunction,
  start: Float64Array,
  options: LbfgsOptions,
): Generator<number, Minimum, void> {
  const { iterations, tolerance, precondition } = options;
  let { point, gradient, value }: Place = { point: start.slice(), gradient: new Float64Array(start.length), value: 0 };
  value = evaluate(point, gradient);
  const history: Step[] = [];
  let done = 0;
  for (; done < iterations && gradient.some((slope) => Math.abs(slope) > tolerance); done++) {
    const direction = downhill(gradient, history, precondition);
    const next = searchLine(evaluate, { point, gradient, value }, direction);
    if (next === undefined) break;
    remember(history, point, gradient, next);
    ({ point, gradient, value } = next);
    yield done + 1;
  }
  return { point, value, iterations: done };
}

interface Place {
  point: Float64Array;
  gradient: Float64Array;
  value: number;
}

/** One past step, the change of the gradient along it, and the product of both. */
interface Step {
  moved: Float64Array;
  bent: Float64Array;
  product: number;
}

/** Minus the gradient, times the inverse curvature as far as the history and the guess know it. */
function downhill(gradient: Float64Array, history: readonly Step[], precondition?: (vector: Float64Array) => void): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares: number[] = [];
  for (const { moved, bent, product } of history.toReversed()) {
    const share = dot(moved, direction) / product;
    shares.push(share);
    addScaled(direction, bent, -share);
  }
  precondition?.(direction);
  const scale = guessScale(history.at(-1), direction, precondition);
  for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  for (const { moved, bent, product } of history) {
    addScaled(direction, moved, (shares.pop() as number) - dot(bent, direction) / product);
  }
  return direction;
}

/** What makes the guess right along the latest step. Before any step a guess stands, and no guess means a step of one unit. */
function guessScale(latest: Step | undefined, direction: Float64Array, precondition?: (vector: Float64Array) => void): number {
  if (latest === undefined) return precondition === undefined ? 1 / Math.max(1, Math.sqrt(dot(direction, direction))) : 1;
  const guessed = latest.bent.slice();
  precondition?.(guessed);
  return latest.product / dot(latest.bent, guessed);
}

/** Halves the step until the value falls enough (Armijo); undefined when no step is short enough. */
function searchLine(evaluate: SmoothFunction, { point, gradient, value }: Place, direction: Float64Array): Place | undefined {
  const slope = dot(gradient, direction);
  let length = 1;
  const next = { point: new Float64Array(point.length), gradient: new Float64Array(point.length), value: 0 };
  for (let halving = 0; halving < 40; halving++, length /= 2) {
    next.point.set(point);
    addScaled(next.point, direction, length);
    next.value = evaluate(next.point, next.gradient);
    if (next.value <= value + 1e-4 * length * slope) return next;
  }
  return undefined;
}

function remember(history: Step[], point: Float64Array, gradient: Float64Array, next: Place): void {
  const moved = next.point.map((value, i) => value - point[i]);
  const bent = next.gradient.map((slope, i) => slope - gradient[i]);
  const product = dot(moved, bent);
  // Rounding can hide the curvature of a tiny step; such a pair would spoil the others.
  if (product <= 1e-12 * Math.sqrt(dot(moved, moved) * dot(bent, bent))) return;
  history.push({ moved, bent, product });
  if (history.length > MEMORY) history.shift();
}

function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] += scale * vector[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
