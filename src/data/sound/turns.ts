/**
 * Cosine and sine of a fraction of a turn, with plain arithmetic only: engines round their own Math.cos differently in the last
 * bit, and tables made of these are the same everywhere.
 */

/** cos(2 pi i / n) of whole numbers 0 <= i, 0 < n <= 2^50; exact where the true value is 0, 1 or -1, else within 2^-52. */
export function cosOfTurn(i: number, n: number): number {
  // Eighths of a turn, so that no rounding decides which part of the wave it is.
  const within = (i % n) * 8;
  const fromTop = within > 4 * n ? 8 * n - within : within;
  if (fromTop <= n) return cosine(fromTop / n);
  if (fromTop <= 3 * n) return sine((2 * n - fromTop) / n);
  return -cosine((4 * n - fromTop) / n);
}

/** sin(2 pi i / n), as `cosOfTurn`. */
export function sinOfTurn(i: number, n: number): number {
  // A quarter of a turn back, in quarters of 1 / n.
  return cosOfTurn((i % n) * 4 + 3 * n, 4 * n);
}

/** cos of `eighths` eighths of a turn, 0 to 1: the series to a term below 2^-58. */
function cosine(eighths: number): number {
  const square = (eighths * (Math.PI / 4)) ** 2;
  let sum = 1;
  for (let k = 16; k > 0; k -= 2) sum = 1 - (sum * square) / (k * (k - 1));
  return sum;
}

/** sin of `eighths` eighths of a turn, -1 to 1. */
function sine(eighths: number): number {
  const angle = eighths * (Math.PI / 4);
  let sum = 1;
  for (let k = 17; k > 1; k -= 2) sum = 1 - (sum * angle * angle) / (k * (k - 1));
  return angle * sum;
}
