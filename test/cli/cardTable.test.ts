import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cardTable, readCardResults } from '../../src/cli/compare/cardTable.ts';
import { readFigure } from '../../src/cli/compare/figure.ts';
import { cardOf, FIGURE_CARDS } from '../../src/config/figures/cards.ts';
import { sayRule } from '../../src/config/figures/rules.ts';
import { cardResult } from '../../src/metrics/cardResult.ts';

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
      '| `mae-mask-ratio` | MAE, Fig. 5; Scenes, 0 seeds | Linear probe peaks between 0.5 and 0.9. | **cannot be told**: Linear probe is not measured |',
    );
    expect(lines[4]).toMatch(/^\| `mae-partial` .* \| not run \|$/);
    expect(readCardResults(path.join(folder, 'none'))).toEqual([]);
    writeFileSync(path.join(folder, 'other.json'), '{}');
    expect(() => readCardResults(folder)).toThrow('other.json is no result of a figure');
  });
});

describe('docs/figures', () => {
  it('holds results of figures as they are asked now', () => {
    for (const { card: id, lines, verdicts } of readCardResults(path.resolve(import.meta.dirname, '../../docs/figures'))) {
      const card = cardOf(id);
      expect(card, id).toBeDefined();
      expect(verdicts.map(({ rule }) => rule)).toEqual(card?.rules.map(sayRule));
      expect(lines.map(({ name }) => name)).toEqual(card?.charts.flatMap((chart) => chart.lines.map(({ name }) => name)));
    }
    expect(FIGURE_CARDS.length).toBeGreaterThan(20);
  });
});
