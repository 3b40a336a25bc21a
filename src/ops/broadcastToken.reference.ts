/** token (d) in `places` rows: (places, d). */
export function broadcastTokenReference(token: ArrayLike<number>, places: number): Float64Array {
  return Float64Array.from({ length: places * token.length }, (_, i) => token[i % token.length]);
}
