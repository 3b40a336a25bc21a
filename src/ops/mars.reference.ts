import type { FlatMatrix } from './mars.ts';

/** The projection of every matrix into its ball, in double precision. */
export function marsReference(
  parameters: ArrayLike<number>,
  start: ArrayLike<number>,
  matrices: readonly FlatMatrix[],
  radius: number,
): Float64Array {
  const projected = Float64Array.from(parameters);
  for (const { offset, inputs, outputs } of matrices) {
    for (let output = 0; output < outputs; output++) {
      const places = Array.from({ length: inputs }, (_, input) => offset + input * outputs + output);
      const norm = places.reduce((sum, place) => sum + Math.abs(parameters[place] - start[place]), 0);
      for (const place of places)
        projected[place] = start[place] + (parameters[place] - start[place]) / Math.max(1, norm / radius);
    }
  }
  return projected;
}
