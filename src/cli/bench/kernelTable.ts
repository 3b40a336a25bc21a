/** What `bench --kernels` found, as text: a table in Markdown for people, a line of JSON for machines. */
import type { KernelReport, KernelRow } from '../../bench/kernels/report.ts';
import { describeMeasured } from '../../bench/measuredRuns.ts';
import type { RunConfig } from '../../config/run.ts';

/** Of a number that does not exist. */
const DASH = '-';

const COLUMNS: readonly [heading: string, cell: (row: KernelRow) => string][] = [
  ['kernel', ({ kernel }) => kernel],
  ['calls', ({ calls }) => String(calls)],
  ['ms', ({ medianMs }) => medianMs.toFixed(2)],
  ['share', ({ share }) => percent(share)],
  ['GFLOP', ({ flops }) => fixed(flops, 1e9, 3)],
  ['MB', ({ bytes }) => fixed(bytes, 1e6, 2)],
  ['floor ms', ({ floorMs }) => fixed(floorMs, 1, 2)],
  ['of', ({ floorOfBytes }) => (floorOfBytes === null ? DASH : floorOfBytes > 0.5 ? 'bytes' : 'operations')],
  ['reached', ({ reached }) => (reached === null ? DASH : percent(reached))],
];

export function kernelsText(config: string, run: RunConfig, report: KernelReport): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `${config}: ${describeMeasured(run)}`,
    '',
    line(COLUMNS.map(([heading]) => heading)),
    `|${COLUMNS.map((_, column) => (column === 0 ? '---|' : '---:|')).join('')}`,
    ...report.rows.map((row) => line(COLUMNS.map(([, cell]) => cell(row)))),
    '',
    ...notes(report),
    '',
  ].join('\n');
}

/** A line for each kernel, and one for the step. */
export function kernelsJson(config: string, { rows, ...shared }: KernelReport): string[] {
  return [
    ...rows.map((row) => JSON.stringify({ event: 'kernel', config, ...row })),
    JSON.stringify({ event: 'kernels', config, ...shared }),
  ];
}

function notes({ rows, threads, steps, stepMs, timedStepMs, flopsPerStep, speeds }: KernelReport): string[] {
  const sum = (of: (row: KernelRow) => number | null) => rows.reduce((all, row) => all + (of(row) ?? 0), 0);
  const { gflops, peakSide, bandwidths } = speeds;
  const [smallest, largest] = [bandwidths[0], bandwidths.at(-1)];
  const floor = sum(({ floorMs }) => floorMs);
  return [
    `A step takes ${stepMs.toFixed(1)} ms, and ${timedStepMs.toFixed(1)} ms with a look at the clock after each of its ${sum(({ calls }) => calls)} calls; medians of ${steps}, ${threads} ${threads === 1 ? 'thread' : 'threads'}.`,
    `All floors together are ${floor.toFixed(1)} ms, ${percent(floor / sum(({ medianMs }) => medianMs))} of their times. Matrix products are ${fixed(
      sum(({ productFlops }) => productFlops),
      1e9,
      3,
    )} GFLOP, of ${fixed(flopsPerStep, 1e9, 3)} that the settings ask for.`,
    `Peak ${gflops.toFixed(1)} GFLOP/s (${peakSide}^3), copies of ${bytesText(smallest?.bytes)} at ${fixed(smallest?.gbPerSecond ?? null, 1, 1)} GB/s and of ${bytesText(largest?.bytes)} at ${fixed(largest?.gbPerSecond ?? null, 1, 1)} GB/s.`,
  ];
}

function bytesText(bytes = 0): string {
  return bytes < 2 ** 20 ? `${bytes / 2 ** 10} kB` : `${bytes / 2 ** 20} MB`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function fixed(value: number | null, unit: number, digits: number): string {
  return value === null ? DASH : (value / unit).toFixed(digits);
}
