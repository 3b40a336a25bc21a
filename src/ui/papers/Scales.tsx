/** The paper's scale and ours, side by side. */
import { basesOf, type CardForm, type FigureCard } from '../../config/figures/card.ts';
import { titleOf } from '../../config/inWords.ts';
import { sayScale } from './sayScale.ts';

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
              basesOf(part).map((base) => <li key={`${part.name} ${titleOf(base)}`}>{sayScale(part, base)}</li>),
            )}
          </ul>
        </dd>
      </div>
    </dl>
  );
}
