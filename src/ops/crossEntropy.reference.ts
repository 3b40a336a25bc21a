/** Mean cross-entropy of logits (rows, classes) with labels (rows), in double precision. */
export function crossEntropyReference(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  const rows = labels.length;
  const classes = logits.length / rows;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let highest = -Infinity;
    for (let j = 0; j < classes; j++) highest = Math.max(highest, logits[row * classes + j]);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp(logits[row * classes + j] - highest);
    total += highest + Math.log(sum) - (logits[row * classes + labels[row]] as number);
  }
  return total / rows;
}
