/** x Phi(x) in double precision. */
export function geluReference(x: ArrayLike<number>): Float64Array {
  return Float64Array.from(x, (value) => 0.5 * value * (1 + erf(value * Math.SQRT1_2)));
}

/**
 * The error function to double precision: its Taylor series near zero, a continued fraction of erfc in the tails
 * (Abramowitz & Stegun 7.1.6 and 7.1.14).
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 80; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return ((2 * Math.exp(-x * x)) / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (size + fraction);
  return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * (size + fraction)));
}
