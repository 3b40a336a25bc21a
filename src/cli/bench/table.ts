/** The bench's findings as text: a table for people, a line of JSON for machines. */
import { describeMeasured } from '../../bench/measuredRuns.ts';
import type { BenchReport, BenchRow } from '../../bench/report.ts';
import { wordsOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import type { BenchResult } from './runBench.ts';

export interface Machine {
  /** Where the step ran: "Chromium 156", "Node 20". */
  place: string;
  /** What of it: "WebAssembly, 2 threads", "WebGPU - NVIDIA". */
  device: string;
  cores: number;
  /** Average number of busy processes in the minute before the bench began. */
  load: number;
}

/** What is missing: a number that does not exist here. */
const DASH = '-';

const COLUMNS: readonly [heading: string | ((run: RunConfig) => string), cell: (row: BenchRow, run: RunConfig) => string][] = [
  ['contender', ({ contender }) => contender],
  ['median ms', ({ medianMs }) => fixed(medianMs, 1)],
  ['fastest', ({ fastestMs }) => fixed(fastestMs, 1)],
  [(run) => `${wordsOf(run).samples}/s`, (row, run) => fixed(samplesPerSecond(row, run), 0)],
  ['JS ms', ({ jsMs }) => fixed(jsMs, 2)],
  ['dispatches', ({ dispatches }) => fixed(dispatches, 0)],
  ['submits', ({ submits }) => fixed(submits, 0)],
  ['GPU MB', ({ gpuBytes }) => fixed(gpuBytes === null ? null : gpuBytes / 1e6, 1)],
  ['GFLOP/s', ({ gflops }) => fixed(gflops, 1)],
  ['of peak', ({ shareOfPeak }) => (shareOfPeak === null ? DASH : `${(100 * shareOfPeak).toFixed(0)} %`)],
];

export function machineJson(machine: Machine): string {
  return JSON.stringify({ event: 'machine', ...machine });
}

/** One line for each row, and one for each contender that is absent. @param config what the row is called by */
export function rowsJson(config: string, run: RunConfig, { report }: BenchResult): string[] {
  const { rows, absent, ...shared } = report;
  return [
    ...rows.map((row) => ({ event: 'row', config, ...row, samplesPerSecond: samplesPerSecond(row, run), ...shared })),
    ...absent.map((one) => ({ event: 'absent', config, ...one })),
  ].map((line) => JSON.stringify(line));
}

/** Of whole steps, drawing included, as the page tells it. */
export function samplesPerSecond({ medianMs }: BenchRow, { optimiser }: RunConfig): number | null {
  return medianMs === null ? null : (1000 * optimiser.batch) / medianMs;
}

export function machineText({ place, device, cores, load }: Machine): string {
  return `${place}, ${device}, ${cores} cores, load ${load.toFixed(1)} before the bench`;
}

/** The table of one config, with what one has to know to read it. */
export function resultText(config: string, run: RunConfig, { report }: BenchResult): string {
  const headings = COLUMNS.map(([heading]) => (typeof heading === 'string' ? heading : heading(run)));
  const cells = [headings, ...report.rows.map((row) => COLUMNS.map(([, cell]) => cell(row, run)))];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) =>
    row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column] + 2))).join(''),
  );
  return [`${config}: ${describeMeasured(run)}`, '', ...lines, '', ...notes(report), ''].join('\n');
}

function notes(report: BenchReport): string[] {
  const about = new Set(report.rows.flatMap((row) => (row.about === undefined ? [] : [`${row.about}.`])));
  return [...report.absent.map(({ contender, why }) => `Without ${contender}: ${why}.`), ...about, ...measuredNotes(report)];
}

function measuredNotes({ steps, flopsPerStep, parity, peak, batchMs, rows }: BenchReport): string[] {
  if (steps === 0) {
    return ['Nothing is executed: there are counts and JavaScript times only, and losses that say nothing were not compared.'];
  }
  const compared =
    parity === null
      ? 'Losses were not compared: there is one contender only.'
      : `Losses of step ${parity.steps.join(', ')} differ by at most ${parity.difference.toExponential(1)} (relative).`;
  const peakText = peak === null ? '' : `, peak ${peak.gflops.toFixed(1)} GFLOP/s (${peak.side}^3, ${peak.contender})`;
  const drawing = `To draw a batch, a part of every step${hasJsTimes(rows) ? ' and of its JS ms' : ''}, takes ${batchMs.toFixed(1)} ms.`;
  return [compared, `${steps} steps each, ${(flopsPerStep / 1e9).toFixed(2)} GFLOP a step${peakText}.`, drawing];
}

function hasJsTimes(rows: readonly BenchRow[]): boolean {
  return rows.some(({ jsMs }) => jsMs !== null);
}

function fixed(value: number | null, digits: number): string {
  return value === null ? DASH : value.toFixed(digits);
}
