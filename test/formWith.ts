import { formOf, type SampleForm } from '../src/config/modalities.ts';
import { defaultRun } from '../src/config/run.ts';

/** What built-in samples are made for, by default and with some of it changed. */
export function formWith(changes: { [N in keyof SampleForm]?: Partial<SampleForm[N]> } = {}): SampleForm {
  const { picture, sound, text, pair } = formOf(defaultRun());
  return {
    picture: { ...picture, ...changes.picture },
    sound: { ...sound, ...changes.sound },
    text: { ...text, ...changes.text },
    pair: { ...pair, ...changes.pair },
  };
}
