/** IDX, the format of MNIST and its relatives (Yann LeCun's page): pictures in one file, their labels in another. */
import { BadDataError } from '../../base/errors.ts';
import { LIMITS } from '../../config/limits.ts';
import { BlobReader, readBytes } from '../blobReader.ts';
import type { Raster } from '../resize.ts';
import { amountText, countText } from '../wording.ts';
import { interleave } from './interleave.ts';

const UNSIGNED_BYTES = 0x08;

export interface IdxPictures {
  kind: 'pictures';
  count: number;
  channels: 1 | 3;
  /** Bytes behind the last picture. */
  surplus: number;
  read(index: number): Promise<Raster>;
}

export interface IdxLabels {
  kind: 'labels';
  labels: Uint8Array;
}

/**
 * Opens an IDX file of unsigned bytes: (n, height, width) or (n, height, width, channels) or (n, channels, height, width)
 * for pictures, (n) for labels. Throws BadDataError when it is not one, or its size contradicts its header.
 */
export async function openIdx(file: Blob): Promise<IdxPictures | IdxLabels> {
  const head = await readBytes(file, 0, 4 + 4 * 4);
  const type = head[2];
  const rank = head[3] ?? 0;
  if (head.length < 4 || head[0] !== 0 || head[1] !== 0)
    throw new BadDataError('is no IDX file: it does not start with an IDX magic number.');
  if (type !== UNSIGNED_BYTES) {
    throw new BadDataError(
      `is no IDX file of pictures or labels: its magic number says ${typeName(type)}, and unsigned bytes (0x08) are needed.`,
    );
  }
  if (rank !== 1 && rank !== 3 && rank !== 4) {
    throw new BadDataError(`has ${amountText(rank, 'dimension')}: pictures have 3 (or 4 with colours), labels have 1.`);
  }
  if (head.length < 4 + 4 * rank) throw new BadDataError('is cut off inside its header: get it again.');
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const sizes = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const start = 4 + 4 * rank;
  return rank === 1 ? openLabels(file, start, sizes) : openPictures(file, start, sizes);
}

async function openLabels(file: Blob, start: number, [count = 0]: number[]): Promise<IdxLabels> {
  if (file.size < start + count) {
    throw new BadDataError(
      `announces ${amountText(count, 'label')} but holds ${countText(file.size - start)}: it is cut off or damaged.`,
    );
  }
  return { kind: 'labels', labels: await readBytes(file, start, start + count) };
}

function openPictures(file: Blob, start: number, sizes: number[]): IdxPictures {
  const [count = 0] = sizes;
  const { height, width, channels, planar } = layout(sizes);
  if (count === 0) throw new BadDataError('holds no pictures: its header says 0.');
  const shortest = Math.min(width, height);
  if (
    shortest < LIMITS.minSidePixels ||
    width > LIMITS.sidePixels ||
    height > LIMITS.sidePixels ||
    width * height > LIMITS.pixelsPerPicture
  ) {
    const range = `from ${LIMITS.minSidePixels} to ${countText(LIMITS.sidePixels)} pixels a side, ${countText(LIMITS.pixelsPerPicture / 1e6)} megapixels at most`;
    throw new BadDataError(`holds pictures of ${countText(width)} x ${countText(height)} pixels: ${range}, can be used.`);
  }
  const length = width * height * channels;
  const whole = Math.floor((file.size - start) / length);
  if (whole < count) {
    throw new BadDataError(
      `announces ${amountText(count, 'picture')} of ${width} x ${height} but holds ${countText(whole)}: it is cut off, or its header is damaged.`,
    );
  }
  const reader = new BlobReader(file);
  return {
    kind: 'pictures',
    count,
    channels,
    surplus: file.size - start - count * length,
    read: async (index) => {
      const data = await reader.read(start + index * length, length);
      return { width, height, channels, data: planar ? interleave(data, channels) : data };
    },
  };
}

interface Layout {
  height: number;
  width: number;
  channels: 1 | 3;
  planar: boolean;
}

/** Throws BadDataError when the fourth dimension is no number of colour channels. */
function layout([, a = 0, b = 0, c]: number[]): Layout {
  if (c === undefined) return { height: a, width: b, channels: 1, planar: false };
  if (c === 1 || c === 3) return { height: a, width: b, channels: c, planar: false };
  if (a === 1 || a === 3) return { height: b, width: c, channels: a, planar: true };
  throw new BadDataError(
    `has 4 dimensions, but neither the second (${countText(a)}) nor the last (${countText(c)}) is 1 or 3 colour channels.`,
  );
}

function typeName(type: number | undefined): string {
  const names: Record<number, string> = {
    9: 'signed bytes',
    11: '16-bit integers',
    12: '32-bit integers',
    13: 'floats',
    14: 'doubles',
  };
  const code = `0x${(type ?? 0).toString(16).padStart(2, '0').toUpperCase()}`;
  return type !== undefined && type in names ? `${names[type]} (${code})` : `type ${code}`;
}
