/** The paper's scale and ours, side by side. */
import { BUILT_IN_COUNTS, BUILT_IN_TEXT_COUNTS, DATASET_LABELS } from '../../config/datasets.ts';
import { basesOf, type CardForm, type CardPart, type FigureCard, repeatsOf } from '../../config/figures/card.ts';
import { titleOf } from '../../config/inWords.ts';
import { modalityOf, samplesText } from '../../config/modalities.ts';
import { totalSteps } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import { formatCount, plural } from '../format.ts';

export function Scales({ card, form }: { card: FigureCard; form: CardForm }) {
  return (
    <dl className="scales small">
      <div>
        <dt>The paper’s scale</dt>
        <dd>{card.published}</dd>
      </div>
      <div>
        <dt>Ours</dt>
        <dd>
          {card.setup}
          <ul>
            {form.parts.flatMap((part) =>
              basesOf(part).map((base) => <li key={`${part.name} ${titleOf(base)}`}>{sayRun(part, base)}</li>),
            )}
          </ul>
        </dd>
      </div>
    </dl>
  );
}

/** "MAE: 2 layers 64 wide, 150 steps of 32; 5,000 pictures of 32 px (Scenes); 1 seed, tested on 500 at most". */
function sayRun(part: CardPart, base: RunConfig): string {
  const { model, optimiser, data } = base;
  const size = `${titleOf(base)}: ${plural(model.depth, 'layer')} ${model.width} wide, ${plural(totalSteps(base), 'step')} of ${optimiser.batch}`;
  const counts = modalityOf(base) === 'text' ? BUILT_IN_TEXT_COUNTS : BUILT_IN_COUNTS;
  const own =
    data.dataset === 'files'
      ? 'your files'
      : `${formatCount(counts.train)} ${samplesText(base)} (${DATASET_LABELS[data.dataset]})`;
  const samples = part.wants === undefined ? own : `${part.wants}, or ${own}`;
  const { seeds, labels } = repeatsOf(part);
  const perClass = labels['supervised.labelsPerClass'];
  const labelled = perClass === undefined ? '' : perClass === 0 ? ' All labels.' : ` ${perClass} labels a class.`;
  const name = part.name === titleOf(base) || basesOf(part).length > 1 ? '' : `${part.name}: `;
  return `${name}${size}; ${samples}; ${plural(seeds.length, 'seed')}, tested on ${formatCount(part.testSamples)} at most.${labelled}`;
}
