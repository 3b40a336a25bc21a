/** What the board that is looked at reports of one of its texts. */
import type { BoardReport, ClassifiedSample, JigsawSample, LatentSample, WordSample } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { sampleIndex, shownFrame } from '../store/board.ts';
import { useApp } from '../store/store.ts';

/** What a board of each kind says of a text. */
interface TextSamples {
  cloze: WordSample;
  jigsaw: JigsawSample;
  latents: LatentSample;
  classes: ClassifiedSample;
}

/** Null where the text was not on the board then, or the board was of another kind. */
export function useSample<K extends keyof TextSamples>(kind: K, info: RunInfo, index: number): TextSamples[K] | null {
  return useApp(({ board }): TextSamples[K] | null => {
    const frame = shownFrame(board);
    if (frame === null || !isOf(kind, frame.report)) return null;
    const at = sampleIndex(frame, index, info.pinned, board.pin);
    return at === null ? null : (frame.report.samples[at] ?? null);
  });
}

function isOf<K extends keyof TextSamples>(kind: K, report: BoardReport): report is BoardReport & { samples: TextSamples[K][] } {
  return report.kind === kind;
}

/** Texts that are drawn at most. */
const TEXTS = 4;

/** Places of the board that have a row. */
export function shownTexts({ board }: RunInfo): number[] {
  return Array.from({ length: Math.min(TEXTS, board.count) }, (_, index) => index);
}

export const NOT_THERE = 'not on the board at this time';
