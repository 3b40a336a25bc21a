/** Mean over the rows of x (samples, rows, width) whose id is `least` or higher, zeros where there is none: (samples, width). */
export function meanOfRowsReference(
  x: ArrayLike<number>,
  ids: ArrayLike<number>,
  samples: number,
  width: number,
  least: number,
): Float64Array {
  const rows = ids.length / samples;
  const mean = new Float64Array(samples * width);
  for (let sample = 0; sample < samples; sample++) {
    const chosen = Array.from({ length: rows }, (_, row) => sample * rows + row).filter((row) => ids[row] >= least);
    for (const row of chosen) {
      for (let i = 0; i < width; i++) mean[sample * width + i] += x[row * width + i] / chosen.length;
    }
  }
  return mean;
}
