/** Shows a kept run on the page: as it was, before the trainer has it and once it has. */
import type { RunConfig } from '../../../config/run.ts';
import { boardUntil } from '../../store/board.ts';
import { curvesUntil, NO_CURVES } from '../../store/curves.ts';
import { withDraft } from '../../store/settings.ts';
import type { AppStore } from '../../store/store.ts';
import { curvesOf, type PageRecord } from './pageRecord.ts';
import type { Shown } from './shown.ts';

/** A run as it lies in this browser. */
export interface KeptPage {
  config: RunConfig;
  step: number;
  page: PageRecord;
  /** See `KeepingState`. */
  isKept: boolean;
  /** Null where the pictures are lost. */
  shown: Shown | null;
}

/** Everything but the engine: settings, curves, board. */
export function showEarly(store: AppStore, kept: KeptPage): void {
  const { config, step, shown } = kept;
  const info = shown && { ...shown.info, config };
  store.setState(({ run, files }) => ({
    run: { ...run, info, step, phase: 'opening' },
    // Its own files are on their way too, until something else is heard.
    settings: withDraft(config, files.usable || config.data.dataset === 'files'),
  }));
  showAgain(store, kept);
}

/** Curves and board, where the trainer has just begun with empty ones. */
export function showAgain(store: AppStore, { step, page, shown, isKept }: KeptPage): void {
  const { origin, stepMilliseconds, fineTuning, name } = page;
  // The page may have told of later steps than the trainer wrote.
  const curves = curvesUntil(curvesOf(page, NO_CURVES), step);
  const latest = shown?.latest?.step === page.latest?.step ? (shown?.latest ?? null) : page.latest;
  store.setState(({ run, board, fineTune, keeping }) => ({
    run: { ...run, origin, stepMilliseconds },
    curves: { ...curves, latest: latest !== null && latest.step <= step ? latest : null },
    board:
      shown === null
        ? board
        : boardUntil(
            { ...board, frames: shown.frames, pin: shown.pin, photoName: shown.photo?.name ?? board.photoName, cursor: null },
            step,
          ),
    fineTune: { ...fineTune, run: fineTuning },
    keeping: { ...keeping, name, isKept },
  }));
}
