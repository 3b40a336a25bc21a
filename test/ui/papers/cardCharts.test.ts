import { describe, expect, it } from 'vitest';
import { readCardResults } from '../../../src/cli/compare/cardTable.ts';
import type { CardChart, FigureCard } from '../../../src/config/figures/card.ts';
import { cardOf, FIGURE_CARDS } from '../../../src/config/figures/cards.ts';
import { linesOf } from '../../../src/metrics/cardResult.ts';
import type { FigureLines } from '../../../src/metrics/figureLines.ts';
import { ourDrawing, theirDrawings } from '../../../src/ui/papers/cardCharts.ts';

const card = cardOf('mae-mask-ratio') as FigureCard;
const [chart] = card.charts as [CardChart];
const point = (mean: number, deviation: number) => ({ count: 3, mean, deviation, seeds: [1, 2, 3], values: [] });

describe('our chart of a card', () => {
  it('has the axis of its plan before anything is measured, and the same one after', () => {
    const empty = ourDrawing(chart, card.sizes.quick, {});
    const lines: FigureLines = {
      'Linear probe': [{ x: 0.5, ...point(0.4, 0.02) }],
      'From scratch': [point(0.3, 0.01)],
    };
    const drawn = ourDrawing(chart, card.sizes.quick, lines);
    if (empty.kind !== 'lines' || drawn.kind !== 'lines') throw new Error('it is over the mask ratio');
    expect(empty.series).toEqual([]);
    expect(empty.y.ticks).toEqual([]);
    expect(drawn.x.domain).toEqual(empty.x.domain);
    const [probe, scratch] = [
      drawn.series.find(({ name }) => name === 'Linear probe'),
      drawn.series.find(({ name }) => name === 'From scratch'),
    ];
    expect(probe).toMatchObject({ tone: 'strong', points: [{ x: 0.5, y: 0.4, spread: 0.02 }] });
    // A level is dashed, from end to end.
    expect(scratch).toMatchObject({
      tone: 'quiet',
      hue: { dash: '6 3' },
      points: [{ x: drawn.x.domain[0] }, { x: drawn.x.domain[1] }],
    });
  });
});

describe('what we measured', () => {
  const results = readCardResults('docs/figures');

  it.each(results.map((result) => [result.card, result] as const))(
    'of %s has a place in its charts, each point of it',
    (id, result) => {
      const one = cardOf(id) as FigureCard;
      const lines = linesOf(result);
      for (const each of one.charts) {
        const drawing = ourDrawing(each, one.sizes[result.size], lines);
        if (drawing.kind !== 'lines') continue;
        const [from, to] = drawing.x.domain;
        const xs = each.lines.flatMap(({ name }) => (lines[name] ?? []).flatMap(({ x }) => x ?? []));
        expect(xs.filter((x) => x < from || x > to)).toEqual([]);
        expect(drawing.x.ticks).toEqual(expect.arrayContaining([...new Set(xs)]));
      }
    },
  );

  it('counts blocks from 1, as everywhere on the page', () => {
    const one = cardOf('mp3-locality') as FigureCard;
    const [first] = one.charts as [CardChart];
    const drawing = ourDrawing(first, one.sizes.careful, {});
    if (drawing.kind !== 'lines') throw new Error('it is over blocks');
    expect(drawing.x.ticks.map(drawing.x.format)).toEqual(['1', '2', '3', '4']);
  });
});

describe('the paper’s numbers', () => {
  it('have an axis for each unit, and are never rescaled', () => {
    const drawings = theirDrawings({
      x: { label: 'Mask ratio' },
      published: [
        {
          name: 'Probe',
          unit: '%',
          points: [
            { x: 0.1, value: 54.6 },
            { x: 0.75, value: 73.5 },
          ],
        },
        { name: 'Fine-tuned', unit: '%', points: [{ value: 84.9 }] },
        { name: 'Cost', unit: 'h', points: [{ value: 15.4 }] },
      ],
    });
    expect(drawings.map(({ unit, drawing }) => [unit, drawing.kind])).toEqual([
      ['%', 'lines'],
      ['h', 'levels'],
    ]);
    const [{ drawing }] = drawings as [(typeof drawings)[0]];
    if (drawing.kind !== 'lines') throw new Error('it is over the mask ratio');
    expect(drawing.series.map(({ points }) => points.map(({ y }) => y))).toEqual([
      [54.6, 73.5],
      [84.9, 84.9],
    ]);
    expect([73.5, 84].map(drawing.format)).toEqual(['73.5 %', '84.0 %']);
    expect(drawing.y.domain[0]).toBeLessThanOrEqual(54.6);
    expect(drawing.y.domain[1]).toBeGreaterThanOrEqual(84.9);
  });

  it.each(FIGURE_CARDS.map((one) => [one.id, one] as const))('of %s have a place in its drawings, each of them', (_, one) => {
    for (const each of one.charts) {
      const drawn = theirDrawings(each).flatMap(({ drawing }) =>
        drawing.kind === 'levels'
          ? drawing.rows.map(({ value }) => value)
          : drawing.series.flatMap(({ points }) => points.map(({ x, y }) => (Number.isFinite(x) ? y : Number.NaN))),
      );
      const told = each.published.flatMap(({ points }) => points.map(({ value }) => value));
      expect(new Set(drawn)).toEqual(new Set(told));
      const axes = theirDrawings(each).flatMap(({ drawing }) => (drawing.kind === 'lines' ? [drawing.x, drawing.y] : []));
      expect(axes.every(({ domain: [from, to] }) => Number.isFinite(from) && to > from)).toBe(true);
    }
  });
});
