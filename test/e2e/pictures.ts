/** Files as people bring them, made on the spot. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import sharp from 'sharp';

/** A photo-like picture: a sky, a ground and a sun, different for each `seed`. */
export function photo(seed: number, width = 640, height = 480): Promise<Buffer> {
  const hue = (seed * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue},70%,45%)"/><stop offset="1" stop-color="hsl(${hue},60%,85%)"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <rect y="65%" width="100%" height="35%" fill="hsl(${(hue + 120) % 360},40%,35%)"/>
    <circle cx="${20 + ((seed * 13) % 60)}%" cy="30%" r="9%" fill="#ffd"/>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

/** A folder with two classes of six photos each, one broken picture and one text file. Returns its path. */
export async function makeFolder(parent: string): Promise<string> {
  const folder = path.join(parent, 'holiday');
  for (let i = 0; i < 12; i++) {
    const place = path.join(folder, i % 2 === 0 ? 'sea' : 'hills');
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, `${i}.jpg`), await photo(i));
  }
  writeFileSync(path.join(folder, 'sea', 'broken.jpg'), (await photo(99)).subarray(0, 200));
  writeFileSync(path.join(folder, 'notes.txt'), 'These are our holidays.');
  return folder;
}

/** The same as makeFolder in a .zip, with a name that tries to climb out of it. */
export async function makeZip(): Promise<Buffer> {
  const entries: Record<string, Uint8Array> = { 'notes.txt': Buffer.from('notes'), '../../climbing.jpg': await photo(50) };
  for (let i = 0; i < 12; i++) entries[`${i % 2 === 0 ? 'sea' : 'hills'}/${i}.jpg`] = await photo(i);
  return Buffer.from(zipSync(entries));
}

/** IDX pictures (28 x 28, noise that repeats) as MNIST has them; `missing` bytes are cut off the end. */
export function makeIdx(count: number, missing = 0): Buffer {
  const header = Buffer.from(Uint32Array.of(0x0803, count, 28, 28).map(swap).buffer);
  const pixels = Buffer.from(Uint8Array.from({ length: count * 784 }, (_, i) => (i * i * 31) % 251));
  return Buffer.concat([header, pixels]).subarray(0, 16 + count * 784 - missing);
}

function swap(value: number): number {
  return Buffer.from(Uint32Array.of(value).buffer).readUInt32BE();
}

/** Real pictures lie beside the checkout, or where PATCHWORK_DATA says; undefined where there are none. */
export function realData(name: string): string | undefined {
  const folder = process.env.PATCHWORK_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data');
  const place = path.join(folder, name);
  return existsSync(place) ? place : undefined;
}
