/** Presets on texts. */
import type { Preset } from './preset.ts';
import { startOf } from './startOf.ts';

export const TEXT_PRESETS = {
  'bert-tales': {
    label: 'Tales, BERT',
    group: 'texts',
    help: 'Three words of ten are masked and guessed: grammar first, and suddenly also names and things from earlier sentences.',
    settings: { ...startOf('simmim', 'text'), 'data.dataset': 'tales' },
  },
  'bert-tales-15': {
    label: 'Tales, BERT at 15 %',
    group: 'texts',
    help: 'The custom of large runs: half as many words are asked for at the same cost.',
    settings: { ...startOf('simmim', 'text'), 'data.dataset': 'tales', 'task.maskRatio': 0.15 },
  },
  'mae-tales': {
    label: 'Tales, MAE',
    group: 'texts',
    help: 'Half of the words are removed, and a light decoder guesses them: learns grammar, and hardly looks back.',
    settings: { ...startOf('mae', 'text'), 'data.dataset': 'tales' },
  },
  'mp3-words': {
    label: 'Tales, 16 words in order',
    group: 'texts',
    help: 'Sixteen words of a story, shuffled: equal words can stand for each other, so accuracy has a ceiling near 80 %.',
    settings: { ...startOf('mp3', 'text'), 'data.dataset': 'tales' },
  },
  'data2vec-tales': {
    label: 'Tales, data2vec 2.0',
    group: 'texts',
    help: 'Students that miss half of the words predict what their own average makes of the whole story.',
    settings: { ...startOf('data2vec', 'text'), 'data.dataset': 'tales', 'optimiser.steps': 1000, 'optimiser.weightDecay': 0.01 },
  },
  'distillation-tales-reports': {
    label: 'Tales to Reports, self-distillation',
    group: 'texts',
    help: 'Pretrained on tales, further pretrained on reports, then a student that starts over and learns from both.',
    settings: { ...startOf('selfDistillation', 'text'), 'data.dataset': 'reports' },
  },
  'labels-tales': {
    label: 'Tales, with labels',
    group: 'texts',
    help: 'Eight plots, told apart with labels from scratch.',
    settings: { ...startOf('supervised', 'text'), 'data.dataset': 'tales' },
  },
  'bert-texts': {
    label: 'Your texts, BERT',
    group: 'texts',
    wants: {
      name: 'texts of your own, a book for instance',
      what: '“Plain Text UTF-8” of one',
      address: 'https://www.gutenberg.org',
    },
    help: 'Masked pieces of words from texts that you bring, with a vocabulary that is learned from them.',
    settings: {
      ...startOf('simmim', 'text'),
      'data.dataset': 'files',
      'data.modality': 'text',
      'text.split': 'windows',
      'text.tokens': 'byte pairs',
      'text.vocabulary': 1024,
      'text.words': 64,
    },
  },
} as const satisfies Record<string, Preset>;
