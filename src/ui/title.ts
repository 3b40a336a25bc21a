/** How far the run is, in the title of the tab: it can be read while another tab is looked at. */
import { selectTotalSteps } from './store/selectors.ts';
import type { AppState, AppStore } from './store/store.ts';

const NAME = 'Patchwork';

/** "42 % - Patchwork" while it trains; only the name while there is nothing to tell. */
export function titleOf(state: AppState): string | null {
  const { phase, step } = state.run;
  // A run that is not over is at 99 % at most.
  const share = `${Math.min(99, Math.floor((100 * step) / Math.max(1, selectTotalSteps(state))))} %`;
  switch (phase) {
    case 'finished':
      return `Done - ${NAME}`;
    case 'failed':
      return `Failed - ${NAME}`;
    case 'running':
    case 'recovering':
      return `${share} - ${NAME}`;
    case 'paused':
      return `Paused at ${share} - ${NAME}`;
    case 'opening':
    case 'ready':
      return null;
    default:
      return phase satisfies never;
  }
}

export function followTitle(store: AppStore): void {
  const plain = document.title;
  store.subscribe((state) => {
    const title = titleOf(state) ?? plain;
    if (document.title !== title) document.title = title;
  });
}
