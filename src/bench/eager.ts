/** Patchwork's step kernel by kernel, as it is where a step cannot be recorded: what recording saves is the difference. */
import { EagerStepper, type StepFunction } from '../engine/stepper.ts';
import { drawStep } from '../trainer/drawStep.ts';
import { openStreams } from '../trainer/streams.ts';
import { TrainState } from '../trainer/trainState.ts';
import { update } from '../trainer/update.ts';
import type { Contender, Entrant } from './contender.ts';
import { settleDevice, switchBackend } from './tfjs.ts';

export const patchworkEager: Entrant = {
  name: 'patchwork, not recorded',

  async enter({ config, dataset, objective, tokenizer }, backend): Promise<Contender> {
    await switchBackend(backend);
    const streams = openStreams(config, tokenizer, dataset, dataset, objective);
    const state = new TrainState(objective, config.optimiser.seed);
    const stepper = new EagerStepper();
    let done = 0;
    return {
      warmUp: 2,
      activate: () => switchBackend(backend),
      async step() {
        const place = { step: done, cursor: done * config.optimiser.batch, optimiserSince: 0 };
        done += 1;
        const { task, inputs } = drawStep(objective, config, streams, place);
        const compute: StepFunction = (tensors) => update(objective, state, { tensors, sizes: task.sizes }, []);
        const [loss] = await stepper.step('', inputs, compute);
        return loss;
      },
      settle: settleDevice,
      dispose() {
        stepper.dispose();
        state.dispose();
      },
    };
  },
};
