/** How samples of the board are called. */
import type { RunInfo } from '../../worker/protocol.ts';
import { capital } from '../format.ts';
import { viewOf } from './registry.ts';

export function rowName(index: number, { pinned, tokens }: RunInfo): string {
  if (pinned && index === 0) return capital(viewOf(tokens.modality).words.own);
  return `Sample ${index + (pinned ? 0 : 1)}`;
}

/** The class of a sample, when samples came with labels; a pinned one has none. */
export function rowClass({ board, classes }: RunInfo, index: number): string | null {
  if (board.labels === undefined) return null;
  return classes[board.labels[index]] ?? null;
}
