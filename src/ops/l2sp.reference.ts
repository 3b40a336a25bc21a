export interface L2spArrays {
  gradient: ArrayLike<number>;
  parameters: ArrayLike<number>;
  start: ArrayLike<number>;
  held: ArrayLike<number>;
}

/** gradient + weight (parameters - start) where held, in double precision. */
export function l2spReference({ gradient, parameters, start, held }: L2spArrays, weight: number): Float64Array {
  return Float64Array.from(gradient, (g, i) => g + held[i] * weight * (parameters[i] - start[i]));
}
