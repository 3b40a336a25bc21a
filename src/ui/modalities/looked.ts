/** What attention is looked at on: the samples of a run, or one sense of them, which has an encoder of its own. */
import { SENSES, type Sense } from '../../config/modalities.ts';
import { oneSense } from '../../config/oneSense.ts';
import { type Gallery, galleryOf } from '../../data/gallery.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import type { Cut } from './view.ts';

export interface Looked {
  set: Gallery;
  cut: Cut;
}

/** Senses that have an encoder of their own, in their order; none where there is one encoder for all. */
export function lookedSenses({ tokens: { members = [] } }: Pick<RunInfo, 'tokens'>): Sense[] {
  return SENSES.filter((sense) => members.some(({ modality }) => modality === sense));
}

/** The sense that is looked at, if one was `wanted`; null where there is one encoder for all. */
export function senseLookedAt(info: Pick<RunInfo, 'tokens'>, wanted: Sense | null): Sense | null {
  const senses = lookedSenses(info);
  return senses.find((sense) => sense === wanted) ?? senses[0] ?? null;
}

export function lookedAt({ board, tokens, config }: RunInfo, sense: Sense | null): Looked {
  const own = tokens.members?.find(({ modality }) => modality === sense);
  if (sense === null || own === undefined) return { set: board, cut: { tokens, config } };
  return { set: galleryOf(board, sense), cut: { tokens: own, config: oneSense(config, sense) } };
}

/** Whether a sample of the board lacks the sense. */
export function lacks({ board: { present } }: RunInfo, sense: Sense | null, sample: number): boolean {
  return sense !== null && present?.[sense]?.[sample] === 0;
}
