/** The columns of the bench's table, and what has to be known to read it. */
import { LOSS_TOLERANCE } from '../../bench/parity.ts';
import type { BenchReport, BenchRow } from '../../bench/report.ts';
import { formatBytes, formatCount, formatMilliseconds, formatPercent } from '../format.ts';

const DASH = '–';
const STOCK = 'stock tfjs';

const NAMES: Readonly<Record<string, string>> = { patchwork: 'Patchwork', [STOCK]: 'stock TensorFlow.js' };

export function contenderName(contender: string): string {
  return NAMES[contender] ?? contender;
}

export interface Column {
  heading: string;
  /** Stands over the heading when the pointer rests there. */
  help: string;
  cell(row: BenchRow, report: BenchReport): string;
}

const TIMES: readonly Column[] = [
  {
    heading: 'median ms',
    help: 'Whole steps: batch, upload, loss, gradient and update, until the device is done',
    cell: ({ medianMs }) => fixed(medianMs, 1),
  },
  { heading: 'fastest', help: 'The quickest of the timed steps, in ms', cell: ({ fastestMs }) => fixed(fastestMs, 1) },
];

const COUNTS: readonly Column[] = [
  {
    heading: 'JS ms',
    help: 'How long a step keeps its thread busy before it waits for the GPU',
    cell: ({ jsMs }) => fixed(jsMs, 2),
  },
  { heading: 'dispatches', help: 'Kernels started in one step', cell: ({ dispatches }) => counted(dispatches) },
  { heading: 'submits', help: 'Times that work was handed to the GPU in one step', cell: ({ submits }) => counted(submits) },
  {
    heading: 'GPU memory',
    help: 'Most bytes in GPU buffers at one time',
    cell: ({ gpuBytes }) => (gpuBytes === null ? DASH : formatBytes(gpuBytes)),
  },
];

const RATES: readonly Column[] = [
  {
    heading: 'GFLOP/s',
    help: 'Arithmetic of the matrix products of a step, by the median',
    cell: ({ gflops }) => fixed(gflops, 1),
  },
  {
    heading: 'of peak',
    help: 'Share of the best plain matrix product that either reached here',
    cell: ({ shareOfPeak }) => (shareOfPeak === null ? DASH : formatPercent(shareOfPeak, 0)),
  },
  { heading: 'speed', help: 'How many times as fast as stock TensorFlow.js', cell: (row, report) => timesStock(row, report) },
];

/** WebAssembly has no GPU to count anything on. */
export function columnsOf({ rows }: BenchReport): Column[] {
  const hasCounts = rows.some(({ dispatches }) => dispatches !== null);
  return [...TIMES, ...(hasCounts ? COUNTS : []), ...RATES];
}

function timesStock({ medianMs }: BenchRow, { rows }: BenchReport): string {
  const stock = rows.find(({ contender }) => contender === STOCK)?.medianMs ?? null;
  if (stock === null || medianMs === null) return DASH;
  const times = stock / medianMs;
  return `${times >= 100 ? Math.round(times) : times.toPrecision(2)} ×`;
}

/** Sentences under the table. */
export function notesOf({ steps, flopsPerStep, parity, peak, batchMs }: BenchReport): string[] {
  const notes = [`Medians of ${steps === 1 ? 'one step' : `${steps} steps`} each, taken in turns.`];
  if (parity !== null) {
    const places = parity.steps.length === 1 ? `step ${parity.steps[0]}` : `steps ${parity.steps.join(', ')}`;
    const difference = parity.difference === 0 ? 'are equal' : `differ by ${parity.difference.toExponential(1)} at most`;
    notes.push(`Losses of ${places} ${difference}; ${LOSS_TOLERANCE} is allowed, relative.`);
  }
  notes.push(`A step is ${(flopsPerStep / 1e9).toFixed(2)} GFLOP.`);
  if (peak !== null) {
    const size = `${formatCount(peak.side)} × ${formatCount(peak.side)}`;
    notes.push(`Peak: ${peak.gflops.toFixed(1)} GFLOP/s, a ${size} product in ${contenderName(peak.contender)}.`);
  }
  notes.push(`Drawing the batch takes ${formatMilliseconds(batchMs)} of each step.`);
  return notes;
}

function fixed(value: number | null, digits: number): string {
  return value === null ? DASH : value.toFixed(digits);
}

function counted(value: number | null): string {
  return value === null ? DASH : formatCount(value);
}
