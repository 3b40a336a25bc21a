/** Mean cross-entropy of logits (rows, words) with labels (rows), and the share of rows whose label none outdoes, in doubles. */
export function wordLossReference(logits: ArrayLike<number>, labels: ArrayLike<number>): { loss: number; accuracy: number } {
  const rows = labels.length;
  const words = logits.length / rows;
  let total = 0;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const scores = Array.from({ length: words }, (_, j) => logits[row * words + j]);
    const highest = Math.max(...scores);
    const sum = scores.reduce((all, score) => all + Math.exp(score - highest), 0);
    total += highest + Math.log(sum) - scores[labels[row]];
    if (scores[labels[row]] >= highest) right += 1;
  }
  return { loss: total / rows, accuracy: right / rows };
}
