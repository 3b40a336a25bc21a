import { describe, expect, it } from 'vitest';
import type { FigureCard } from '../../../src/config/figures/card.ts';
import { cardOf, FIGURE_CARDS } from '../../../src/config/figures/cards.ts';
import { checkCard } from '../../../src/config/figures/check.ts';

describe('the figure cards', () => {
  it.each(FIGURE_CARDS.map((card) => [card.id, card] as const))(
    '%s can run, and its lines and rules name what is there',
    (_, card) => {
      expect(checkCard(card)).toEqual([]);
    },
  );

  it('have ids of their own, by which they are found', () => {
    const ids = FIGURE_CARDS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^(mp3|mae|data2vec|sd|robust)-[a-z0-9-]+$/.test(id))).toEqual([]);
    expect(ids.map((id) => cardOf(id)?.id)).toEqual(ids);
    expect(cardOf('nothing')).toBeUndefined();
  });

  it('say what is wrong with one', () => {
    const card = cardOf('mae-mask-ratio') as FigureCard;
    const [chart] = card.charts;
    const [line] = chart.lines;
    const withLine = (changes: object): string[] =>
      checkCard({ ...card, charts: [{ ...chart, lines: [{ ...line, ...changes }, ...chart.lines.slice(1)] }] });
    expect(withLine({ part: 'BERT' })[0]).toBe('quick: Fine-tuned is of BERT, which is no part');
    expect(withLine({ measure: 'knn' })[0]).toBe('quick: Fine-tuned: knn is not measured');
    expect(withLine({ x: 'model.depth' })[0]).toBe('quick: Fine-tuned: model.depth is no axis');
    expect(withLine({ x: undefined })[0]).toBe('quick: Fine-tuned: points of task.maskRatio are not told apart');
    expect(withLine({ x: undefined, where: { 'task.maskRatio': 0.11 } })[0]).toBe(
      'quick: Fine-tuned: nothing is measured at task.maskRatio 0.11',
    );
    expect(checkCard({ ...card, rules: [{ rule: 'increases', line: 'kNN' }] })).toEqual([
      'a rule is about kNN, which is no line',
    ]);
    expect(checkCard({ ...card, sizes: { ...card.sizes, quick: card.sizes.careful } })).toEqual(['quick: MAE has 3 seeds']);
  });

  it('say what is wrong with ensembles', () => {
    const card = cardOf('mp3-ensemble') as FigureCard;
    const [part] = card.sizes.quick.parts;
    if (part?.kind !== 'ensemble') throw new Error('it is of ensembles');
    const withPart = (changes: object): string[] =>
      checkCard({ ...card, sizes: { ...card.sizes, quick: { minutes: 1, parts: [{ ...part, ...changes }] } } });
    expect(withPart({ members: part.members.slice(0, 3) })).toContain('quick: Ensembles: there is no member MAE again');
    expect(withPart({ ensembles: part.ensembles.slice(0, 1) })).toContain('quick: Two of MP3: MP3 + MP3 again is not measured');
    expect(withPart({ members: [...part.members, part.members[0]] })).toContain('quick: Ensembles: two members have one name');
  });
});
