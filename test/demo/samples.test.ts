/** What the page makes of samples against what training made of them. */
import { describe, expect, it } from 'vitest';
import { startingRun } from '../../src/config/presets.ts';
import { applySettings } from '../../src/config/settings.ts';
import { clipAt, synthesisedSet } from '../../src/data/sound/soundSet.ts';
import { SOUND_SETS } from '../../src/data/sound/synth/soundSets.ts';
import { textAt } from '../../src/data/text/textSet.ts';
import { tokenizerOf } from '../../src/data/tokenizers.ts';
import { pictureSample } from '../../src/demo/samples/pictures.ts';
import { Sounds } from '../../src/demo/samples/sounds.ts';
import { textSample } from '../../src/demo/samples/texts.ts';
import { frontEndIn } from '../../src/home/page/frontEndIn.ts';
import { rampPictures, tinyConfig } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';

describe('samples of the page', () => {
  it('pictures are the patches that the model learned from', () => {
    const config = tinyConfig();
    const set = rampPictures(4, 1);
    const tokenizer = tokenizerOf(config, set);
    const { size, channels } = set;
    const input = { sense: 'picture', size, channels, patch: 7, ...tokenizer.statistics } as const;
    const pixels = set.pixels.subarray(2 * size * size * channels, 3 * size * size * channels);
    expect(pictureSample(input, pixels).tokens).toEqual(tokenizer.cut(set, [2]).values);
  });

  it.each(['pieces', 'running', 'patches', 'frames'])('sounds as %s are the frames that it learned from', (tokens) => {
    const start = startingRun({ dataset: 'syllables', modality: 'sound' }, 'mae');
    const config = applySettings(start, { 'sound.tokens': tokens });
    const set = synthesisedSet(
      { set: 'syllables', seed: 1, split: 'train' },
      config.sound.seconds,
      6,
      SOUND_SETS.syllables.classes,
    );
    const tokenizer = tokenizerOf(config, set);
    const frontEnd = frontEndIn(tokenizer.recipe, config);
    if (frontEnd === undefined) throw new Error('no front end');
    const sounds = new Sounds({ sense: 'sound', frontEnd, ...tokenizer.statistics });
    const { tokens: found, drawing } = sounds.sample(clipAt(set, 3));
    expect(found).toEqual(tokenizer.cut(set, [3]).values);
    expect(drawing?.cells).toHaveLength(tokenizer.tokens.count);
  });

  it('texts are the ids that it learned from', () => {
    const { train } = storyFiles('tales');
    if (train.modality !== 'text') throw new Error('texts were expected');
    const tokenizer = tokenizerOf(textConfig('simmim'), train);
    const input = { sense: 'text', vocabulary: train.vocabulary } as const;
    const text = textAt(train, 5);
    expect(textSample(input, tokenizer.tokens.count, text).tokens).toEqual(tokenizer.cut(train, [5]).values);
  });

  it('gaps are places of their own, wherever they stand', () => {
    const { train } = storyFiles('tales');
    if (train.modality !== 'text') throw new Error('texts were expected');
    const input = { sense: 'text', vocabulary: train.vocabulary } as const;
    expect(textSample(input, 12, '__ was a farmer at the ___ .').gaps).toEqual([0, 6]);
    expect(textSample(input, 3, 'at the inn and __').gaps).toEqual([]);
    expect(textSample(input, 12, 'snake_case and a__b').gaps).toEqual([]);
  });
});
