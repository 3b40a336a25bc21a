/** The models of a card's robustness study, one by one, as the page and its worker name them. */
import { crc32 } from '../../base/crc32.ts';
import type { RobustnessPart } from '../../config/figures/card.ts';
import { studyRun } from '../../config/figures/robustPart.ts';
import { sensesOf } from '../../config/modalities/pair.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { subsetName } from '../../config/subsets.ts';
import { type RobustTask, robustTasks } from './plan.ts';

/** Every model that a part trains after its pretraining. */
export function studyTasks(part: RobustnessPart): RobustTask[] {
  return robustTasks(part, sensesOf(studyRun(part)));
}

/** Names one of them by all that decides its numbers, samples of the visitor's own apart. */
export function studyKey({ pretraining, labels, alphas, scratchSteps, testSamples }: RobustnessPart, task: RobustTask): string {
  const decides = JSON.stringify([RESULTS_VERSION, pretraining, labels, alphas, scratchSteps, testSamples]);
  return `study ${crc32(new TextEncoder().encode(decides))} ${task.method} ${subsetName(task.trainedOn)} ${task.seed}`;
}
