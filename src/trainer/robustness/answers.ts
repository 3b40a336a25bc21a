/** Answers to every subset of the senses as a switchboard shows them; pure, so that the page makes them from a study's rows too. */
import type { Sense } from '../../config/modalities/names.ts';
import { type Subset, subsetsOf } from '../../config/subsets.ts';
import type { SwitchboardSample } from '../reports.ts';

interface Asked {
  senses: Subset<Sense>;
  classes: number;
  /** Of the samples, if they have any. */
  labels: ArrayLike<number> | undefined;
  isThere(subset: Subset<Sense>, sample: number): boolean;
}

/** @param answers (samples, subsets, classes) probabilities */
export function switchboardSamples(answers: Float32Array, { senses, classes, labels, isThere }: Asked): SwitchboardSample[] {
  const subsets = subsetsOf(senses);
  return Array.from({ length: answers.length / subsets.length / classes }, (_, i) => {
    const truth = labels?.[i];
    return {
      ...(truth === undefined || truth >= classes ? {} : { truth }),
      answers: subsets.map((subset, s) => {
        const from = (i * subsets.length + s) * classes;
        return isThere(subset, i) ? answers.slice(from, from + classes) : undefined;
      }),
    };
  });
}
