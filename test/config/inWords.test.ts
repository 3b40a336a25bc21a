/** Whatever is said of a run is said in the words of its samples: every objective, on every kind of samples, cut in every way. */
import { describe, expect, it } from 'vitest';
import { describeScores } from '../../src/cli/scores.ts';
import { checkRun } from '../../src/config/check.ts';
import { fieldOn } from '../../src/config/fieldOn.ts';
import { idleReason } from '../../src/config/idle.ts';
import { inWordsOf, metricOn, titleOf } from '../../src/config/inWords.ts';
import type { MetricName } from '../../src/config/metrics.ts';
import { MODALITY_NAMES, type ModalityName, modalityOf, wordsOf } from '../../src/config/modalities.ts';
import { factsOf, OBJECTIVE_NAMES, sectionsOf } from '../../src/config/objectives.ts';
import { startingRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings, SETTING_PATHS } from '../../src/config/settings.ts';
import { pageOf } from '../../src/ui/objectives/registry.ts';

/** What tokens, and their numbers, are called somewhere. */
const NAMES = ['patch', 'pixel', 'piece', 'frame', 'word', 'byte'];
/** What samples are called somewhere. */
const SAMPLES = ['picture', 'image', 'photo', 'sound', 'clip', 'text'];

/** How samples can be cut, by modality. */
const CUT: Readonly<Record<ModalityName, readonly Readonly<Record<string, string>>[]>> = {
  picture: [{}],
  sound: ['pieces', 'running', 'patches', 'frames'].map((tokens) => ({ 'sound.tokens': tokens })),
  text: ['words', 'byte pairs', 'bytes'].map((tokens) => ({ 'text.tokens': tokens })),
  pair: [{}],
};

const RUNS = OBJECTIVE_NAMES.flatMap((objective) =>
  MODALITY_NAMES.flatMap((modality) =>
    CUT[modality].flatMap((cut) => {
      const config = applySettings(startingRun({ dataset: 'files', modality }, objective), cut);
      return modalityOf(config) === modality ? [[`${objective} on ${modality} ${Object.values(cut)}`, config] as const] : [];
    }),
  ),
);

/** Settings that choose between kinds of samples, or name what is the same for all. */
const OF_ALL_KINDS = new Set(['data.dataset', 'data.modality', 'selfDistillation.source']);
/** Of a paper, or another thing of the same name. */
const QUOTED = /as 5 % of the frames in MP3 on speech|gradient clip/gi;

function saidOf(config: RunConfig): string[] {
  const { metrics } = factsOf(config);
  const sections = ['data', 'task', 'model', 'optimiser', ...sectionsOf(config.task.objective)];
  const paths = SETTING_PATHS.filter((path) => sections.includes(path.split('.')[0] ?? '') && !OF_ALL_KINDS.has(path));
  // What is off says what it is for.
  const isOn = (path: string) => path !== 'task.objective' && idleReason(config, path) === undefined;
  const fields = paths.filter(isOn).map((path) => fieldOn(path, config));
  const names: MetricName[] = [...metrics.step, ...metrics.evaluation, ...(metrics.explorer ? [metrics.explorer] : [])];
  const titles = pageOf(config).charts.map(({ title }) => inWordsOf(config, title));
  const scores = Object.fromEntries(names.map((name) => [name, 0.5]));
  return [
    titleOf(config),
    inWordsOf(config, factsOf(config).task),
    ...titles,
    ...fields.flatMap((field) => [
      field?.label ?? '',
      field?.help ?? '',
      ...(field?.kind === 'choice' ? field.options.flatMap(({ label, short = '' }) => [label, short]) : []),
    ]),
    ...paths.map((path) => idleReason(config, path) ?? '').filter((reason) => !reason.startsWith('only for')),
    ...names.flatMap((name) => [metricOn(name, config).label, metricOn(name, config).help]),
    ...describeScores(scores, config).map(({ label }) => label),
    ...[0, 1].flatMap((maskRatio) => checkRun(applySettings(config, { 'task.maskRatio': maskRatio })).map((one) => one.message)),
  ];
}

describe('what is said of a run', () => {
  it('is tried on every objective', () => {
    expect(new Set(RUNS.map(([, config]) => config.task.objective)).size).toBe(OBJECTIVE_NAMES.length);
    expect(RUNS.length).toBeGreaterThan(40);
  });

  it.each(RUNS)('has no words of others: %s', (_, config) => {
    const own = wordsOf(config);
    const foreign = [...NAMES, ...SAMPLES].filter((name) => ![own.token, own.value, own.sample, own.counted].includes(name));
    // Members of pairs are named by sense, and captions have words.
    const allowed = modalityOf(config) === 'pair' ? [...SAMPLES, 'word'] : [];
    const heard = saidOf(config).map((text) => text.replaceAll(QUOTED, ''));
    const wrong = foreign
      .filter((name) => !allowed.includes(name))
      .flatMap((name) => heard.filter((text) => new RegExp(`\\b${name}(s|es)?\\b`, 'i').test(text)));
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('keeps capitals, and what is one word in the language of the field', () => {
    const bytes = applySettings(startingRun({ dataset: 'files', modality: 'text' }, 'simmim'), { 'text.tokens': 'bytes' });
    expect(inWordsOf(bytes, 'Words and patches; a bag of words')).toBe('Bytes and bytes; a bag of words');
    expect(titleOf(bytes)).toBe('BERT (masked bytes)');
    expect(metricOn('maskedWordAccuracy', bytes).label).toBe('Masked bytes right');
  });
});
