/** Milliseconds since 1970. */
export function now(): number {
  return Math.round(performance.timeOrigin + performance.now());
}
