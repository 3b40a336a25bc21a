/** Patchwork's step kernel by kernel, as it is where a step cannot be recorded: what recording saves is the difference. */
import { EagerStepper } from '../engine/stepper.ts';
import { concatFlat } from '../ops/splitFlat.ts';
import { differentiate } from '../trainer/differentiate.ts';
import { drawStep, TEACHER_KEEP } from '../trainer/drawStep.ts';
import { openStreams } from '../trainer/streams.ts';
import { TrainState } from '../trainer/trainState.ts';
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
        const [loss] = await stepper.step('', inputs, (tensors) => {
          const { loss, gradient } = differentiate(objective, state, { tensors, sizes: task.sizes }, []);
          const norm = state.update(gradient, tensors);
          const keep = tensors[TEACHER_KEEP];
          if (keep !== undefined) state.moveTeacher(keep);
          return concatFlat([loss, norm]);
        });
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
