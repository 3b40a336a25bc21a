/** How large the runs of a card are, in words: what a sweep changes is told from its least to its most. */
import { BUILT_IN_COUNTS, BUILT_IN_TEXT_COUNTS, DATASET_LABELS } from '../../config/datasets.ts';
import { basesOf, type CardPart, repeatsOf } from '../../config/figures/card.ts';
import { titleOf } from '../../config/inWords.ts';
import { modalityOf, samplesText } from '../../config/modalities.ts';
import { totalSteps } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import { sweepPoints } from '../../config/sweep/points.ts';
import { formatCount, plural } from '../format.ts';

/** "MAE: 2 layers 64 wide, 75 to 300 steps of 32; 5,000 pictures of 32 px (Scenes); 1 seed, tested on 500 at most. 20 labels a class." */
export function sayScale(part: CardPart, base: RunConfig): string {
  const { model, optimiser, data } = base;
  const steps = `${span(stepsOf(part, base))} of ${optimiser.batch}`;
  const size = `${titleOf(base)}: ${plural(model.depth, 'layer')} ${model.width} wide, ${steps}`;
  const counts = modalityOf(base) === 'text' ? BUILT_IN_TEXT_COUNTS : BUILT_IN_COUNTS;
  const own =
    data.dataset === 'files'
      ? 'your files'
      : `${formatCount(counts.train)} ${samplesText(base)} (${DATASET_LABELS[data.dataset]})`;
  const samples = part.wants === undefined ? own : `${part.wants}, or ${own}`;
  const { seeds } = repeatsOf(part);
  const tested = `${plural(seeds.length, 'seed')}, tested on ${formatCount(part.testSamples)} at most.`;
  const name = part.name === titleOf(base) || basesOf(part).length > 1 ? '' : `${part.name}: `;
  return [`${name}${size}; ${samples}; ${tested}`, sayLabels(labelsOf(part))].filter((said) => said !== '').join(' ');
}

/** Of pretraining, all phases together. */
function stepsOf(part: CardPart, base: RunConfig): number[] {
  if (part.kind !== 'sweep') return [totalSteps(base)];
  if (part.sweep.checkpointsAt.length > 0) return [Math.max(...part.sweep.checkpointsAt)];
  return sweepPoints(part.sweep).flatMap(({ pretraining }) => (pretraining === undefined ? [] : [totalSteps(pretraining)]));
}

/** Of each class; 0 for all, and none where nothing is learned with labels. */
function labelsOf(part: CardPart): number[] {
  if (part.kind === 'sweep') {
    return sweepPoints(part.sweep).flatMap(({ withLabels }) =>
      withLabels === undefined ? [] : [withLabels.supervised.labelsPerClass],
    );
  }
  const own = repeatsOf(part).labels['supervised.labelsPerClass'];
  return typeof own === 'number' ? [own] : [];
}

function sayLabels(labels: readonly number[]): string {
  if (labels.length === 0) return '';
  return labels.every((count) => count === 0) ? 'All labels.' : `${span(labels, 'label')} a class.`;
}

/** "300 steps", "75 to 300 steps". */
function span(values: readonly number[], of = 'step'): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? plural(most, of) : `${formatCount(least)} to ${plural(most, of)}`;
}
