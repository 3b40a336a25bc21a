/** Cuts the middle square out of a picture and brings it to a given side, the same way in a page and on the command line. */

/** A decoded picture: rows of pixels from the top left, `channels` bytes each. */
export interface Raster {
  width: number;
  height: number;
  /** 1 grey, 3 RGB, 4 RGB and alpha, not premultiplied. */
  channels: 1 | 3 | 4;
  /** (height, width, channels), 0..255. */
  data: Uint8Array | Uint8ClampedArray;
}

/** What lies behind transparent pixels: white, as on a page, for most pictures with transparency are drawn for that. */
const BACKGROUND = 255;

/**
 * The largest centred square of `raster`, resampled to (size, size, channels): every output pixel is the mean of the area
 * that it covers when shrinking, and linear between the nearest pixels when enlarging. Transparent pixels are laid over
 * white before they are averaged, so their hidden colour never shows. Grey becomes RGB by repeating it, RGB becomes grey by
 * the luma weights of BT.601.
 */
export function squarePixels(raster: Raster, size: number, channels: 1 | 3): Uint8Array<ArrayBuffer> {
  const side = Math.min(raster.width, raster.height);
  const top = (raster.height - side) >> 1;
  const depth = raster.channels === 1 || channels === 1 ? 1 : 3;
  const { taps, line, rows, rowOf, sum } = workspaceFor(side, size, depth);
  rowOf.fill(-1);
  const square = new Uint8Array(size * size * depth);
  for (let i = 0; i < size; i++) {
    if (side === size) readLine(raster, top + i, line, depth);
    else {
      sum.fill(0);
      let y = taps.start[i];
      for (let k = taps.first[i]; k < taps.first[i + 1]; k++, y++) {
        // Neighbouring output rows share one input row or two: those of even and of odd number have a place each.
        const row = rows[y & 1];
        if (rowOf[y & 1] !== y) {
          rowOf[y & 1] = y;
          readLine(raster, top + y, line, depth);
          resample(line, taps, depth, row);
        }
        addScaled(sum, row, taps.weights[k]);
      }
    }
    storeRounded(side === size ? line : sum, square, i * size * depth);
  }
  return depth === channels ? square : repeated(square, channels);
}

/** One row of the square, laid over the background: (side, depth). */
function readLine(raster: Raster, y: number, line: Float32Array, depth: number): void {
  const side = line.length / depth;
  const start = (y * raster.width + ((raster.width - side) >> 1)) * raster.channels;
  if (depth === 1) readGreyLine(raster, start, line);
  else readColourLine(raster, start, line);
}

function readGreyLine({ channels, data }: Raster, start: number, line: Float32Array): void {
  for (let x = 0, at = start; x < line.length; x++, at += channels) {
    let value = data[at];
    if (channels !== 1) value = 0.299 * value + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    line[x] = channels === 4 ? overBackground(value, data[at + 3]) : value;
  }
}

function readColourLine({ channels, data }: Raster, start: number, line: Float32Array): void {
  for (let to = 0, at = start; to < line.length; to += 3, at += channels) {
    const alpha = channels === 4 ? data[at + 3] : 255;
    line[to] = overBackground(data[at], alpha);
    line[to + 1] = overBackground(data[at + 1], alpha);
    line[to + 2] = overBackground(data[at + 2], alpha);
  }
}

function overBackground(value: number, alpha: number): number {
  return alpha === 255 ? value : BACKGROUND + ((value - BACKGROUND) * alpha) / 255;
}

/** (side, depth) -> (size, depth). */
function resample(line: Float32Array, { start, first, weights }: Taps, depth: number, row: Float32Array): void {
  for (let i = 0; i < start.length; i++) {
    const end = first[i + 1];
    for (let c = 0; c < depth; c++) {
      let at = start[i] * depth + c;
      let sum = 0;
      for (let k = first[i]; k < end; k++, at += depth) sum += weights[k] * line[at];
      row[i * depth + c] = sum;
    }
  }
}

function addScaled(sum: Float32Array, row: Float32Array, weight: number): void {
  for (let x = 0; x < sum.length; x++) sum[x] = sum[x] + weight * row[x];
}

function storeRounded(values: Float32Array, to: Uint8Array, at: number): void {
  // Weights may sum to a hair more than one, and 256 would be stored as 0.
  for (let x = 0; x < values.length; x++) to[at + x] = Math.min(255, values[x] + 0.5);
}

function repeated(grey: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(grey.length * channels);
  for (let i = 0; i < grey.length; i++) pixels.fill(grey[i], i * channels, (i + 1) * channels);
  return pixels;
}

/** Output pixel i is the sum of the input pixels from `start[i]` on, times the weights from `first[i]` to `first[i + 1]`. */
interface Taps {
  start: Int32Array;
  first: Int32Array;
  weights: Float32Array;
}

interface Workspace {
  side: number;
  size: number;
  depth: number;
  taps: Taps;
  /** (side, depth) one input row. */
  line: Float32Array;
  /** (size, depth) the two input rows resampled last, and which they are. */
  rows: readonly [Float32Array, Float32Array];
  rowOf: Int32Array;
  /** (size, depth) the output row that is being added up. */
  sum: Float32Array;
}

let workspace: Workspace | undefined;

/** Pictures of a data set often share a size, and for small ones this costs more than the resampling. */
function workspaceFor(side: number, size: number, depth: number): Workspace {
  if (workspace?.side !== side || workspace.size !== size || workspace.depth !== depth) {
    const row = () => new Float32Array(size * depth);
    const taps = makeTaps(size, side > size ? (i) => areaTap(i, side, size) : (i) => linearTap(i, side, size));
    workspace = {
      side,
      size,
      depth,
      taps,
      line: new Float32Array(side * depth),
      rows: [row(), row()],
      rowOf: new Int32Array(2),
      sum: row(),
    };
  }
  return workspace;
}

interface Tap {
  start: number;
  weights: number[];
}

function makeTaps(size: number, tapOf: (i: number) => Tap): Taps {
  const taps = Array.from({ length: size }, (_, i) => tapOf(i));
  const first = new Int32Array(size + 1);
  for (const [i, tap] of taps.entries()) first[i + 1] = first[i] + tap.weights.length;
  return {
    start: Int32Array.from(taps, (tap) => tap.start),
    first,
    weights: Float32Array.from(taps.flatMap((tap) => tap.weights)),
  };
}

function areaTap(i: number, side: number, size: number): Tap {
  // In units of 1/size of a pixel, so that whole numbers decide where the area starts and ends.
  const from = i * side;
  const to = from + side;
  const start = Math.floor(from / size);
  const weights: number[] = [];
  for (let pixel = start * size; pixel < to; pixel += size) {
    weights.push((Math.min(to, pixel + size) - Math.max(from, pixel)) / side);
  }
  return { start, weights };
}

function linearTap(i: number, side: number, size: number): Tap {
  // Pixel centres lie at halves; beyond the outermost centres the border pixel is repeated.
  const position = Math.min(side - 1, Math.max(0, ((i + 0.5) * side) / size - 0.5));
  const start = Math.floor(position);
  const far = position - start;
  return { start, weights: far === 0 ? [1] : [1 - far, far] };
}
