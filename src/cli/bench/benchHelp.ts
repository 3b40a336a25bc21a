import { describeMeasured, MEASURED_RUNS, measuredRun } from '../../bench/measuredRuns.ts';
import { BENCH_OPTIONS } from './options.ts';

/** The text of `bench -- --help`, made from the same tables that the options are read with. */
export function benchHelp(): string {
  const options = Object.entries(BENCH_OPTIONS).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const configs = MEASURED_RUNS.map((name) => [name, describeMeasured(measuredRun(name))]);
  return `Measures one training step of Patchwork beside the same step in stock TensorFlow.js, in jax-js (as its users write it, and in the
fastest form that we could give it) and in PyTorch with two threads and with one, where python3 with torch is found. All start
from the same weights and take turns; losses are compared before any time is told.

  npm run --silent bench -- --where chromium --backend wasm --configs tiny,small --json
  npm run --silent bench -- --growth --steps 3 --parity-steps 1
  npm run --silent bench -- --senses --steps 31
  npm run --silent bench -- --sweep --steps 5

Options
${table(options)}

Configs
${table(configs)}

GFLOP/s count the step's matrix products; the peak is the best plain matrix product that any contender but PyTorch reached in the
same run. A step of PyTorch is timed by its own clock, and has the time to draw its batch in it, as everyone's has.

Exit codes: 0 done, 1 it could not be measured (no adapter, no Chromium, losses differ), 2 wrong use.`;
}

function table(rows: string[][]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
