/** A recorded step beside the same step run kernel by kernel, on WebAssembly: what the one saves, and what of it is JavaScript. */
import { median } from '../base/statistics.ts';
import { factsOf } from '../config/objectives.ts';
import type { RunConfig } from '../config/run.ts';
import type { Dataset } from '../data/samples.ts';
import { createStepper } from '../engine/createStepper.ts';
import { RecordedStepper } from '../engine/recorded/recordedStepper.ts';
import { EagerStepper, type Stepper } from '../engine/stepper.ts';
import { drawStep } from '../trainer/drawStep.ts';
import { Run } from '../trainer/run.ts';
import { openStreams } from '../trainer/streams.ts';
import { TrainState } from '../trainer/trainState.ts';
import { update } from '../trainer/update.ts';

export interface RecordedTimes {
  /** Median milliseconds of a step whose batch was drawn before. */
  recordedMs: number;
  eagerMs: number;
  /** What of a recorded step is not its kernels, median. */
  javaScriptMs: number;
  /** recordedMs / eagerMs: the median over rounds, and the least and largest of one round. */
  ratio: number;
  range: [least: number, most: number];
  rounds: number;
  /** Kernel calls of a step. */
  calls: number;
  /** Of the block that holds all that a recorded step makes. */
  plannedBytes: number;
}

/** The first is recorded, the second checked. */
const WARM_UP = 4;

/**
 * Times both in turns, on the same batches.
 *
 * @param rounds timed turns of each
 * @throws Error when the current backend records no steps, or the two do not agree
 */
export async function measureRecorded(config: RunConfig, dataset: Dataset, rounds: number): Promise<RecordedTimes> {
  const run = new Run(config, dataset);
  const { objective, tokenizer } = run;
  const streams = openStreams(config, tokenizer, dataset, dataset, objective);
  const states = [0, 1].map(() => new TrainState(objective, config.optimiser.seed));
  const stepper = createStepper(states[0].variables);
  if (!(stepper instanceof RecordedStepper)) throw new Error('Steps are recorded on WebAssembly with SIMD only.');
  const steppers: Stepper[] = [stepper, new EagerStepper()];
  const times: number[][] = [[], []];
  const outside: number[] = [];
  try {
    for (let step = 0; step < WARM_UP + rounds; step++) {
      const { batch } = config.optimiser;
      const { task, inputs } = drawStep(objective, config, streams, { step, cursor: step * batch, optimiserSince: 0 });
      const values: Float32Array[] = [];
      for (const i of step % 2 === 0 ? [0, 1] : [1, 0]) {
        const kernelMs = i === 0 ? timeKernels(stepper) : undefined;
        const started = performance.now();
        values[i] = await steppers[i].step(JSON.stringify(task.sizes), inputs, (tensors) =>
          update(objective, states[i], { tensors, sizes: task.sizes }, factsOf(config).metrics.step),
        );
        const took = performance.now() - started;
        if (step < WARM_UP) continue;
        times[i].push(took);
        if (kernelMs !== undefined) outside.push(took - kernelMs());
      }
      if (values[0].some((value, i) => !Object.is(value, values[1][i])))
        throw new Error(`Step ${step + 1} is another one when recorded.`);
    }
    const ratios = times[0].map((ms, i) => ms / times[1][i]);
    const [recording] = stepper.recordings;
    if (recording === undefined) throw new Error(`Nothing was recorded: ${[...stepper.refusals.values()].join(' ')}`);
    const [recordedMs, eagerMs, javaScriptMs, ratio] = [...times, outside, ratios].map((own) => median(own) ?? Number.NaN);
    const range: [number, number] = [Math.min(...ratios), Math.max(...ratios)];
    const { calls, bytes: plannedBytes } = recording;
    return { recordedMs, eagerMs, javaScriptMs, ratio, range, rounds, calls, plannedBytes };
  } finally {
    for (const one of [...steppers, ...states, run]) one.dispose();
  }
}

/** Watches the kernels of the next recorded step. @returns their milliseconds, once it is done */
function timeKernels({ recordings }: RecordedStepper): () => number {
  let milliseconds = 0;
  for (const { walk } of recordings) {
    const run = walk.run.bind(walk);
    walk.run = () => {
      const started = performance.now();
      run();
      milliseconds = performance.now() - started;
      Reflect.deleteProperty(walk, 'run');
    };
  }
  return () => milliseconds;
}
