/** Files made of chunks: four letters, a length, and so many bytes (IFF; RIFF in WAV). */
export interface Chunk {
  id: string;
  /** What there is of it. */
  body: Uint8Array;
  /** Its length by the file. */
  declared: number;
}

/** Four letters of a file; at its end fewer. */
export function letters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The chunks from a place on. The last one may be shorter than it says. */
export function* chunks(bytes: Uint8Array, from: number, littleEndian: boolean): Generator<Chunk> {
  const view = viewOf(bytes);
  for (let at = from; at + 8 <= bytes.length; ) {
    const declared = view.getUint32(at + 4, littleEndian);
    yield { id: letters(bytes, at), body: bytes.subarray(at + 8, at + 8 + declared), declared };
    // Chunks start at even places.
    at += 8 + declared + (declared % 2);
  }
}
