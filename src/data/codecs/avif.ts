/** What the boxes of an AVIF file say (ISO 14496-12, 23008-12; AV1 Image File Format), read without decoding anything. */

interface Box {
  type: string;
  /** Of its content. */
  start: number;
  end: number;
}

/** Boxes that hold boxes, and bytes of a content that come before them. */
const HOLDERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0, moov: 0 };

/** An animation: a sequence of frames is what it shows first. */
export function isSequence(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(8, 12)) === 'avis';
}

/** A part of the picture that alone is to be shown. */
export function hasCrop(bytes: Uint8Array): boolean {
  return boxesOf(bytes).some(({ type }) => type === 'clap');
}

/** Grey in studio range, 16 to 235: libheif gives such samples as they are, others stretch them to 0 to 255. */
export function isStudioGrey(bytes: Uint8Array): boolean {
  const boxes = boxesOf(bytes);
  // Byte 2 of the configuration: high bit depth, twelve bits, monochrome, ...
  const grey = boxes.filter(({ type }) => type === 'av1C').every(({ start }) => ((bytes[start + 2] ?? 0) & 0x10) !== 0);
  const colour = boxes.find(({ type, start }) => type === 'colr' && textAt(bytes, start) === 'nclx');
  return grey && colour !== undefined && ((bytes[colour.start + 10] ?? 0) & 0x80) === 0;
}

/** Samples of studio range over the whole range (ITU-R BT.601), in place. @param channels of a pixel; the fourth is opacity */
export function stretchStudioRange(data: Uint8Array, channels: number): void {
  for (let i = 0; i < data.length; i++) {
    if (channels === 4 && (i & 3) === 3) continue;
    data[i] = Math.max(0, Math.min(255, Math.round(((data[i] - 16) * 255) / 219)));
  }
}

function boxesOf(bytes: Uint8Array, start = 0, end = bytes.length): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const size = view.getUint32(at);
    const type = textAt(bytes, at + 4);
    const head = size === 1 ? 16 : 8;
    const length = size === 1 && at + 16 <= end ? Number(view.getBigUint64(at + 8)) : size === 0 ? end - at : size;
    if (length < head) break;
    const box = { type, start: at + head, end: Math.min(end, at + length) };
    found.push(box);
    const skipped = HOLDERS[type];
    if (skipped !== undefined) found.push(...boxesOf(bytes, box.start + skipped, box.end));
    at += length;
  }
  return found;
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
