/** A replayed step on WebGPU: what the host does for it, and how much the list asks of the GPU. */
import { median } from '../base/statistics.ts';
import { factsOf } from '../config/objectives.ts';
import type { RunConfig } from '../config/run.ts';
import type { Dataset } from '../data/samples.ts';
import { currentGpuSession } from '../engine/gpu/session.ts';
import { concatFlat } from '../ops/splitFlat.ts';
import type { MatmulVariant } from '../ops/wgsl/kernel.ts';
import { differentiate } from '../trainer/differentiate.ts';
import { drawStep } from '../trainer/drawStep.ts';
import { Run } from '../trainer/run.ts';
import { openStreams } from '../trainer/streams.ts';
import { TrainState } from '../trainer/trainState.ts';

export interface ReplayCost {
  /** Median milliseconds until a step is with the GPU, its batch drawn before: inputs written, the list encoded and submitted. */
  javaScriptMs: number;
  dispatches: number;
  copies: number;
  bytes: number;
}

const WARM_UP = 20;

/**
 * @param matmul how products are computed from now on
 * @throws Error when the current backend replays no lists of GPU commands
 */
export async function measureReplay(
  config: RunConfig,
  dataset: Dataset,
  matmul: MatmulVariant,
  rounds: number,
): Promise<ReplayCost> {
  const session = currentGpuSession();
  if (session === undefined) throw new Error('Lists of GPU commands are replayed on WebGPU only.');
  session.dispatcher.tuning = { matmul };
  const run = new Run(config, dataset);
  const { objective, tokenizer } = run;
  const state = new TrainState(objective, config.optimiser.seed);
  const stepper = session.stepper(state.variables);
  try {
    const streams = openStreams(config, tokenizer, dataset, dataset, objective);
    const { task, inputs } = drawStep(objective, config, streams, { step: 0, cursor: 0, optimiserSince: 0 });
    const times: number[] = [];
    for (let round = 0; round < WARM_UP + rounds; round++) {
      const started = performance.now();
      const step = stepper.step(JSON.stringify(task.sizes), inputs, (tensors) => {
        const { loss, metrics, gradient } = differentiate(
          objective,
          state,
          { tensors, sizes: task.sizes },
          factsOf(config).metrics.step,
        );
        return concatFlat([loss, state.update(gradient, tensors), ...metrics]);
      });
      // All that is left is to wait for the GPU.
      const took = performance.now() - started;
      await step;
      if (round >= WARM_UP) times.push(took);
    }
    const [dispatches, copies] = [stepper.dispatches[0], stepper.copies[0]];
    return { javaScriptMs: median(times) ?? Number.NaN, dispatches, copies, bytes: stepper.bytes };
  } finally {
    for (const one of [stepper, state, run]) one.dispose();
  }
}
