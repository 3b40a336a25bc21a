/** `npm run bench`: how long a training step takes on wasm, beside the same step written with stock tfjs ops. */
import { Console } from 'node:console';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { patchCount } from '../config/check.ts';
import { presetRun } from '../config/presets.ts';
import { builtInDataset } from '../data/builtIn.ts';
import { selectBackend } from '../engine/backend.ts';
import { nodeEnvironment } from '../engine/environment.node.ts';
import { type BenchRow, measureSteps } from './bench/measure.ts';

const HELP = `Measures one training step on WebAssembly in Node, in one run and interleaved: Patchwork, Patchwork without its own
SIMD kernels, and the same step in stock tfjs ops. Losses are compared before any time is taken.

  npm run bench -- [--steps N] [--json]

  --steps N   steps to time, 1 to 200 (default 12)
  --json      one JSON line instead of a table
  --help      this text
`;

export async function main(argv: readonly string[]): Promise<never> {
  globalThis.console = new Console(process.stderr);
  try {
    process.exit(await bench(argv));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

async function bench(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  // The setting of the published numbers: 32 px, 16 patches, width 128, depth 4, batch 64.
  const config = presetRun('mp3-cifar');
  const dataset = await builtInDataset('scenes', config.data.size, 1);
  await selectBackend('wasm', await nodeEnvironment(false));
  const { steps } = options;
  const rows = await measureSteps(config, dataset, steps, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${steps} steps`);
  });
  const { model, optimiser } = config;
  const setting = `width ${model.width}, depth ${model.depth}, heads ${model.heads}, ${patchCount(config)} patches, batch ${optimiser.batch}`;
  process.stdout.write(options.json ? toJson(rows, setting) : toTable(rows, setting));
  return 0;
}

function readOptions(argv: readonly string[]): { steps: number; json: boolean; help: boolean } | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { steps: { type: 'string', default: '12' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    const steps = Number(values.steps);
    if (!Number.isInteger(steps) || steps < 1 || steps > 200)
      return `--steps must be a whole number from 1 to 200, not "${values.steps}".`;
    return { steps, json: values.json === true, help: values.help === true };
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\nSee npm run bench -- --help.`;
  }
}

function toJson(rows: readonly BenchRow[], setting: string): string {
  return `${JSON.stringify({ setting, cores: os.cpus().length, load: os.loadavg()[0], rows })}\n`;
}

function toTable(rows: readonly BenchRow[], setting: string): string {
  const [ours] = rows;
  const lines = rows.map(({ name, msPerStep, fastestMs }) =>
    [
      name.padEnd(32),
      msPerStep.toFixed(1).padStart(10),
      fastestMs.toFixed(1).padStart(10),
      `${(msPerStep / ours.msPerStep).toFixed(2)}x`.padStart(9),
    ].join(''),
  );
  const head = [
    'step on wasm, one thread'.padEnd(32),
    'median ms'.padStart(10),
    'fastest'.padStart(10),
    'ratio'.padStart(9),
  ].join('');
  return `${setting}\nload ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} cores\n\n${head}\n${lines.join('\n')}\n`;
}
