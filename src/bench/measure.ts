/**
 * Measures ways to do one and the same training step side by side: taking turns, so that a busy machine is busy for all, and
 * only after their losses have been found equal.
 */

import { BackendError } from '../base/errors.ts';
import { median } from '../base/statistics.ts';
import type { BackendName } from '../config/backends.ts';
import { stepFlops } from '../trainer/flops.ts';
import { subjectOf } from '../trainer/subject.ts';
import type { Contender, Entrant } from './contender.ts';
import { GpuMeter } from './gpuMeter.ts';
import { comparedSteps, requireParity } from './parity.ts';
import { measurePeak } from './peak.ts';
import { type Problem, StepInputs } from './problem.ts';
import type { BenchProgress, BenchReport, BenchRow } from './report.ts';

export interface MeasureOptions {
  problem: Problem;
  /** Started already (`selectBackend`). */
  backend: BackendName;
  /** Timed steps of each contender. */
  steps: number;
  /** Losses are compared at those of the steps 1, 5 and 20 that are not beyond this one. */
  paritySteps: number;
  /** False on a device that executes nothing: then there are counts and JavaScript times only, and no losses to compare. */
  executes: boolean;
}

interface Sample {
  ms: number;
  jsMs: number;
}

/** Steps that are counted, after warming up. */
const COUNTED_STEPS = 1;

/**
 * @param onProgress called before each piece of work
 * @throws ParityError when a contender computes something else: its times would mean nothing
 * @throws BackendError when a GPU refuses commands of a contender
 */
export async function measure(
  entrants: readonly Entrant[],
  options: MeasureOptions,
  onProgress: (progress: BenchProgress) => void = () => {},
): Promise<BenchReport> {
  const bench = new Bench(options, onProgress);
  try {
    return await bench.run(entrants);
  } finally {
    await bench.dispose();
  }
}

class Bench {
  private readonly meter: GpuMeter | undefined;
  private readonly contenders = new Map<string, Contender>();
  private readonly losses = new Map<string, number[]>();
  private readonly samples = new Map<string, Sample[]>();

  constructor(
    private readonly options: MeasureOptions,
    private readonly onProgress: (progress: BenchProgress) => void,
  ) {
    this.meter = options.backend === 'webgpu' ? new GpuMeter() : undefined;
  }

  async run(all: readonly Entrant[]): Promise<BenchReport> {
    const { problem, backend, steps, paritySteps, executes } = this.options;
    const entrants = all.filter(({ refuses }) => refuses?.(problem, backend) === undefined);
    const absent = all.flatMap(({ name, refuses }) => {
      const why = refuses?.(problem, backend);
      return why === undefined ? [] : [{ contender: name, why }];
    });
    for (const [done, { name, enter }] of entrants.entries()) {
      this.onProgress({ phase: 'preparing', contender: name, done, total: entrants.length });
      this.meter?.attributeTo(name);
      this.contenders.set(name, await enter(problem, backend));
      this.losses.set(name, []);
      this.samples.set(name, []);
    }
    const compared = comparedSteps(paritySteps);
    await this.takeTurns('comparing losses', executes ? Math.max(...compared) : 0, false);
    const parity = executes ? requireParity(this.losses, compared) : null;
    await this.warmUp();
    const counts = await this.count();
    await this.takeTurns('timing', steps, true);
    const peak = executes ? await this.peak() : null;
    const flopsPerStep = stepFlops(problem.config, subjectOf(problem.config, problem.dataset));
    const rows = entrants.map(({ name }) => this.row(name, counts.get(name), flopsPerStep, peak?.gflops));
    return { steps: executes ? steps : 0, flopsPerStep, parity, peak, batchMs: timeBatches(problem), rows, absent };
  }

  async dispose(): Promise<void> {
    for (const contender of this.contenders.values()) {
      await contender.activate();
      contender.dispose();
    }
    this.meter?.remove();
  }

  /** Each does one step, `total` times; who begins moves on by one each time. */
  private async takeTurns(phase: BenchProgress['phase'], total: number, timed: boolean): Promise<void> {
    const names = [...this.contenders.keys()];
    for (let done = 0; done < total; done++) {
      for (let i = 0; i < names.length; i++) {
        const name = names[(i + done) % names.length];
        this.onProgress({ phase, contender: name, done, total });
        const { loss, sample } = await this.step(name);
        if (timed) this.samples.get(name)?.push(sample);
        else this.losses.get(name)?.push(loss);
      }
    }
  }

  /** The steps that a contender still needs until its times are what a long run has. */
  private async warmUp(): Promise<void> {
    for (const [name, { warmUp }] of this.contenders) {
      for (let done = this.losses.get(name)?.length ?? 0; done < warmUp; done++) {
        this.onProgress({ phase: 'warming up', contender: name, done, total: warmUp });
        await this.step(name);
      }
    }
  }

  private async count(): Promise<Map<string, { dispatches: number; submits: number }>> {
    const counts = new Map<string, { dispatches: number; submits: number }>();
    if (this.meter === undefined) return counts;
    for (const name of this.contenders.keys()) {
      this.onProgress({ phase: 'counting', contender: name, done: 0, total: COUNTED_STEPS });
      this.meter.startCounting();
      await this.step(name);
      counts.set(name, this.meter.stopCounting());
    }
    return counts;
  }

  private async step(name: string): Promise<{ loss: number; sample: Sample }> {
    const contender = this.contenders.get(name);
    if (contender === undefined) throw new Error(`${name} is not taking part`);
    await contender.activate();
    this.meter?.attributeTo(name);
    const started = performance.now();
    const step = contender.step();
    const returned = performance.now();
    const loss = await step;
    await contender.settle();
    const ended = performance.now();
    const error = this.meter?.takeError();
    if (error !== undefined) throw new BackendError(`The GPU refused what ${name} asked of it: ${error}`);
    const ms = contender.ownMs?.() ?? ended - started;
    return { loss, sample: { ms, jsMs: Math.max(returned, this.meter?.waitedAt ?? returned) - started } };
  }

  private peak(): ReturnType<typeof measurePeak> {
    return measurePeak(this.contenders, (contender) => {
      this.meter?.attributeTo(`${contender}, multiplying`);
      this.onProgress({ phase: 'multiplying', contender, done: 0, total: 1 });
    });
  }

  private row(
    contender: string,
    counts: { dispatches: number; submits: number } | undefined,
    flops: number,
    peak: number | undefined,
  ): BenchRow {
    const samples = this.samples.get(contender) ?? [];
    const times = this.options.executes ? samples.map(({ ms }) => ms) : [];
    const medianMs = median(times);
    const gflops = medianMs === null ? null : flops / medianMs / 1e6;
    const about = this.contenders.get(contender)?.about;
    return {
      contender,
      ...(about !== undefined && { about }),
      medianMs,
      fastestMs: times.length === 0 ? null : Math.min(...times),
      jsMs: this.meter === undefined ? null : median(samples.map(({ jsMs }) => jsMs)),
      dispatches: counts?.dispatches ?? null,
      submits: counts?.submits ?? null,
      gpuBytes: this.meter?.peakBytes(contender) ?? null,
      gflops,
      shareOfPeak: gflops === null || peak === undefined ? null : gflops / peak,
      losses: this.losses.get(contender) ?? [],
    };
  }
}

const BATCHES = 5;

function timeBatches(problem: Problem): number {
  const inputs = new StepInputs(problem);
  const times = Array.from({ length: BATCHES }, () => {
    const started = performance.now();
    inputs.draw();
    return performance.now() - started;
  });
  return median(times) ?? 0;
}
