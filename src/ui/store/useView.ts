/** The view of the samples of now, for components. */
import { viewOf } from '../modalities/registry.ts';
import type { SampleView, ViewWords } from '../modalities/view.ts';
import { selectDraftModality, selectModality } from './selectors.ts';
import { useApp } from './store.ts';

/** How the samples of the run are shown; before there is one, those that are asked for. */
export function useView(): SampleView {
  return viewOf(useApp(selectModality));
}

export function useWords(): ViewWords {
  return useView().words;
}

/** Of what is asked for: settings are about that. */
export function useDraftWords(): ViewWords {
  return viewOf(useApp(selectDraftModality)).words;
}
