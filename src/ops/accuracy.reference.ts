/** Share of rows of logits (rows, classes) whose highest score, the first of equals, is at the label. */
export function accuracyReference(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  const classes = logits.length / labels.length;
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const scores = Array.from({ length: classes }, (_, k) => logits[row * classes + k]);
    if (scores.indexOf(Math.max(...scores)) === labels[row]) hits++;
  }
  return hits / labels.length;
}
