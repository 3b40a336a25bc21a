/** Tables of positions for another grid of patches, as timm and Hugging Face bring them there. */

/** Of a table: what it is for, and whether its grid has rows of its own beside the cells'. */
export interface TableShape {
  rows: number;
  columns: number;
  /** Numbers of a cell. */
  width: number;
}

/**
 * Cubic interpolation in both directions, pixel centres at halves. Enlarging takes PyTorch's bicubic kernel (a = -0.75); shrinking the
 * one that averages (a = -0.5, as wide as the step), as timm's `resample_abs_pos_embed`.
 *
 * @param values (rows, columns, width)
 * @returns (to.rows, to.columns, width)
 */
export function resizeCubic(values: Float32Array, from: TableShape, to: Omit<TableShape, 'width'>): Float32Array {
  return resize(values, from, to, cubicTaps);
}

/** The same with linear interpolation, as tables of relative positions are brought to another grid. */
export function resizeLinear(values: Float32Array, from: TableShape, to: Omit<TableShape, 'width'>): Float32Array {
  return resize(values, from, to, linearTaps);
}

type Taps = readonly { readonly index: number; readonly weight: number }[];

function resize(
  values: Float32Array,
  { rows, columns, width }: TableShape,
  to: Omit<TableShape, 'width'>,
  tapsOf: (place: number, from: number, to: number) => Taps,
): Float32Array {
  const down = Array.from({ length: to.rows }, (_, row) => tapsOf(row, rows, to.rows));
  const across = Array.from({ length: to.columns }, (_, column) => tapsOf(column, columns, to.columns));
  const result = new Float32Array(to.rows * to.columns * width);
  for (const [row, vertical] of down.entries()) {
    for (const [column, horizontal] of across.entries()) {
      const at = (row * to.columns + column) * width;
      for (let k = 0; k < width; k++) {
        let sum = 0;
        for (const v of vertical) {
          for (const h of horizontal) sum += v.weight * h.weight * values[(v.index * columns + h.index) * width + k];
        }
        result[at + k] = sum;
      }
    }
  }
  return result;
}

function cubicTaps(place: number, from: number, to: number): Taps {
  const step = from / to;
  return step > 1 ? averagingTaps(place, from, step) : pointTaps(place, from, step);
}

/** Four neighbours; beyond the border the outermost cell is repeated. */
function pointTaps(place: number, from: number, step: number): Taps {
  const centre = (place + 0.5) * step - 0.5;
  const first = Math.floor(centre);
  return [-1, 0, 1, 2].map((offset) => ({
    index: Math.min(from - 1, Math.max(0, first + offset)),
    weight: cubic(centre - (first + offset), -0.75),
  }));
}

/** All cells below a kernel that is as wide as the step; beyond the border there are none. */
function averagingTaps(place: number, from: number, step: number): Taps {
  const centre = (place + 0.5) * step;
  const first = Math.max(0, Math.floor(centre - 2 * step + 0.5));
  const end = Math.min(from, Math.floor(centre + 2 * step + 0.5));
  const taps = Array.from({ length: end - first }, (_, i) => ({
    index: first + i,
    weight: cubic((first + i - centre + 0.5) / step, -0.5),
  }));
  const sum = taps.reduce((total, { weight }) => total + weight, 0);
  return taps.map(({ index, weight }) => ({ index, weight: weight / sum }));
}

function linearTaps(place: number, from: number, to: number): Taps {
  const centre = Math.max(0, ((place + 0.5) * from) / to - 0.5);
  const first = Math.min(from - 1, Math.floor(centre));
  const share = centre - first;
  return [
    { index: first, weight: 1 - share },
    { index: Math.min(from - 1, first + 1), weight: share },
  ];
}

/** Keys' convolution kernel (1981). */
function cubic(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}
