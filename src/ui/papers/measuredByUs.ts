/** What we measured of a card, with several seeds, as it lies in docs/figures: fetched when its card is shown. */
import type { FigureCard } from '../../config/figures/card.ts';
import type { CardResult } from '../../metrics/cardResult.ts';
import { type Part, part } from '../parts/part.ts';

const FILES = import.meta.glob<CardResult>('../../../docs/figures/*.json', { import: 'default' });

const MEASURED = new Map<string, Part<CardResult>>(
  Object.entries(FILES).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), part(load)]),
);

/** What nobody has measured yet. */
const NOTHING: Part<CardResult | null> = part(() => Promise.resolve(null));

export function measuredByUs({ id }: FigureCard): Part<CardResult | null> {
  return MEASURED.get(id) ?? NOTHING;
}

/** "3 seeds, CIFAR-10" */
export function sayMeasured({ lines, data }: Pick<CardResult, 'lines' | 'data'>): string {
  const seeds = Math.max(0, ...lines.flatMap(({ points }) => points.map((point) => point.seeds.length)));
  return `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${data}`;
}
