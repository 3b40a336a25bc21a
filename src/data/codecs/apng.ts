/**
 * Animated PNG (W3C PNG, third edition, section 11.3.6) whose still picture is none of its frames: browsers show the first frame,
 * most decoders the still picture.
 */
import { crc32 } from '../../base/crc32.ts';
import { joinBytes } from '../../base/join.ts';
import type { Raster } from '../resize.ts';

export interface FirstFrame {
  /** A PNG of its own. */
  png: Uint8Array;
  /** Where it stands on the canvas, in pixels. */
  x: number;
  y: number;
  canvas: { width: number; height: number };
}

interface Chunk {
  type: string;
  content: Uint8Array;
}

/** Undefined when the file is no animation, or its still picture is the first frame. */
export function hiddenFirstFrame(bytes: Uint8Array): FirstFrame | undefined {
  const chunks = chunksOf(bytes);
  const still = chunks.findIndex(({ type }) => type === 'IDAT');
  const control = chunks.findIndex(({ type }) => type === 'fcTL');
  const animated = chunks.slice(0, Math.max(0, still)).some(({ type }) => type === 'acTL');
  const header = chunks[0];
  if (!animated || still < 0 || control < still || header?.type !== 'IHDR') return undefined;
  const later = chunks.findIndex(({ type }, i) => i > control && type === 'fcTL');
  const parts = chunks.slice(control + 1, later < 0 ? undefined : later).filter(({ type }) => type === 'fdAT');
  if (parts.length === 0) return undefined;
  const frame = viewOf(chunks[control].content);
  const canvas = viewOf(header.content);
  const own = header.content.slice();
  own.set(chunks[control].content.subarray(4, 12));
  // Palette, transparency and colours hold for every frame. A sequence number stands before the data of one.
  const shared = chunks.slice(1, still).filter(({ type }) => type !== 'acTL');
  const data = joinBytes(parts.map(({ content }) => content.subarray(4)));
  const png = joinBytes([
    bytes.subarray(0, 8),
    ...[
      { type: 'IHDR', content: own },
      ...shared,
      { type: 'IDAT', content: data },
      { type: 'IEND', content: new Uint8Array() },
    ].map(writeChunk),
  ]);
  return {
    png,
    x: frame.getUint32(12),
    y: frame.getUint32(16),
    canvas: { width: canvas.getUint32(0), height: canvas.getUint32(4) },
  };
}

/** A frame on its canvas, which is transparent around it. */
export function onCanvas({ width, height, channels, data }: Raster, { x, y, canvas }: FirstFrame): Raster {
  if (width === canvas.width && height === canvas.height) return { width, height, channels, data };
  const all = new Uint8Array(canvas.width * canvas.height * 4);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * channels;
      const to = ((row + y) * canvas.width + column + x) * 4;
      for (let c = 0; c < 4; c++) all[to + c] = c < channels ? data[from + c] : 255;
    }
  }
  return { ...canvas, channels: 4, data: all };
}

function chunksOf(bytes: Uint8Array): Chunk[] {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, content: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function writeChunk({ type, content }: Chunk): Uint8Array {
  const chunk = new Uint8Array(12 + content.length);
  const view = viewOf(chunk);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
  chunk.set(content, 8);
  view.setUint32(8 + content.length, crc32(chunk.subarray(4, 8 + content.length)));
  return chunk;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
