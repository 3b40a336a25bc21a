import { geluReference } from './gelu.reference.ts';
import { linearReference } from './linear.reference.ts';

/** residual + GELU(x W1 + b1) W2 + b2 in double precision; x and residual (rows, d), weight1 (d, hidden), weight2 (hidden, d). */
export function mlpReference(
  x: ArrayLike<number>,
  weight1: ArrayLike<number>,
  bias1: ArrayLike<number>,
  weight2: ArrayLike<number>,
  bias2: ArrayLike<number>,
  residual: ArrayLike<number>,
): Float64Array {
  const active = geluReference(linearReference(x, weight1, bias1));
  return linearReference(active, weight2, bias2).map((value, i) => residual[i] + value);
}
