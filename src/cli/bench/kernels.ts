/** `bench --kernels`: each kernel of a recorded step beside its floor. */
import os from 'node:os';
import { measuredRun } from '../../bench/measuredRuns.ts';
import { kernelsJson, kernelsText } from './kernelTable.ts';
import type { BenchOptions } from './options.ts';
import { type BenchHost, openBench } from './place.ts';
import { BenchProgressLine } from './progress.ts';
import { type Machine, machineJson, machineText } from './table.ts';

export async function performKernels(options: BenchOptions, host: BenchHost): Promise<void> {
  const { configs, json, steps, threads } = options;
  const bar = new BenchProgressLine(process.stderr);
  const print = (line: string): void => {
    bar.clear();
    process.stdout.write(`${line}\n`);
  };
  const machine = { cores: os.cpus().length, load: os.loadavg()[0] };
  const bench = await openBench(options, host, async () => '');
  try {
    for (const [i, config] of configs.entries()) {
      const run = measuredRun(config);
      const request = { run, steps, ...(threads !== undefined && { threads }) };
      const { device, kernels } = await bench.measureKernels(request, (progress) => bar.show(config, progress));
      const found: Machine = { ...machine, place: bench.name, device };
      if (i === 0) print(json ? machineJson(found) : `${machineText(found)}\n`);
      for (const line of json ? kernelsJson(config, kernels) : [kernelsText(config, run, kernels)]) print(line);
    }
  } finally {
    bar.clear();
    await bench.close();
  }
}
