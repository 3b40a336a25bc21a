import { expect, it } from 'vitest';
import { readCardResults } from '../../src/cli/compare/cardTable.ts';
import type { FigureCard } from '../../src/config/figures/card.ts';
import { cardOf } from '../../src/config/figures/cards.ts';
import { linesOf } from '../../src/metrics/cardResult.ts';
import { judgeCard } from '../../src/metrics/cardWords.ts';

/** What decided the rules of a card, from three seeds with these means and a spread of 0.01. */
function told(id: string, means: Readonly<Record<string, number | readonly number[]>>, xs: readonly number[] = []): string[] {
  const card = cardOf(id) as FigureCard;
  const point = (mean: number) => ({ count: 3, mean, deviation: 0.01, seeds: [1, 2, 3], values: [] });
  const lines = Object.entries(means).map(([name, mean]) => [
    name,
    typeof mean === 'number' ? [point(mean)] : mean.map((one, i) => ({ x: xs[i] ?? i, ...point(one) })),
  ]);
  return judgeCard(card, card.sizes.careful, Object.fromEntries(lines)).map(({ because }) => because);
}

it('says numbers of a card as its charts do, with their units and at places of their axis', () => {
  expect(told('mae-encoder-tokens', { 'Kept patches, probe': 0.311, 'All places, probe': 0.273 })[0]).toBe(
    '31.1 % against 27.3 %',
  );
  expect(told('mae-encoder-tokens', { 'All places, time': 70.5, 'Kept patches, time': 44.1 })[1]).toBe('70.5 ms against 44.1 ms');
  expect(told('mp3-positions', { MP3: [0.4, 0.41, 0.39], 'From scratch': [0.2, 0.2, 0.2] })[0]).toBe(
    '39.0 % at “none” against 20.0 %',
  );
  const heads = { 'Heads of MP3': [0.4, 0.3], 'Heads from scratch': [0.2, 0.2] };
  expect(told('mp3-locality', heads)[1]).toBe('0.300 at block 2 against 0.200');
  const ratios = { 'Trained at 0.75': [0.25, 0.2], 'Trained with all': [0.31, 0.13] };
  expect(told('mp3-test-mask-ratio', ratios, [0, 0.9]).slice(0, 2)).toEqual([
    'ranges of 5.0 points and 18.0 points',
    'they meet at about 0.415',
  ]);
});

it('says nothing of what we measured as a bare share', () => {
  const results = readCardResults('docs/figures').filter(({ card }) => !['mp3-locality', 'sd-fit'].includes(card));
  const said = results.flatMap((result) => {
    const card = cardOf(result.card) as FigureCard;
    return judgeCard(card, card.sizes[result.size], linesOf(result)).map(({ because }) => because);
  });
  expect(said.length).toBeGreaterThan(40);
  // After "at" stands a place of the axis.
  expect(said.filter((because) => /(?<!at |about )\b0\.\d+(?! %| points| ms)/.test(because))).toEqual([]);
});
