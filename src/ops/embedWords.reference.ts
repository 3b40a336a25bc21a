/** Rows of a table (words, d) by id, times `scale`: (places, d). */
export function embedWordsReference(
  table: ArrayLike<number>,
  ids: ArrayLike<number>,
  words: number,
  scale: number,
): Float64Array {
  const width = table.length / words;
  return Float64Array.from(
    { length: ids.length * width },
    (_, i) => scale * (table[ids[Math.floor(i / width)] * width + (i % width)] as number),
  );
}

/** The gradient of the table for dy (places, d). */
export function embedWordsGradientReference(
  dy: ArrayLike<number>,
  ids: ArrayLike<number>,
  words: number,
  scale: number,
): Float64Array {
  const width = dy.length / ids.length;
  const dTable = new Float64Array(words * width);
  for (let i = 0; i < dy.length; i++) dTable[ids[Math.floor(i / width)] * width + (i % width)] += scale * dy[i];
  return dTable;
}
