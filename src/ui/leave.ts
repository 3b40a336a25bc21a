/** Asks before the tab is left with a run that nobody has kept. */
import type { AppState, AppStore } from './store/store.ts';

/** Fewer steps than these at rest are soon done again. */
const SOME_STEPS = 50;

/** Whether closing or reloading the page would lose training that is worth a question. */
export function wouldLose({ run, kept, keeping }: Pick<AppState, 'run' | 'kept' | 'keeping'>): boolean {
  // It is written as it goes: at most some seconds of it are done again.
  if (keeping.mode === 'on' && keeping.saved !== null) return false;
  if (run.step === 0 || kept.keptStep === run.step) return false;
  return run.phase === 'running' || run.step >= SOME_STEPS;
}

export function warnBeforeLeaving(store: AppStore): void {
  addEventListener('beforeunload', (event) => {
    // The browser asks, in words of its own.
    if (wouldLose(store.getState())) event.preventDefault();
  });
}
