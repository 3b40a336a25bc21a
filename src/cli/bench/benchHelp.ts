import { BENCH_CONFIGS, benchRun, describeRun } from '../../bench/configs.ts';
import { BENCH_OPTIONS } from './options.ts';

/** The text of `bench -- --help`, made from the same tables that the options are read with. */
export function benchHelp(): string {
  const options = Object.entries(BENCH_OPTIONS).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help]);
  const configs = BENCH_CONFIGS.map((name) => [name, describeRun(benchRun(name))]);
  return `Measures one training step of Patchwork beside the same step in stock TensorFlow.js and in jax-js: as its users write it,
and in the fastest form that we could give it. All start from the same weights and take turns; losses are compared before any
time is told.

  npm run --silent bench -- --where chromium --backend wasm --configs tiny,small --json
  npm run --silent bench -- --senses --steps 31
  npm run --silent bench -- --sweep --steps 5

Options
${table(options)}

Configs
${table(configs)}

GFLOP/s count the step's matrix products; the peak is the best plain matrix product that any contender reached in the same run.

Exit codes: 0 done, 1 it could not be measured (no adapter, no Chromium, losses differ), 2 wrong use.`;
}

function table(rows: string[][]): string {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`).join('\n');
}
