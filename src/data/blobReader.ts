/** Reads pieces of a large file in order without holding all of it, and without one trip to the disk for every piece. */
import { BadDataError } from '../base/errors.ts';

const WINDOW = 4 * 2 ** 20;

export class BlobReader {
  private start = 0;
  private bytes = new Uint8Array(0);
  private turn: Promise<unknown> = Promise.resolve();

  constructor(readonly blob: Blob) {}

  get size(): number {
    return this.blob.size;
  }

  /** The bytes from `offset` on: `length` of them, or fewer at the end of the file. A view, not to be written to. */
  read(offset: number, length: number): Promise<Uint8Array> {
    // One at a time: readers of neighbouring pieces then share a window instead of each fetching their own.
    const result = this.turn.then(() => this.take(offset, length));
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async take(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    if (offset < this.start || end > this.start + this.bytes.length) {
      this.bytes = await readBytes(this.blob, offset, Math.max(end, offset + WINDOW));
      this.start = offset;
    }
    return this.bytes.subarray(offset - this.start, Math.max(offset, end) - this.start);
  }
}

/** The bytes of a blob, or of a part of it. Throws BadDataError when the file cannot be read (moved, changed, forbidden). */
export async function readBytes(blob: Blob, start = 0, end = blob.size): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(start, end).arrayBuffer());
  } catch {
    throw new BadDataError(
      'could not be read: it was moved or changed since it was added, or reading it is not allowed. Add it again.',
    );
  }
}
