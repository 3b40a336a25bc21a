/** Mean of |prediction - target|, in double precision. */
export function meanAbsoluteErrorReference(prediction: ArrayLike<number>, target: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < prediction.length; i++) total += Math.abs(prediction[i] - target[i]);
  return total / prediction.length;
}
