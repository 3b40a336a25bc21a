import { describe, expect, it } from 'vitest';
import { checkRun } from '../../../src/config/check.ts';
import { fineTuneConfig } from '../../../src/config/fineTune.ts';
import { idleReason } from '../../../src/config/idle.ts';
import { modalityFacts, modalityOf, samplesText, tokensOf } from '../../../src/config/modalities.ts';
import { factsOf } from '../../../src/config/objectives.ts';
import { presetRun, startingRun, switchObjective, switchSamples } from '../../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../../src/config/run.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { OF_ONE_KIND } from '../../oneKind.ts';

function textRun(settings: Parameters<typeof applySettings>[1] = {}): RunConfig {
  return applySettings(presetRun('bert-tales'), settings);
}

const problemsOf = (settings: Parameters<typeof applySettings>[1]) => checkRun(textRun(settings)).map(({ path }) => path);

describe('texts', () => {
  it('are lines of ids, as many as there are places', () => {
    const known = { channels: 1, vocabulary: 368 } as const;
    expect(tokensOf(textRun(), known)).toEqual({
      modality: 'text',
      grid: [56],
      count: 56,
      layout: [1],
      length: 1,
      vocabulary: 368,
    });
    expect(tokensOf(textRun({ 'text.window': 16 }), known).grid).toEqual([16]);
  });

  it('are called by what they were read for', () => {
    expect(samplesText(textRun())).toBe('texts of 56 words');
    expect(samplesText(textRun({ 'text.tokens': 'byte pairs', 'text.words': 64 }))).toBe('texts of 64 byte pairs');
    expect(modalityFacts(textRun({ 'text.window': 16 })).cut(textRun({ 'text.window': 16 }))).toBe('16 places');
  });

  it('say what cannot be cut', () => {
    expect(problemsOf({ 'text.tokens': 'byte pairs', 'text.vocabulary': 256 })).toEqual(['text.vocabulary']);
    expect(problemsOf({ 'text.tokens': 'byte pairs', 'text.vocabulary': 260 })).toEqual([]);
    expect(problemsOf({ 'text.tokens': 'words', 'text.vocabulary': 256 })).toEqual([]);
    expect(problemsOf({ 'text.window': 64 })).toEqual(['text.window']);
    expect(problemsOf({ 'text.window': 3 })).toEqual(['text.window']);
    expect(problemsOf({ 'text.window': 56 })).toEqual([]);
  });

  it('switch off what built-in ones do not have', () => {
    for (const path of ['text.vocabulary', 'text.lower', 'text.split', 'text.column', 'text.labels']) {
      expect([path, idleReason(textRun(), path)]).toEqual([path, expect.any(String)]);
      expect([path, idleReason(presetRun('bert-texts'), path)]).toEqual([path, undefined]);
    }
    expect(idleReason(textRun({ 'text.tokens': 'byte pairs' }), 'text.vocabulary')).toBeUndefined();
    expect(idleReason(textRun(), 'text.tied')).toBeUndefined();
    expect(idleReason(presetRun('labels-tales'), 'text.tied')).toBe('no words are guessed');
  });
});

describe('objectives on texts', () => {
  it.each(OF_ONE_KIND)('%s starts with settings that are possible', (name) => {
    const run = startingRun({ dataset: 'tales', modality: 'picture' }, name);
    expect(modalityOf(run)).toBe('text');
    expect(checkRun(run)).toEqual([]);
    expect(checkRun(fineTuneConfig(run))).toEqual([]);
  });

  it.each(OF_ONE_KIND)('%s can be switched to from pictures and sounds, and back', (name) => {
    for (const dataset of ['scenes', 'syllables'] as const) {
      const there = startingRun({ dataset, modality: 'picture' }, name);
      const text = switchSamples(there, 'data.dataset', 'tales');
      expect(checkRun(text)).toEqual([]);
      expect(switchSamples(text, 'data.dataset', dataset)).toEqual(there);
    }
  });

  it('keeps what nobody starts with on either side when samples change', () => {
    const scenes = applySettings(startingRun({ dataset: 'scenes', modality: 'picture' }, 'simmim'), { 'optimiser.batch': 48 });
    expect(switchSamples(scenes, 'data.dataset', 'syllables').optimiser.batch).toBe(48);
    expect(switchSamples(scenes, 'data.dataset', 'tales').optimiser.batch).toBe(32);
  });

  it('calls SimMIM BERT', () => {
    expect(factsOf(textRun()).title).toBe('BERT (masked words)');
    expect(factsOf(defaultRun()).title).toBe('MP3');
    expect(factsOf(presetRun('simmim-syllables')).title).toBe('SimMIM');
    // Whoever follows it in the page must not be told of changes that are none.
    expect(factsOf(textRun())).toBe(factsOf(textRun({ 'text.words': 64 })));
  });

  it('masks words one by one, and says of 80/10/10 that it is about words', () => {
    expect(textRun().simmim).toMatchObject({ maskUnit: 1, corrupt: 'mask' });
    expect(checkRun(textRun({ 'simmim.maskUnit': 4, 'text.words': 57 }))).toEqual([]);
    expect(idleReason(textRun(), 'simmim.maskUnit')).toBe('words are masked one by one');
    expect(idleReason(presetRun('simmim-scenes'), 'simmim.corrupt')).toBe('only for texts');
  });

  it('reads texts out by their mean: they have no class token', () => {
    for (const name of OF_ONE_KIND) {
      const run = switchObjective(textRun(), name);
      expect([name, fineTuneConfig(run).supervised.pooling]).toEqual([name, 'mean']);
    }
    expect(checkRun(applySettings(presetRun('labels-tales'), { 'supervised.pooling': 'class' }))[0]?.message).toMatch(
      /no class token: set the read-out to the mean of their words/,
    );
    expect(checkRun(applySettings(presetRun('mp3-words'), { 'mp3.classToken': 'context' }))[0]?.path).toBe('mp3.classToken');
    expect(checkRun(applySettings(presetRun('mp3-words'), { 'mp3.masked': 'positions' }))[0]?.path).toBe('mp3.masked');
  });

  it('blends no words, and removes single ones', () => {
    for (const path of ['supervised.mixup', 'supervised.cutmix']) {
      expect(checkRun(applySettings(presetRun('labels-tales'), { [path]: 0.5 }))[0]?.path).toBe(path);
    }
    expect(checkRun(applySettings(presetRun('mae-tales'), { 'mae.mask': 'block' }))[0]?.path).toBe('mae.mask');
  });

  it('shows puzzles a window, and labels the whole text', () => {
    const puzzle = presetRun('mp3-words');
    expect(puzzle.text.window).toBe(16);
    expect(fineTuneConfig(puzzle).text).toMatchObject({ window: 0, words: 56 });
    expect(switchObjective(puzzle, 'simmim').text.window).toBe(0);
  });
});
