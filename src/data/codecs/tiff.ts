/** What a TIFF file says of its pictures (TIFF 6.0; BigTIFF; TIFF/EP and DNG for cameras), read without decoding anything. */

/** Tags that tell kinds apart. */
const TAG = {
  newSubfileType: 254,
  bitsPerSample: 258,
  photometric: 262,
  subDirectories: 330,
  sampleFormat: 339,
  dngVersion: 50706,
} as const;

/** Colours of single sensor cells: TIFF/EP's CFA, and DNG's linear raw. */
const SENSOR = [32803, 34892];
const REDUCED = 1;
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
/** Directories that are looked at: a file may lead in circles. */
const MOST_DIRECTORIES = 32;

type Directory = ReadonlyMap<number, readonly number[]>;

export interface TiffKind {
  /** A photo as the sensor of a camera saw it, with or without a preview. */
  cameraRaw: boolean;
  /** Of the first picture: whole numbers, signed ones, fractions. */
  samples: 'unsigned' | 'signed' | 'float' | 'complex';
  /** Of a sample. */
  bits: number;
}

/** Undefined when it cannot be read. */
export function tiffKind(bytes: Uint8Array): TiffKind | undefined {
  try {
    const directories = readDirectories(bytes);
    const [first] = directories;
    if (first === undefined) return undefined;
    const formats = first.get(TAG.sampleFormat) ?? [1];
    const names = ['unsigned', 'unsigned', 'signed', 'float', 'unsigned', 'complex', 'complex'] as const;
    return {
      cameraRaw:
        directories.some((one) => one.has(TAG.dngVersion) || SENSOR.includes(one.get(TAG.photometric)?.[0] ?? 0)) ||
        // A preview before the photo itself, which stands below it.
        (((first.get(TAG.newSubfileType)?.[0] ?? 0) & REDUCED) === REDUCED && first.has(TAG.subDirectories)),
      samples: names[Math.max(...formats)] ?? 'unsigned',
      bits: Math.max(...(first.get(TAG.bitsPerSample) ?? [1])),
    };
  } catch {
    return undefined;
  }
}

/** The directories of a chain, and those below them. */
function readDirectories(bytes: Uint8Array): Directory[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] === 0x49;
  const big = view.getUint16(2, little) === 43;
  const offset = (at: number) => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const waiting = [offset(big ? 8 : 4)];
  const seen = new Set<number>();
  const found: Directory[] = [];
  for (let at = waiting.shift(); at !== undefined && found.length < MOST_DIRECTORIES; at = waiting.shift()) {
    if (at === 0 || seen.has(at) || at + 2 > bytes.length) continue;
    seen.add(at);
    const count = big ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
    const [head, step, room] = big ? [8, 20, 8] : [2, 12, 4];
    const directory = new Map<number, number[]>();
    for (let entry = at + head; entry < at + head + step * count && entry + step <= bytes.length; entry += step) {
      directory.set(view.getUint16(entry, little), readValues(view, entry, { little, big, room, offset }));
    }
    found.push(directory);
    const next = at + head + step * count;
    if (next + room <= bytes.length) waiting.push(offset(next));
    waiting.push(...(directory.get(TAG.subDirectories) ?? []));
  }
  return found;
}

interface Reader {
  little: boolean;
  big: boolean;
  /** Bytes of a value that stands in the entry itself. */
  room: number;
  offset(at: number): number;
}

/** The first numbers of an entry; fractions and texts are not needed. */
function readValues(view: DataView, entry: number, { little, big, room, offset }: Reader): number[] {
  const type = view.getUint16(entry + 2, little);
  const count = Math.min(16, big ? Number(view.getBigUint64(entry + 4, little)) : view.getUint32(entry + 4, little));
  const size = SIZES[type] ?? 1;
  const start = entry + (big ? 12 : 8);
  const at = size * count <= room ? start : offset(start);
  return Array.from({ length: count }, (_, i) => {
    const place = at + i * size;
    if (place + size > view.byteLength) return 0;
    if (size === 1) return view.getUint8(place);
    if (size === 2) return view.getUint16(place, little);
    if (size === 4) return view.getUint32(place, little);
    return Number(view.getBigUint64(place, little));
  });
}
