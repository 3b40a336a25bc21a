/** jax-js 0.1.25 calls `map` and `filter` on iterators, which Node knows from version 22 on, and Patchwork runs on 20. */

const iterators: object = Object.getPrototypeOf(Object.getPrototypeOf([].values()));

function* map<T, U>(this: Iterable<T>, change: (item: T, index: number) => U): Generator<U> {
  let index = 0;
  for (const item of this) yield change(item, index++);
}

function* filter<T>(this: Iterable<T>, keep: (item: T, index: number) => boolean): Generator<T> {
  let index = 0;
  for (const item of this) if (keep(item, index++)) yield item;
}

for (const [name, value] of Object.entries({ map, filter })) {
  if (!(name in iterators)) Object.defineProperty(iterators, name, { configurable: true, writable: true, value });
}
