/** What becomes of a run that was pretrained with several senses when labels for some of them arrive. */
import { OBJECTIVE_FACTS } from './objectives.ts';
import { defaultRun, type RunConfig } from './run.ts';
import { applySettings } from './settings.ts';

/**
 * A run with labels on its encoders: the same samples, model and read-out, and for the rest what such runs start with (multimodal.md 4:
 * 150 steps of 64, learning rate 5e-4, warm-up of 15 steps or so).
 *
 * @param pretrained contrastive, or multimodal MAE, whose block for all senses comes along
 */
export function robustRun(pretrained: RunConfig): RunConfig {
  const { optimiser, task } = applySettings(defaultRun(), OBJECTIVE_FACTS.robust.start);
  return {
    ...pretrained,
    task: { ...task, objective: 'robust' },
    model: { ...pretrained.model, dropPath: 0 },
    optimiser: { ...optimiser, seed: pretrained.optimiser.seed },
    robust: { ...pretrained.robust, encoders: pretrained.task.objective === 'multimodalMae' ? 'joint' : 'apart' },
  };
}
