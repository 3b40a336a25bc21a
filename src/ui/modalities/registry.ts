import type { ModalityName } from '../../config/modalities.ts';
import { pairView } from './pair.ts';
import { pictureView } from './picture.ts';
import { soundView } from './sound.ts';
import { textView } from './text.ts';
import type { SampleView } from './view.ts';

const VIEWS: Readonly<Record<ModalityName, SampleView>> = {
  picture: pictureView,
  sound: soundView,
  text: textView,
  pair: pairView,
};

export function viewOf(modality: ModalityName): SampleView {
  return VIEWS[modality];
}
