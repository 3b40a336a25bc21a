import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cardTable, readCardResults } from '../../src/cli/compare/cardTable.ts';
import { readFigure } from '../../src/cli/compare/figure.ts';
import { cardOf, FIGURE_CARDS } from '../../src/config/figures/cards.ts';
import { cardResult, linesOf, verdictsOf } from '../../src/metrics/cardResult.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-cards-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the table of figures', () => {
  it('has a row for each thing that was expected, and says what was not run', () => {
    const card = readFigure('mae-mask-ratio');
    const result = cardResult(card, 'careful', {}, { data: 'Scenes', command: 'npm run compare' });
    writeFileSync(path.join(folder, 'mae-mask-ratio.json'), JSON.stringify(result));
    const results = readCardResults(folder);
    expect(results).toEqual([result]);
    const lines = cardTable([card, readFigure('mae-partial')], results).split('\n');
    expect(lines).toHaveLength(2 + 2 + 1);
    expect(lines[2]).toBe(
      '| `mae-mask-ratio` | MAE, Fig. 5; Scenes, 0 seeds | “Linear probe” peaks between 0.5 and 0.9. | **cannot be told**: “Linear probe” is not measured |',
    );
    // Numbers decide, whatever a file of earlier words says of them.
    const older = { ...result, verdicts: result.verdicts.map((one) => ({ ...one, rule: 'In other words.' })) };
    expect(cardTable([card], [older])).toBe(cardTable([card], [result]));
    expect(lines[4]).toMatch(/^\| `mae-partial` .* \| not run \|$/);
    expect(readCardResults(path.join(folder, 'none'))).toEqual([]);
    writeFileSync(path.join(folder, 'other.json'), '{}');
    expect(() => readCardResults(folder)).toThrow('other.json is no result of a figure');
  });
});

describe('docs/figures', () => {
  it('holds results of figures as they are asked now', () => {
    for (const { card: id, size, lines, verdicts } of readCardResults(path.resolve(import.meta.dirname, '../../docs/figures'))) {
      const card = cardOf(id);
      expect(card, id).toBeDefined();
      if (card === undefined) continue;
      // Sentences may be those of the day on which it was measured; what they come to may not.
      const judged = ({ verdict, because }: (typeof verdicts)[number]) => [verdict, because];
      expect(verdicts.map(judged), id).toEqual(verdictsOf(card, card.sizes[size], linesOf({ lines })).map(judged));
      expect(lines.map(({ name }) => name)).toEqual(card.charts.flatMap((chart) => chart.lines.map(({ name }) => name)));
    }
    expect(FIGURE_CARDS.length).toBeGreaterThan(20);
  });

  it('holds a careful result of every figure, as CHANGELOG says, and docs/results.md counts its verdicts', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const results = readCardResults(path.join(root, 'docs/figures')).filter(({ size }) => size === 'careful');
    expect(results.map(({ card }) => card).toSorted()).toEqual(FIGURE_CARDS.map(({ id }) => id).toSorted());
    const verdicts = results.flatMap((result) => result.verdicts.map(({ verdict }) => verdict));
    const count = (wanted: string): number => verdicts.filter((verdict) => verdict === wanted).length;
    expect(readFileSync(path.join(root, 'docs/results.md'), 'utf8')).toContain(
      `Of the ${verdicts.length} expectations of all ${results.length} cards ${count('holds')} hold, ${count('does not hold')} do not and ${count('cannot be told')} cannot be told.`,
    );
    expect(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')).toContain(`three seeds of each of the ${results.length} cards`);
  });
});
