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

/** How lanes share a row: the WGSL type of a part of it, the sum over all lanes of a variable of that type, and what kernels say of it. */
function sharing({ rows, width, lanes }: SharedRows) {
  const { type, count } = lanesOf(width);
  const sum = (value: string) => `subgroupAdd(${count === 4 ? `dot(${value}, vec4<f32>(1f))` : value})`;
  return { type, sum, kernel: { constants: { PARTS: width / count }, rows, lanes } };
}

/** WGSL that does a line for each part of the row that this lane has, `k` in the row and `at` in the buffers. */
function eachPart(line: string): string {
  return `for (var k = lane; k < PARTS; k += lanes) { let at = start + k; ${line} }`;
}

/** Buffers x, gamma, beta, y, mean, inverseStd. */
export function forwardTogether(shared: SharedRows, epsilon: number, buffers: Readonly<Record<string, Buffer>>): Kernel {
  const { type, sum, kernel } = sharing(shared);
  const { width } = shared;
  return perSubgroup({
    ...kernel,
    label: 'layer norm forward',
    buffers,
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
export function gradientTogether(shared: SharedRows, { buffers, sizes, forked, columns }: Beside): Kernel {
  const { type, sum, kernel } = sharing(shared);
  const { width } = shared;
  const normalised = '(x[at] - centre) * scale';
  return perSubgroup({
    ...kernel,
    label: 'layer norm gradient',
    buffers,
    sizes,
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
