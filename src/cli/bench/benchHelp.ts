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
  npm run --silent bench -- --kernels --configs tiny,small,base --steps 20
  npm run --silent bench -- --senses --steps 31
  npm run --silent bench -- --sweep --steps 5

Options
${table(options)}

Configs
${table(configs)}

GFLOP/s count the step's matrix products; the peak is the best plain matrix product that any contender but PyTorch reached in the
same run. A step of PyTorch is timed by its own clock, and has the time to draw its batch in it, as everyone's has.

--kernels times each call where it stands, in a recorded step that trains: all threads walk the list as ever, and between two calls
the calling thread looks at the clock, while the others wait for it. So a call finds the caches as the step leaves them, and its
time is that of the slowest thread. A page's clock ticks every 5 microseconds: what takes less is right in sums only. The floor of a
call is the longer of two times: that of its operations (two for each multiply-add, the others as the kernel's source writes them)
at the peak, and that of its bytes (each input read once, each output written once) at the bandwidth of copies of as many bytes, again
and again. The peak is the product of square matrices by the kernel of linear layers, measured between the steps by the same threads.
Times, peak and what is reached, the floor over the time in each step with the peak beside it, are medians of --steps steps. Functions of
tfjs have no floor.

Exit codes: 0 done, 1 it could not be measured (no adapter, no Chromium, losses differ), 2 wrong use.`;
}

function table(rows: string[][]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
