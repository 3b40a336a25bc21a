/** Presets on sounds. */
import type { Preset } from './preset.ts';
import { startOf } from './startOf.ts';

export const SOUND_PRESETS = {
  'mp3-sounds': {
    label: 'Sounds, 16 pieces',
    group: 'sounds',
    help: 'Words, babble, melodies, drums and birds, shuffled in time; put in order, a word can be heard again.',
    settings: { 'data.dataset': 'sounds' },
  },
  'mp3-syllables': {
    label: 'Syllables, 16 pieces',
    group: 'sounds',
    help: 'Spoken words of three syllables in pieces of 64 ms: listen to them shuffled, placed and as they were.',
    settings: { 'data.dataset': 'syllables' },
  },
  'mp3-melodies': {
    label: 'Melodies, 16 pieces',
    group: 'sounds',
    help: 'Two seconds of melody in pieces of 128 ms, about a note each.',
    settings: { 'data.dataset': 'melodies', 'sound.seconds': 2.048 },
  },
  'mp3-speech-paper': {
    label: 'Syllables, as the paper has speech',
    group: 'sounds',
    help: 'A hundred frames of 30 ms, every 10 ms, of which five are told their place: right to a few per cent, as published, and slow.',
    settings: {
      'data.dataset': 'syllables',
      'sound.tokens': 'frames',
      'sound.features': 'mfcc',
      'mp3.given': 0.05,
      'model.width': 32,
      'model.depth': 8,
      'optimiser.batch': 256,
    },
  },
  'mae-syllables': {
    label: 'Syllables, MAE',
    group: 'sounds',
    help: 'Three quarters of a spectrogram are removed and painted, and can be heard again.',
    settings: { ...startOf('mae', 'sound'), 'data.dataset': 'syllables', 'optimiser.steps': 2000 },
  },
  'simmim-syllables': {
    label: 'Syllables, SimMIM',
    group: 'sounds',
    help: 'Mask tokens in place of what was removed, as in BERT, and no decoder.',
    settings: { ...startOf('simmim', 'sound'), 'data.dataset': 'syllables', 'optimiser.steps': 2000 },
  },
  'data2vec-syllables': {
    label: 'Syllables, data2vec 2.0',
    group: 'sounds',
    help: 'Students hear half of a word, with stretches cut out, and predict what their own average makes of all of it.',
    settings: { ...startOf('data2vec', 'sound'), 'data.dataset': 'syllables', 'optimiser.steps': 1000 },
  },
  'distillation-syllables': {
    label: 'Melodies to Syllables, self-distillation',
    group: 'sounds',
    help: 'Pretrained on melodies, further pretrained on words, then a student that starts over and learns from both.',
    settings: { ...startOf('selfDistillation', 'sound'), 'data.dataset': 'syllables' },
  },
  'labels-syllables': {
    label: 'Syllables, with labels',
    group: 'sounds',
    help: 'Ten words, told apart with labels from scratch.',
    settings: { ...startOf('supervised', 'sound'), 'data.dataset': 'syllables' },
  },
} as const satisfies Record<string, Preset>;
