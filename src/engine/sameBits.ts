/** Whether vectors agree bit for bit, where two that are not numbers may. */
export function sameBits(a: readonly Float32Array[], b: readonly Float32Array[]): boolean {
  return a.every((values, i) => {
    const [left, right] = [values, b[i] as Float32Array].map((v) => new Uint32Array(v.buffer, v.byteOffset, v.length)) as [
      Uint32Array,
      Uint32Array,
    ];
    return left.length === right.length && left.every((bits, j) => bits === right[j]);
  });
}
