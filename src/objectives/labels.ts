/** Which samples a run with labels may learn from. */
import { BadDataError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import type { Choosable, Objective } from './objective.ts';

/** What the draw of labelled samples is called among those of a seed. */
const LABELLED = 'labelled';

/**
 * Samples of a set that a run with an objective may learn from, by index; undefined where it learns from all.
 *
 * @param seed of the run
 * @throws BadDataError as `Objective.choose`
 */
export function learnedFrom(
  { choose, labelSeed }: Pick<Objective, 'choose' | 'labelSeed'>,
  set: Choosable,
  seed: number,
): number[] | undefined {
  return choose?.(set, labelRandom(labelSeed ?? seed));
}

/** What samples with labels are drawn by. */
export function labelRandom(seed: number): Random {
  return new Random(seed, LABELLED);
}

/**
 * @param perClass samples of each class; 0 takes all. A larger set of the same seed holds a smaller one.
 * @returns indices, ascending
 * @throws BadDataError when there are no labels, one class only, or fewer samples of a class than asked for
 */
export function chooseLabelled({ labels, classes }: Choosable, perClass: number, random: Random): number[] {
  if (labels === undefined || classes.length === 0) {
    throw new BadDataError(
      'These samples have no labels, or are all of one class: there are no classes to tell apart. ' +
        'Bring two classes or more, one folder for each, named after it.',
    );
  }
  const counts = new Uint32Array(classes.length);
  for (const label of labels) counts[label]++;
  const present = counts.filter((count) => count > 0).length;
  if (present < 2) {
    const [only = 'none'] = classes.filter((_, label) => counts[label] > 0);
    throw new BadDataError(`All samples belong to one class (${only}), so there is nothing to tell apart. Bring a second one.`);
  }
  const all = Array.from(labels, (_, index) => index);
  if (perClass === 0) return all;
  const scarce = classes.findIndex((_, label) => counts[label] < perClass);
  if (scarce >= 0) {
    throw new BadDataError(
      `Class ${classes[scarce]} has ${counts[scarce].toLocaleString('en')} training samples, fewer than the ` +
        `${perClass.toLocaleString('en')} labels per class that are asked for. Ask for fewer, or for all.`,
    );
  }
  const taken = new Uint32Array(classes.length);
  const shuffled = Array.from(random.permutation(labels.length));
  return shuffled.filter((index) => taken[labels[index]]++ < perClass).sort((a, b) => a - b);
}
