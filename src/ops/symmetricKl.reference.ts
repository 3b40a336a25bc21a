/** Mean over rows of KL(p | q) + KL(q | p), in double precision. */
export function symmetricKlReference(a: ArrayLike<number>, b: ArrayLike<number>, classes: number): number {
  let sum = 0;
  for (let start = 0; start < a.length; start += classes) {
    const [logP, logQ] = [a, b].map((logits) => logProbabilities(Array.from({ length: classes }, (_, j) => logits[start + j])));
    for (let j = 0; j < classes; j++) sum += (Math.exp(logP[j]) - Math.exp(logQ[j])) * (logP[j] - logQ[j]);
  }
  return sum / (a.length / classes);
}

function logProbabilities(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x - largest), 0));
  return logits.map((x) => x - largest - total);
}
