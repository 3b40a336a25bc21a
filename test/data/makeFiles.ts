/** Files built in tests: tar, zip, IDX, CIFAR and pictures, whole or broken on purpose. */
import { gzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import type { NamedFile } from '../../src/data/files.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export function named(path: string, bytes: Uint8Array | string): NamedFile {
  return { path, file: new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]) };
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function ascii(text: string): Bytes {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function gzip(bytes: Uint8Array): Bytes {
  return new Uint8Array(gzipSync(bytes));
}

export function zip(files: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Bytes {
  return new Uint8Array(zipSync({ ...files }, { level }));
}

export interface TarEntry {
  name: string;
  bytes?: Uint8Array;
  type?: string;
  prefix?: string;
  /** Written instead of the true size. */
  size?: number;
}

/** One header and its data, padded to whole blocks. */
export function tarEntry({ name, bytes = new Uint8Array(0), type = '0', prefix = '', size = bytes.length }: TarEntry): Bytes {
  const header = new Uint8Array(512);
  header.set(new TextEncoder().encode(name).subarray(0, 100));
  header.set(ascii('0000644\0'), 100);
  header.set(ascii(`${size.toString(8).padStart(11, '0')}\0`), 124);
  header.set(ascii(type), 156);
  header.set(ascii('ustar\x0000'), 257);
  header.set(ascii(prefix), 345);
  header.fill(32, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return joined(header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
}

export function tar(...entries: readonly TarEntry[]): Bytes {
  return joined(...entries.map(tarEntry), new Uint8Array(1024));
}

/** A pax header that gives the next file its path. */
export function paxPath(path: string): TarEntry {
  const body = ` path=${path}\n`;
  const length = new TextEncoder().encode(body).length;
  const digits = String(length + 2).length;
  return { name: 'pax', type: 'x', bytes: new TextEncoder().encode(`${length + digits}${body}`) };
}

/** `sizes` as in the header, `data` as it follows. */
export function idx(sizes: readonly number[], data: Uint8Array, type = 8): Bytes {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint8(2, type);
  header.setUint8(3, sizes.length);
  for (const [i, size] of sizes.entries()) header.setUint32(4 + 4 * i, size);
  return joined(new Uint8Array(header.buffer), data);
}

/** `count` pictures of `side` x `side`, picture i filled with the value i. */
export function idxPictures(count: number, side = 8): Bytes {
  return idx(
    [count, side, side],
    Uint8Array.from({ length: count * side * side }, (_, k) => Math.floor(k / side ** 2)),
  );
}

export function idxLabels(labels: readonly number[]): Bytes {
  return idx([labels.length], Uint8Array.from(labels));
}

/** Records with the given labels; picture i is red 10 i, green 20 i, blue 30 i. */
export function cifar(labels: readonly (readonly number[])[]): Bytes {
  return joined(
    ...labels.map((label, i) =>
      joined(Uint8Array.from(label), ...[10, 20, 30].map((step) => new Uint8Array(1024).fill(step * i))),
    ),
  );
}

export type Colour = readonly [red: number, green: number, blue: number];

/** A PNG of one colour. */
export async function png([r, g, b]: Colour, width = 16, height = width): Promise<Bytes> {
  return new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
      .png()
      .toBuffer(),
  );
}

/** Small PNGs under the given paths, each of another colour. */
export async function pngs(paths: readonly string[]): Promise<NamedFile[]> {
  return Promise.all(paths.map(async (path, i) => named(path, await png([(i * 7) % 256, (i * 31) % 256, 200]))));
}
