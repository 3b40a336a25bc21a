/** Captions from files of their own. */
import { BadDataError } from '../../base/errors.ts';
import { type DecodedText, decodeText } from '../text/encoding.ts';
import { sizeText } from '../wording.ts';

/** Longest caption: more is a book. */
export const CAPTION_BYTES = 64 * 1024;

/** Without blanks around it. Throws BadDataError, which does not name the file, where it is empty, too large or no text. */
export function readCaption(bytes: Uint8Array): DecodedText {
  if (bytes.length > CAPTION_BYTES) {
    throw new BadDataError(`is ${sizeText(bytes.length)} large: a caption has ${sizeText(CAPTION_BYTES)} at most.`);
  }
  const decoded = decodeText(bytes);
  const text = decoded.text.trim();
  if (text === '') throw new BadDataError('holds nothing but blanks: it is no caption.');
  return { ...decoded, text };
}
