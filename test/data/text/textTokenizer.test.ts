import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { EMPTY, FIRST_WORD } from '../../../src/config/modalities/tokens.ts';
import { presetRun } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { encodeText } from '../../../src/data/text/encoder.ts';
import { storeTexts, type TextSet } from '../../../src/data/text/textSet.ts';
import { TextTokenizer } from '../../../src/data/text/textTokenizer.ts';
import { learnVocabulary } from '../../../src/data/text/vocabulary.ts';

const TEXTS = [
  'one two three . four five six seven eight . nine ten eleven twelve thirteen . one two .',
  'one .',
  'two two three three four four five five six six seven seven eight eight nine nine ten ten eleven .',
];
const VOCABULARY = learnVocabulary(TEXTS, { kind: 'words', size: 64, lower: true });
const SET: TextSet = {
  modality: 'text',
  count: TEXTS.length,
  words: 16,
  texts: storeTexts(TEXTS),
  vocabulary: VOCABULARY,
  labels: Uint16Array.of(0, 1, 0),
  classes: ['a', 'b'],
};

function run(settings: Parameters<typeof applySettings>[1] = {}): RunConfig {
  return applySettings(presetRun('bert-tales'), { 'text.words': 16, ...settings });
}

const idsOf = (text: string): number[] => [...encodeText(VOCABULARY, text)];

describe('TextTokenizer', () => {
  it('cuts texts to their places, and fills short ones with empty ones', () => {
    const { values, count, patches, patchLength, labels } = new TextTokenizer(run(), SET).cut(SET, [1, 0]);
    expect([count, patches, patchLength, ...(labels ?? [])]).toEqual([2, 16, 1, 1, 0]);
    expect(values).toBeInstanceOf(Int32Array);
    expect([...values.subarray(0, 16)]).toEqual([...idsOf('one .'), ...Array(14).fill(EMPTY)]);
    expect([...values.subarray(16)]).toEqual(idsOf(TEXTS[0]).slice(0, 16));
    expect(values.subarray(16).every((id) => id >= FIRST_WORD)).toBe(true);
  });

  it('gives the same ids again, whatever was cut before, and a copy of them', () => {
    const tokenizer = new TextTokenizer(run(), SET);
    const first = tokenizer.cut(SET, [0]);
    first.values.fill(7);
    expect(tokenizer.cut(SET, [0]).values).toEqual(new TextTokenizer(run(), SET).cut(SET, [0]).values);
  });

  it('tells what it takes to make them elsewhere', () => {
    expect(new TextTokenizer(run(), SET).recipe).toEqual({ modality: 'text', words: 16, vocabulary: VOCABULARY });
  });

  it('shows windows that begin where a sentence does and hold no empty place', () => {
    const tokenizer = new TextTokenizer(run({ 'text.words': 24, 'text.window': 5 }), SET);
    const random = new Random(3);
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      const { values, patches } = tokenizer.cut(SET, [0], [tokenizer.look(run(), random)]);
      expect(patches).toBe(5);
      seen.add([...values].map((id) => VOCABULARY.names[id]).join(' '));
    }
    expect([...seen].sort()).toEqual(['four five six seven eight', 'nine ten eleven twelve thirteen', 'one two three . four']);
  });

  it.each([
    ['Hindi', 'मैं घर जाता हूँ । वह आता है । वह क्या है अब'],
    ['Urdu', 'وہ گھر جاتا ہے ۔ وہ آتا ہے ۔ وہ کیا ہے اب'],
    ['Arabic', 'هل أنت بخير اليوم ؟ نحن بخير هنا ؟ شكرا لك جدا اليوم'],
    ['Chinese', '我喜欢猫。你呢他们？我也是他'],
  ])('lets them begin behind every sentence in %s', (_, text) => {
    const vocabulary = learnVocabulary([text], { kind: 'words', size: 64, lower: true });
    const set: TextSet = { modality: 'text', count: 1, words: 24, texts: storeTexts([text]), vocabulary, classes: [] };
    const tokenizer = new TextTokenizer(run({ 'text.words': 24, 'text.window': 4 }), set);
    const seen = new Set(Array.from({ length: 9 }, (_, i) => tokenizer.cut(set, [0], [{ at: i / 9 }]).values.join(' ')));
    expect(seen.size).toBe(3);
  });

  it('looks at the same window of a text wherever it stands, where nobody chose one', () => {
    const tokenizer = new TextTokenizer(run({ 'text.words': 24, 'text.window': 5 }), SET);
    const { values } = tokenizer.cut(SET, [0, 1]);
    const alone = { ...SET, count: 1, texts: storeTexts([TEXTS[0]]) };
    expect(tokenizer.cut(alone, [0]).values).toEqual(values.subarray(0, 5));
    expect([...values.subarray(5)]).toEqual([...idsOf('one .'), EMPTY, EMPTY, EMPTY]);
  });

  it('draws no window where it takes whole texts', () => {
    expect(new TextTokenizer(run(), SET).look(run(), new Random(1))).toBeUndefined();
  });

  it('reads ahead until all is read', () => {
    const tokenizer = new TextTokenizer(run(), SET);
    const many = { ...SET, count: 100, texts: storeTexts(Array(100).fill(TEXTS[0])) };
    expect([tokenizer.ahead(many), tokenizer.ahead(many), tokenizer.ahead(many)]).toEqual([true, false, false]);
    expect(tokenizer.keptBytes(many)).toBe(100 * (16 * 4 + 2));
  });

  it('shows texts, their ids, and a bar for every word', () => {
    const tokenizer = new TextTokenizer(run(), SET);
    const { text, pixels, width, height, count, labels } = tokenizer.gallery(SET);
    expect(text?.texts).toEqual(TEXTS);
    expect(text?.ids).toEqual(tokenizer.cut(SET, [0, 1, 2]).values);
    expect(text?.vocabulary).toBe(VOCABULARY);
    expect([count, pixels.length, ...(labels ?? [])]).toEqual([3, 3 * width * height, 0, 1, 0]);
    const cell = width / 16;
    const short = pixels.subarray(width * height, 2 * width * height);
    const inkIn = (place: number) =>
      short.reduce((sum, value, i) => sum + (Math.floor((i % width) / cell) === place && value > 0 ? 1 : 0), 0);
    expect(inkIn(0)).toBeGreaterThan(inkIn(1));
    expect(inkIn(1)).toBeGreaterThan(0);
    expect(inkIn(2)).toBe(0);
  });
});
