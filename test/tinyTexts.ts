/** Runs on texts that are small enough for a test. */
import type { ObjectiveName } from '../src/config/objectives.ts';
import { startingRun } from '../src/config/presets.ts';
import type { RunConfig } from '../src/config/run.ts';
import type { Dataset } from '../src/data/samples.ts';
import { reportAt } from '../src/data/text/reports.ts';
import { taleAt } from '../src/data/text/tales.ts';
import { storeTexts, type TextSet } from '../src/data/text/textSet.ts';
import { learnVocabulary, type Vocabulary } from '../src/data/text/vocabulary.ts';

const STORIES = { tales: taleAt, reports: reportAt };

/** Stories as somebody's own files would bring them, in words that were learned from them. */
export function storyFiles(set: keyof typeof STORIES, vocabulary?: Vocabulary): Dataset {
  const split = (name: 'train' | 'heldOut', count: number) => Array.from({ length: count }, (_, i) => STORIES[set](1, name, i));
  const train = split('train', 48);
  const told = train.map(({ words }) => words.join(' '));
  const words = vocabulary ?? learnVocabulary(told, { kind: 'words', size: 1000, lower: true });
  const setOf = (stories: typeof train): TextSet => ({
    modality: 'text',
    count: stories.length,
    words: 56,
    texts: storeTexts(stories.map((story) => story.words.join(' '))),
    vocabulary: words,
    labels: Uint16Array.from(stories, ({ topic }) => topic),
    classes: ['0', '1', '2', '3', '4', '5', '6', '7'],
  });
  return { name: set, train: setOf(train), heldOut: setOf(split('heldOut', 12)), heldOutIsTrain: false };
}

export function textConfig(objective: ObjectiveName): RunConfig {
  const start = startingRun({ dataset: 'files', modality: 'text' }, objective);
  return {
    ...start,
    model: { width: 32, depth: 2, heads: 2, dropPath: 0 },
    mae: { ...start.mae, decoderDepth: 1, decoderWidth: 32 },
    optimiser: { ...start.optimiser, batch: 8, steps: 4, warmup: 0 },
    selfDistillation: { ...start.selfDistillation, pretrainSteps: 2 },
  };
}
