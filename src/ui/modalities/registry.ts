import { type ModalityName, modalityOf, wordsOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import { pairView } from './pair.ts';
import { pictureView } from './picture.ts';
import { soundView } from './sound.ts';
import { textView } from './text.ts';
import type { SampleView, ViewWords } from './view.ts';

const VIEWS: Readonly<Record<ModalityName, SampleView>> = {
  picture: pictureView,
  sound: soundView,
  text: textView,
  pair: pairView,
};

export function viewOf(modality: ModalityName): SampleView {
  return VIEWS[modality];
}

/** By modality and token: the same object, whoever asks. */
const WORDS = new Map<string, ViewWords>();

/** What the page calls a run's samples and their tokens. */
export function viewWords(config: RunConfig): ViewWords {
  const modality = modalityOf(config);
  const own = wordsOf(config);
  const key = `${modality} ${own.token}`;
  const words = WORDS.get(key) ?? { ...VIEWS[modality].words, ...own };
  WORDS.set(key, words);
  return words;
}
