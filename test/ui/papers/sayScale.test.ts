import { describe, expect, it } from 'vitest';
import { basesOf, type FigureCard } from '../../../src/config/figures/card.ts';
import { cardOf } from '../../../src/config/figures/cards.ts';
import { sayScale } from '../../../src/ui/papers/sayScale.ts';

const scales = (id: string): string[] =>
  (cardOf(id) as FigureCard).sizes.careful.parts.flatMap((part) => basesOf(part).map((base) => sayScale(part, base)));

describe('the scale of a card', () => {
  it('tells steps and labels of what is run, and not those that a sweep changes', () => {
    expect(scales('mp3-pretraining')[0]).toContain('64 wide, 100 to 900 steps of 32;');
    expect(scales('data2vec-mae')[0]).toContain('75 to 300 steps of 16;');
    expect(scales('sd-labels')[0]).toMatch(/ 5 to 80 labels a class\.$/);
    expect(scales('mae-mask-ratio')[0]).toMatch(/400 steps of 16; .* 3 seeds, tested on 1,000 at most\. 40 labels a class\.$/);
  });

  it('is silent on labels where there are none', () => {
    expect(scales('mp3-test-mask-ratio')[0]).toMatch(/tested on 500 at most\.$/);
  });
});
