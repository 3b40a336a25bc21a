/** What a person may bring. The page states these before they are met; the loaders enforce them. */
const MiB = 2 ** 20;

export const LIMITS = {
  /** Largest single picture, in pixels. A 20,000-pixel-wide banner is refused before it is decoded. */
  pixelsPerPicture: 50_000_000,
  /** Longest side of a picture, in pixels. */
  sidePixels: 16_384,
  /** Smallest side of a picture, in pixels: below it there is nothing to cut into pieces. */
  minSidePixels: 8,
  /** Largest single file or archive as stored, in bytes. */
  fileBytes: 512 * MiB,
  /** Most bytes that one archive may unpack to (a zip bomb stops here). */
  unpackedBytes: 1024 * MiB,
  /** Largest single entry inside an archive, in bytes. */
  entryBytes: 64 * MiB,
  /** Most entries of one archive. */
  entries: 200_000,
  /** Most samples of one data set. */
  samples: 100_000,
  /** Most bytes of decoded pixels, after resizing, or of sound at 16 kHz of one data set. */
  decodedBytes: 512 * MiB,
  /** Most tokens of one sample. */
  tokens: 256,
  /** Most different words, special ones included. */
  vocabulary: 4096,
  /** Most bytes that one training step may keep for its gradient. */
  stepBytes: 2048 * MiB,
  /** Most classes that labels may name. */
  classes: 1000,
} as const;
