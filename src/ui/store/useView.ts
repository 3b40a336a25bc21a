/** The view of the samples of now, for components. */
import { useCallback } from 'react';
import { inWordsOf } from '../../config/inWords.ts';
import { viewOf, viewWords } from '../modalities/registry.ts';
import type { SampleView, ViewWords } from '../modalities/view.ts';
import { selectConfig, selectModality } from './selectors.ts';
import { useApp } from './store.ts';

/** How the samples of the run are shown; before there is one, those that are asked for. */
export function useView(): SampleView {
  return viewOf(useApp(selectModality));
}

/** What they and their tokens are called. */
export function useWords(): ViewWords {
  return useApp((state) => viewWords(selectConfig(state)));
}

/** Of what is asked for: settings are about that. */
export function useDraftWords(): ViewWords {
  return useApp((state) => viewWords(state.settings.draft));
}

/** Says what is written of patches and words in the words of the run. */
export function useSay(): (text: string) => string {
  const config = useApp(selectConfig);
  return useCallback((text) => inWordsOf(config, text), [config]);
}
