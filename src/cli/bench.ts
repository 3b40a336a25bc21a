/** `npm run bench -- ...`: measures the training step of Patchwork and its peers, in Chromium or here in Node. */
import { Console } from 'node:console';
import os from 'node:os';
import { BackendError, BadSettingError } from '../base/errors.ts';
import { measuredRun } from '../bench/measuredRuns.ts';
import { benchHelp } from './bench/benchHelp.ts';
import { type GrowthFinding, growthJson, growthPoints, growthText } from './bench/growth.ts';
import { performKernels } from './bench/kernels.ts';
import { type BenchOptions, isTorch, parseBenchOptions } from './bench/options.ts';
import { type BenchHost, openBench } from './bench/place.ts';
import { BenchProgressLine } from './bench/progress.ts';
import { benchSenses, sensesText } from './bench/senses.ts';
import { benchSweep, sweepText } from './bench/sweep.ts';
import { type Machine, machineJson, machineText, resultText, rowsJson } from './bench/table.ts';
import { TorchProcesses } from './bench/torch/processes.ts';
import { openEngine } from './openEngine.ts';
import { ProgressBar } from './progressBar.ts';

const EXIT = { done: 0, failed: 1, badUse: 2 } as const;

const NO_TORCH = 'there is no python3 with torch here (Debian: python3-torch)';

/** Runs the command with the words that follow it, and ends the process. */
export async function main(argv: readonly string[], host: BenchHost): Promise<never> {
  // Standard output carries the findings alone, whatever a library thinks it has to say.
  globalThis.console = new Console(process.stderr);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(EXIT.failed));
  try {
    const options = parseBenchOptions(argv);
    if (options.help) process.stdout.write(`${benchHelp()}\n`);
    else if (options.senses) await performAlone(options, 'senses', benchSenses, sensesText);
    else if (options.sweep) await performAlone(options, 'sweep', benchSweep, sweepText);
    else if (options.kernels) await performKernels(options, host);
    else await perform(options, host);
    process.exit(EXIT.done);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(error instanceof BadSettingError ? EXIT.badUse : EXIT.failed);
  }
}

async function perform(options: BenchOptions, host: BenchHost): Promise<void> {
  const { configs, json, backend, contenders, growth } = options;
  const bar = new BenchProgressLine(process.stderr);
  const print = (line: string): void => {
    bar.clear();
    process.stdout.write(`${line}\n`);
  };
  const machine = { cores: os.cpus().length, load: os.loadavg()[0] };
  const python = backend === 'webgpu' || !contenders.some(isTorch) ? '' : host.findTorch();
  const torchMissing = python === undefined ? { torchMissing: NO_TORCH } : {};
  const processes = new TorchProcesses(python ?? '');
  const bench = await openBench(options, host, processes.link);
  try {
    const points = growth ? growthPoints() : [];
    const findings: GrowthFinding[] = [];
    const runs = growth
      ? points.map(({ axis, value, run }) => ({ config: `${axis} ${value}`, run }))
      : configs.map((config) => ({ config, run: measuredRun(config) }));
    for (const [i, { config, run }] of runs.entries()) {
      const request = { run, backend, contenders, steps: options.steps, paritySteps: options.paritySteps, ...torchMissing };
      const result = await bench.measure(request, (progress) => bar.show(config, progress));
      const found: Machine = { ...machine, place: bench.name, device: result.device };
      if (i === 0) print(json ? machineJson(found) : `${machineText(found)}\n`);
      const point = points[i];
      if (point !== undefined) {
        findings.push({ ...point, rows: result.report.rows });
        if (json) for (const line of growthJson({ ...point, rows: result.report.rows })) print(line);
        if (i === points.length - 1 && !json) print(growthText(findings));
        if (i === points.length - 1)
          for (const { contender, why } of result.report.absent) bar.say(`Without ${contender}: ${why}.`);
        continue;
      }
      for (const line of json ? rowsJson(config, run, result) : [resultText(config, run, result)]) print(line);
    }
  } finally {
    bar.clear();
    processes.close();
    await bench.close();
  }
}

type MeasureAlone<T> = (rounds: number, onProgress: (done: number, total: number) => void) => Promise<T>;

/** A measurement of ours alone, beside no contender. */
async function performAlone<T extends object>(
  { backend, steps, json }: BenchOptions,
  event: string,
  measure: MeasureAlone<T>,
  say: (times: T) => string,
): Promise<void> {
  if (backend === 'null') throw new BackendError('A device that executes nothing has no times.');
  const bar = new ProgressBar(process.stderr);
  const machine = { cores: os.cpus().length, load: os.loadavg()[0], place: `Node ${process.versions.node}` };
  const engine = await openEngine(backend);
  const times = await measure(steps, (done, total) => bar.draw('timing', done, total));
  bar.clear();
  engine.check();
  const found: Machine = { ...machine, device: engine.backend.label };
  const lines = json ? [machineJson(found), JSON.stringify({ event, ...times })] : [machineText(found), say(times)];
  process.stdout.write(`${lines.join('\n')}\n`);
}
