import { expect, it } from 'vitest';
import { withSetting } from '../../../src/config/settings.ts';
import { tokenizerOf } from '../../../src/data/tokenizers.ts';
import { rampPairs, tinyPairsConfig } from '../../tinyPairs.ts';

it('cuts the senses that are asked for, and says which the files do not have', () => {
  const { train } = rampPairs();
  const asking = (senses: string) => withSetting(tinyPairsConfig(), 'pair.senses', senses);
  const { members } = tokenizerOf(asking('picture+text'), train).cut(train, [0, 1]);
  expect(Object.keys(members ?? {})).toEqual(['picture', 'text']);
  // A model of three senses would have an encoder that nothing trains, and a length of tokens that no batch has.
  expect(() => tokenizerOf(asking('picture+sound+text'), train)).toThrow('The files hold no sounds to learn from');
});
