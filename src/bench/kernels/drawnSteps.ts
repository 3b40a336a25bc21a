/** The steps of a run, drawn one after another, for whoever executes them in a way of its own. */
import { BackendError } from '../../base/errors.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Dataset } from '../../data/samples.ts';
import { type StepArguments, stepKind } from '../../engine/stepper.ts';
import { drawStep } from '../../trainer/drawStep.ts';
import { Run } from '../../trainer/run.ts';
import { openStreams, type Streams } from '../../trainer/streams.ts';
import { TrainState } from '../../trainer/trainState.ts';
import { update } from '../../trainer/update.ts';

export class DrawnSteps {
  readonly state: TrainState;
  private readonly run: Run;
  private readonly streams: Streams;
  private done = 0;
  private kind: string | undefined;

  constructor(
    private readonly config: RunConfig,
    dataset: Dataset,
  ) {
    this.run = new Run(config, dataset);
    const { objective, tokenizer } = this.run;
    this.streams = openStreams(config, tokenizer, dataset, dataset, objective);
    this.state = new TrainState(objective, config.optimiser.seed);
  }

  /**
   * Draws the next step and has it done.
   *
   * @returns the milliseconds of `execute`
   * @throws BackendError when it is of another kind than those before: a recording of them is none of it
   */
  async next(execute: (...step: StepArguments) => unknown): Promise<number> {
    const { config, state } = this;
    const { objective } = this.run;
    const place = { step: this.done, cursor: this.done * config.optimiser.batch, optimiserSince: 0 };
    this.done += 1;
    const { task, inputs } = drawStep(objective, config, this.streams, place);
    const key = JSON.stringify(task.sizes);
    this.kind ??= stepKind(key, inputs);
    if (this.kind !== stepKind(key, inputs)) throw new BackendError('Steps of this run are of several kinds.');
    const { step: metrics } = factsOf(config).metrics;
    const started = performance.now();
    await execute(key, inputs, (tensors) => update(objective, state, { tensors, sizes: task.sizes }, metrics));
    return performance.now() - started;
  }

  dispose(): void {
    this.state.dispose();
    this.run.dispose();
  }
}
