/** Raw deflate data of known size, with a limit that is looked at while they are unpacked. */
import { Inflate } from 'fflate';
import { BadDataError } from '../../base/errors.ts';

/** A piece grows a thousandfold at most, so that a bomb is noticed after 16 MiB. */
const PIECE = 2 ** 14;

/** Unpacks the whole of `packed`. Throws BadDataError when it is damaged or gives more than `size` bytes. */
export function inflateWhole(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let length = 0;
  const inflate = new Inflate((piece) => {
    if (length + piece.length > size) throw new BadDataError('unpacks to more than it declares: it is damaged, or a zip bomb.');
    bytes.set(piece, length);
    length += piece.length;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (error) {
    if (error instanceof BadDataError) throw error;
    throw new BadDataError('is damaged inside the archive: the compressed data make no sense.');
  }
  return bytes.subarray(0, length);
}

/** The first bytes that `packed`, the start of a longer piece of data, unpacks to: at most `most`, fewer when it is damaged. */
export function inflateHead(packed: Uint8Array, most: number): Uint8Array {
  const bytes = new Uint8Array(most);
  let length = 0;
  const inflate = new Inflate((piece) => {
    bytes.set(piece.subarray(0, most - length), length);
    length = Math.min(most, length + piece.length);
  });
  try {
    inflate.push(packed, false);
  } catch {
    // Damage is reported where the whole file is read.
  }
  return bytes.subarray(0, length);
}
