/** One vocabulary for Tales and Reports, so that a model of the one can be trained on with the other. */
import { GLAD, GLUE, LATER, PRONOUNS, SAD } from './stories/grammar.ts';
import * as reports from './stories/reportPlots.ts';
import { CODES, FAULTS, HALLS, PARTS, ROLES, SITES, UNITS } from './stories/reportWords.ts';
import * as tales from './stories/talePlots.ts';
import { HE, JOBS, LOOKS, SHE, SPOTS, THINGS, TIMES, WEATHER } from './stories/taleWords.ts';
import { SPECIAL_NAMES, type Vocabulary } from './vocabulary.ts';

const SAID = [GLAD, SAD, LATER, PRONOUNS, GLUE].flat();

const TALES = [
  [SHE, HE, JOBS, LOOKS, TIMES, WEATHER].flat(),
  SPOTS.map(({ there }) => there),
  THINGS.flatMap(({ name, bad, good }) => [name, bad, good]),
  tales.PLOTS.flatMap(({ steps }) => steps.flat()),
  [...tales.OPENINGS, ...tales.WANTS, tales.MEETING, ...Object.values(tales.ENDINGS)],
].flat();

const REPORTS = [
  [UNITS, SITES, HALLS, ROLES, PARTS, CODES, FAULTS.flat()].flat(),
  Object.values(reports.STEPS).flat(),
  [...reports.OPENINGS, ...reports.SECONDS, ...Object.values(reports.ENDINGS)],
].flat();

/** Every word of both, in the order of code units, after the special ones: 368. */
export const BUILT_IN_VOCABULARY: Vocabulary = {
  kind: 'words',
  lower: true,
  names: [...SPECIAL_NAMES, ...wordsOf([...SAID, ...TALES, ...REPORTS])],
};

/** The different words of sentences and patterns, slots left out, in the order of code units. */
function wordsOf(sentences: readonly string[]): string[] {
  const words = sentences.flatMap((sentence) => sentence.split(' ')).filter((word) => !word.startsWith('{'));
  return [...new Set(words)].toSorted();
}
