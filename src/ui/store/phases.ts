/** The phases of a run as a time line: which are done, which is under way, and how far each led from the start. */
import { DATASET_LABELS } from '../../config/datasets.ts';
import { phaseAt, phasesOf } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import type { HeldOutPoint } from './curves.ts';

export interface PhaseLine {
  label: string;
  steps: number;
  /** Steps of it that are done. */
  done: number;
  isCurrent: boolean;
  /** Name of the pictures that it learns from. */
  data: string;
  /** Where its weights come from, in words; null for the first phase, whose are random. */
  start: string | null;
  /** Length of the change in the encoder's weights since the pretrained start, when last measured in it. */
  distance: number | null;
}

/** @param dataset name of the run's own pictures */
export function phaseLines(config: RunConfig, step: number, heldOut: readonly HeldOutPoint[], dataset: string): PhaseLine[] {
  const { index: current } = phaseAt(config, step);
  let before = 0;
  return phasesOf(config).map(({ label, steps, data, start }, index) => {
    const from = before;
    before += steps;
    // A point at the border was measured with the weights that the phase before ended with.
    const own = heldOut.filter((point) => point.step > from && point.step <= from + steps);
    return {
      label,
      steps,
      done: Math.min(steps, Math.max(0, step - from)),
      isCurrent: index === current,
      data: data === 'source' ? DATASET_LABELS[config.selfDistillation.source] : dataset,
      start: index === 0 ? null : start === 'pretrained' ? 'from the pretrained weights' : 'goes on',
      distance: own.findLast(({ scores }) => scores.distance !== undefined)?.scores.distance ?? null,
    };
  });
}
