/** How often which word stood in which context: a million of them in a few arrays, where a map for each would not fit. */

export interface ContextTable {
  /** The row of every context by its key. */
  readonly rows: ReadonlyMap<number, number>;
  /** Row r has `words` and `counts` from starts[r] to starts[r + 1], the most frequent first. */
  readonly starts: Int32Array;
  readonly words: Int32Array;
  readonly counts: Int32Array;
}

/**
 * @param keys (occurrences) of contexts, whole numbers
 * @param words (occurrences) what stood in them, below `vocabulary`
 */
export function countContexts(keys: Float64Array, words: Int32Array, vocabulary: number): ContextTable {
  const rows = new Map<number, number>();
  const sorted = new Float64Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    let row = rows.get(keys[i]);
    if (row === undefined) {
      row = rows.size;
      rows.set(keys[i], row);
    }
    sorted[i] = row * vocabulary + words[i];
  }
  sorted.sort();
  const { distinct, counts } = runsOf(sorted);
  const starts = new Int32Array(rows.size + 1);
  for (const value of distinct) starts[Math.floor(value / vocabulary) + 1]++;
  for (let row = 0; row < rows.size; row++) starts[row + 1] += starts[row];
  const table = { rows, starts, words: Int32Array.from(distinct, (value) => value % vocabulary), counts };
  for (let row = 0; row < rows.size; row++) sortRow(table, starts[row], starts[row + 1]);
  return table;
}

/** The words of a context with their counts; undefined when it was never seen. */
export function lookUp(
  { rows, starts, words, counts }: ContextTable,
  key: number,
): { words: Int32Array; counts: Int32Array } | undefined {
  const row = rows.get(key);
  if (row === undefined) return undefined;
  return { words: words.subarray(starts[row], starts[row + 1]), counts: counts.subarray(starts[row], starts[row + 1]) };
}

/** The different values of a sorted array, and how often each occurs. */
function runsOf(sorted: Float64Array): { distinct: number[]; counts: Int32Array } {
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value === distinct[distinct.length - 1]) counts[counts.length - 1]++;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  return { distinct, counts: Int32Array.from(counts) };
}

/** The most frequent word first, of equally frequent ones the smaller id. */
function sortRow({ words, counts }: ContextTable, from: number, to: number): void {
  if (to - from < 2) return;
  const pairs = Array.from({ length: to - from }, (_, k) => [words[from + k], counts[from + k]] as const);
  pairs.sort(([word, often], [other, asOften]) => asOften - often || word - other);
  pairs.forEach(([word, often], k) => {
    words[from + k] = word;
    counts[from + k] = often;
  });
}
