/** What a generator returns, its yields passed over: for those who want all of a piecewise computation at once. */
export function drain<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
