/** Answers of fine-tuned runs as numbers that lines of a figure are made of: of each alone, and of several together. */
import { CONTENDER, ensembleName } from '../../config/figures/ensemble.ts';
import { accuracyOf, classify } from '../../metrics/classification.ts';
import type { SweepValue } from '../../metrics/sweepSummary.ts';
import { meanProbabilities } from './ensemble.ts';
import type { Answers } from './plan.ts';

/** A member's answers with one seed. */
export interface AnsweredMember extends Answers {
  name: string;
  seed: number;
}

/**
 * The accuracy of every member and of every ensemble, at {contender} of its name. Ensembles whose members have not all answered are left out.
 *
 * @param ensembles names of members
 * @param version `RESULTS_VERSION` of the program that measured them
 */
export function ensembleValues(
  answered: readonly AnsweredMember[],
  ensembles: readonly (readonly string[])[],
  version: number,
): SweepValue[] {
  const seeds = [...new Set(answered.map(({ seed }) => seed))];
  return seeds.flatMap((seed) => {
    const there = answered.filter((one) => one.seed === seed);
    const accuracyAt = (contender: string, members: readonly AnsweredMember[]): SweepValue[] => {
      const [first] = members;
      if (first === undefined) return [];
      const classes = first.probabilities.length / first.truths.length;
      const { predictions } = classify(meanProbabilities(members.map(({ probabilities }) => probabilities)), classes);
      return [
        { at: { [CONTENDER]: contender }, seed, version, measure: 'finetune', value: accuracyOf(predictions, first.truths) },
      ];
    };
    const together = ensembles.flatMap((names) => {
      const members = names.flatMap((name) => there.find((one) => one.name === name) ?? []);
      return members.length < names.length ? [] : accuracyAt(ensembleName(names), members);
    });
    return [...there.flatMap((one) => accuracyAt(one.name, [one])), ...together];
  });
}
