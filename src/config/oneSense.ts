/** Settings of a run on samples with several members, as those of a run on one sense of them. */
import type { Sense } from './modalities/names.ts';
import { DIGIT_MEMBERS } from './modalities/pair.ts';
import type { CoreConfig } from './sections.ts';

/** What is built in of one sense: stands for the members of *Paired digits*. */
const BUILT_IN = { picture: 'digits', sound: 'syllables', text: 'tales' } as const satisfies Record<Sense, string>;
/** Of the two frames of a token of built-in sounds. */
const TOKEN_SECONDS = 0.032;

/**
 * The same settings for one sense alone: what its tokens are called, what they are cut into, how long they last. What members of *Paired
 * digits* are cut into is no setting, and stands in their place.
 */
export function oneSense<C extends CoreConfig>(config: C, sense: Sense): C {
  const { data, sound, text } = config;
  if (data.dataset === 'files') return { ...config, data: { ...data, modality: sense } };
  const pieces = DIGIT_MEMBERS.sound.count;
  return {
    ...config,
    data: { ...data, dataset: BUILT_IN[sense] },
    sound: { ...sound, tokens: 'running', pieces, seconds: pieces * TOKEN_SECONDS },
    text: { ...text, tokens: 'words' },
  };
}
