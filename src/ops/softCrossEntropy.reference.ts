/** Mean over rows of -sum(target log softmax(logits)), in double precision. */
export function softCrossEntropyReference(logits: ArrayLike<number>, targets: ArrayLike<number>, rows: number): number {
  const classes = logits.length / rows;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const scores = Array.from({ length: classes }, (_, k) => logits[row * classes + k]);
    const highest = Math.max(...scores);
    const surprise = highest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0));
    scores.forEach((score, k) => {
      total += targets[row * classes + k] * (surprise - score);
    });
  }
  return total / rows;
}
