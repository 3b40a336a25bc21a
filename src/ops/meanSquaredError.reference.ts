/** Mean of (prediction - target)^2, in double precision. */
export function meanSquaredErrorReference(prediction: ArrayLike<number>, target: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < prediction.length; i++) total += (prediction[i] - target[i]) ** 2;
  return total / prediction.length;
}
