import { expect, it } from 'vitest';
import type { FigureCard } from '../../src/config/figures/card.ts';
import { cardOf } from '../../src/config/figures/cards.ts';
import { RESULTS_VERSION } from '../../src/config/resultsVersion.ts';
import { cardResult } from '../../src/metrics/cardResult.ts';

it('writes down lines and verdicts of a card, what is not measured among them, as JSON', () => {
  const card = cardOf('mae-mask-ratio') as FigureCard;
  const accuracy = (ratio: number, seed: number): number => 0.5 - (ratio - 0.75) ** 2 + seed / 1000;
  const values = [0.1, 0.75, 0.95].flatMap((ratio) =>
    [1, 2, 3].map((seed) => ({
      at: { 'task.maskRatio': ratio },
      seed,
      measure: 'linear',
      value: accuracy(ratio, seed),
      version: RESULTS_VERSION,
    })),
  );
  const result = cardResult(card, 'careful', { MAE: values }, { data: 'Scenes', command: 'npm run compare' });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(result).toMatchObject({ card: 'mae-mask-ratio', size: 'careful', version: RESULTS_VERSION, data: 'Scenes' });
  const probe = result.lines.find(({ name }) => name === 'Linear probe');
  expect(probe?.points.map(({ x }) => x)).toEqual([0.1, 0.75, 0.95]);
  expect(probe?.points[1]).toMatchObject({ seeds: [1, 2, 3], values: [0.501, 0.502, 0.503] });
  expect(probe?.points[1]?.mean).toBeCloseTo(0.502);
  expect(result.verdicts).toEqual([
    { rule: '“Linear probe” peaks between 0.5 and 0.9.', verdict: 'holds', because: '50.2 % at 0.75' },
    {
      rule: '“Fine-tuned” is flatter than “Linear probe”.',
      verdict: 'cannot be told',
      because: '“Fine-tuned” is not measured',
    },
  ]);
  const one = cardResult(card, 'quick', { MAE: values.slice(0, 1) }, { data: 'Scenes', command: '' });
  expect(one.lines.find(({ name }) => name === 'Linear probe')?.points[0]?.deviation).toBeNull();
});
