import { describe, expect, it } from 'vitest';
import { MASK } from '../../../src/config/modalities/tokens.ts';
import { type Cloze, countCloze, sayCount, sayStory, seenElsewhere, verdictAt } from '../../../src/ui/text/cloze.ts';
import { blank, clozeWith, placeOfWord, tale } from './tale.ts';

const red = placeOfWord('red', 1);
const back = placeOfWord('back');

describe('the count of a story', () => {
  it('tells how many masked words are right', () => {
    const cloze = clozeWith([
      [red, blank('red', 'the')],
      [back, blank('up', 'at')],
    ]);
    expect(sayCount(countCloze(cloze))).toBe('1 of 2 words right, 1 of 1 that only earlier sentences tell');
  });

  it('leaves out of "only earlier sentences" what both neighbours would say', () => {
    const cloze = clozeWith([[red, blank('red', 'red')]]);
    expect(sayCount(countCloze(cloze))).toBe('1 of 1 word right');
  });

  it('leaves out of it what stands in a later sentence only, or in the same', () => {
    const first = clozeWith([[placeOfWord('red'), blank('red', 'the')]]);
    expect(countCloze(first).earlier).toBe(0);
    const same = clozeWith([[placeOfWord('the', 8), blank('the', 'a')]]);
    // "the" stands in every sentence.
    expect(countCloze(same).earlier).toBe(1);
  });

  it('does not count a word as told by a place that is masked too', () => {
    const cloze = clozeWith([
      [red, blank('red', 'the')],
      [placeOfWord('red'), blank('red', 'the')],
    ]);
    expect(countCloze(cloze)).toMatchObject({ words: 2, right: 2, earlier: 0 });
  });

  it('claims nothing of words that the neighbours were not asked about, nor before the model was', () => {
    expect(countCloze(clozeWith([[red, blank('red')]])).earlier).toBe(0);
    const waiting: Cloze = { words: tale, masked: new Set([red]), blanks: new Map() };
    expect(sayCount(countCloze(waiting))).toBe('asking the model…');
    expect(sayCount(countCloze(clozeWith([])))).toBe('no word is masked');
  });
});

describe('a gap', () => {
  it('is open where nobody knows its word', () => {
    const words = tale.with(back, { ...tale[back], id: MASK, text: '' });
    const cloze: Cloze = { words, masked: new Set([back]), blanks: new Map([[back, blank('up')]]) };
    expect(verdictAt(cloze, back)).toBe('open');
    expect(countCloze(cloze).words).toBe(0);
  });

  it('knows where the same word can be seen', () => {
    const cloze = clozeWith([[red, blank('red')]]);
    expect(seenElsewhere(cloze, red)).toEqual([placeOfWord('red')]);
  });
});

it('is read as a sentence with numbered blanks', () => {
  const cloze = clozeWith([
    [placeOfWord('farmer'), blank('baker')],
    [placeOfWord('barn'), blank('barn')],
  ]);
  expect(sayStory(cloze)).toMatch(
    /^mira the blank 1, guess baker, wrong, had a red hammock in the blank 2, guess barn, right,\. karl was a baker/,
  );
});
