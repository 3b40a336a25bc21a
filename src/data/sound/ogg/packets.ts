/** Packets of an Ogg stream (RFC 3533): what the codec sees of it. */
import { joinBytes } from '../../../base/join.ts';
import { type OggPage, pageBody } from './pages.ts';

export interface OggPacket {
  bytes: Uint8Array;
  /** The page that it ends on. */
  page: OggPage;
}

/** The packets of pages in order, those that go over several pages in one piece. One that never ends is left out. */
export function* packetsOf(pages: Iterable<OggPage>): Generator<OggPacket> {
  let parts: Uint8Array[] = [];
  for (const page of pages) {
    if (!page.continues) parts = [];
    const body = pageBody(page);
    let start = 0;
    let end = 0;
    // Lengths of 255 say that the packet goes on.
    for (const length of page.bytes.subarray(27, 27 + page.bytes[26])) {
      end += length;
      if (length === 255) continue;
      parts.push(body.subarray(start, end));
      yield { bytes: parts.length === 1 ? parts[0] : joinBytes(parts), page };
      parts = [];
      start = end;
    }
    if (end > start) parts.push(body.subarray(start, end));
  }
}
