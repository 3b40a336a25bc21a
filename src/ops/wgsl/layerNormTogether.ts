/** The kernels of layer norm in which a subgroup has a row: sums by `subgroupAdd`, everything else as where a thread has it. */
import type { Kernel } from './kernel.ts';
import { perSubgroup } from './perSubgroup.ts';
import { type Buffer, lanesOf } from './perThread.ts';

/** (rows, width), by subgroups of at most `lanes`. */
export interface SharedRows {
  rows: number;
  width: number;
  lanes: number;
}

/** WGSL for the sum of the numbers that all lanes have in one variable. */
function sumOf(count: number, value: string): string {
  return `subgroupAdd(${count === 4 ? `dot(${value}, vec4<f32>(1f))` : value})`;
}

/** WGSL that does a line for each part of the row that this lane has, `k` in the row and `at` in the buffers. */
function eachPart(line: string): string {
  return `for (var k = lane; k < PARTS; k += lanes) { let at = start + k; ${line} }`;
}

/** Buffers x, gamma, beta, y, mean, inverseStd. */
export function forwardTogether(
  { rows, width, lanes }: SharedRows,
  epsilon: number,
  buffers: Readonly<Record<string, Buffer>>,
): Kernel {
  const { type, count } = lanesOf(width);
  const sum = (value: string) => sumOf(count, value);
  return perSubgroup({
    label: 'layer norm forward',
    constants: { PARTS: width / count },
    buffers,
    rows,
    lanes,
    body: `
      let start = row * PARTS;
      var total = ${type}();
      ${eachPart('total += x[at];')}
      let rough = ${sum('total')} / ${width}f;
      var rest = ${type}();
      var squares = ${type}();
      ${eachPart('let centred = x[at] - rough; rest += centred; squares += centred * centred;')}
      let error = ${sum('rest')} / ${width}f;
      let variance = max(${sum('squares')} / ${width}f - error * error, 0f);
      let scale = inverseSqrt(variance + ${epsilon}f);
      if (inside) {
        ${eachPart('y[at] = ((x[at] - rough) - error) * scale * gamma[k] + beta[k];')}
        if (lane == 0u) {
          mean[row] = rough + error;
          inverseStd[row] = scale;
        }
      }`,
  });
}

interface Beside {
  buffers: Readonly<Record<string, Buffer>>;
  sizes: Readonly<Record<string, number>>;
  /** Whether what goes around the norm is added. */
  forked: boolean;
  /** The sums over stretches of rows, as `SubgroupKernel.beside`. */
  columns: { threads: number; body: string };
}

/** Buffers x, gamma, mean, inverseStd, dy, dx, partials, and dAround where `forked`. */
export function gradientTogether({ rows, width, lanes }: SharedRows, { buffers, sizes, forked, columns }: Beside): Kernel {
  const { type, count } = lanesOf(width);
  const sum = (value: string) => sumOf(count, value);
  const normalised = '(x[at] - centre) * scale';
  return perSubgroup({
    label: 'layer norm gradient',
    constants: { PARTS: width / count },
    buffers,
    sizes,
    rows,
    lanes,
    body: `
      let start = row * PARTS;
      let centre = mean[row];
      let scale = inverseStd[row];
      var total = ${type}();
      var along = ${type}();
      ${eachPart(`let g = dy[at] * gamma[k]; total += g; along += g * (${normalised});`)}
      let meanTotal = ${sum('total')} / ${width}f;
      let meanAlong = ${sum('along')} / ${width}f;
      if (inside) {
        ${eachPart(`dx[at] = ${forked ? 'dAround[at] + ' : ''}(dy[at] * gamma[k] - meanTotal - ${normalised} * meanAlong) * scale;`)}
      }`,
    beside: columns,
  });
}
