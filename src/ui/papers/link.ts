/** A link to a card: "#papers?figure=mae-mask-ratio". */
import { PAPERS_ADDRESS } from '../place.ts';

const FIGURE = 'figure';

/** What stands behind the page's own address in a link to a card. */
export function figureLink(id: string): string {
  return `${PAPERS_ADDRESS}?${new URLSearchParams({ [FIGURE]: id })}`;
}

/** The id that an address names, whether there is such a card or not. */
export function linkedFigure(hash: string): string | null {
  return new URLSearchParams(hash.split('?')[1] ?? '').get(FIGURE);
}
