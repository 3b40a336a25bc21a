/** Work as a part of other work: the share that it yields, from 0 to 1, runs from one share of the whole to another. */
export function* within<T>(work: Generator<number, T, void>, from: number, to: number): Generator<number, T, void> {
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return next.value;
    yield from + (to - from) * next.value;
  }
}
