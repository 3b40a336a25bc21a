/** What we measured of a card, with several seeds, as it lies in docs/figures: fetched when its card is shown. */
import type { CardForm, FigureCard } from '../../config/figures/card.ts';
import type { CardResult } from '../../metrics/cardResult.ts';
import { type Part, part } from '../parts/part.ts';
import { samplesNameOf } from './cardPoints.ts';

const FILES = import.meta.glob<CardResult>('../../../docs/figures/*.json', { import: 'default' });

const MEASURED = new Map<string, Part<CardResult>>(
  Object.entries(FILES).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), part(load)]),
);

/** What nobody has measured yet. */
const NOTHING: Part<CardResult | null> = part(() => Promise.resolve(null));

export function measuredByUs({ id }: FigureCard): Part<CardResult | null> {
  return MEASURED.get(id) ?? NOTHING;
}

/** "3 seeds, CIFAR-10": of a folder of files what lies in it, not how it was called. */
export function sayMeasured({ lines, data: folder }: Pick<CardResult, 'lines' | 'data'>, form: CardForm): string {
  const wants = form.parts.find((part) => part.wants !== undefined)?.wants;
  const data = wants === undefined || folder === samplesNameOf(form) ? folder : wants;
  const seeds = Math.max(0, ...lines.flatMap(({ points }) => points.map((point) => point.seeds.length)));
  return `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${data}`;
}
