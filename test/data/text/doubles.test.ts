/** Texts that are there twice, and words that give a class away. */
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/data/pace.ts';
import type { Refusal } from '../../../src/data/samples.ts';
import { type Unit, withoutDoubles } from '../../../src/data/text/doubles.ts';
import { findGiveaways } from '../../../src/data/text/giveaways.ts';

const unit = (text: string, more: Partial<Unit> = {}): Unit => ({
  texts: [text],
  place: text.slice(0, 3),
  split: undefined,
  className: undefined,
  ...more,
});

async function sift(units: readonly Unit[]) {
  const refused: Refusal[] = [];
  return { remain: await withoutDoubles(units, refused, new Pace(() => {})), refused };
}

describe('texts that are there twice', () => {
  it('remain once, whatever their case and spaces', async () => {
    const units = [
      unit('The cat.'),
      unit('A dog.'),
      unit('THE  cat.\n'),
      unit('caf\u00e9'),
      unit('cafe\u0301'),
      unit('The cats.'),
    ];
    const { remain, refused } = await sift(units);
    expect(remain).toEqual([units[0], units[1], units[3], units[5]]);
    expect(refused).toEqual([
      {
        name: '2 texts',
        reason: 'left out: others have the same words. For instance THE equals The.',
        sums: { modality: 'text', count: 2 },
      },
    ]);
  });

  it('remain on the side of the test', async () => {
    const units = [unit('one', { split: 'train' }), unit('two', { split: 'train' }), unit('ONE', { split: 'heldOut' })];
    const { remain, refused } = await sift(units);
    expect(remain).toEqual([units[1], units[2]]);
    expect(refused[0]).toMatchObject({
      name: '1 text',
      reason: 'taken out of training: test texts have the same words. For instance one equals ONE.',
    });
  });

  it('are no split where both sides hold the same', async () => {
    const units = [unit('one', { split: 'train' }), unit('one', { split: 'heldOut' })];
    expect((await sift(units)).remain).toEqual([{ ...units[1], split: undefined }]);
  });

  it('are told apart by order, and named where their classes differ', async () => {
    expect((await sift([unit('a b'), unit('b a')])).refused).toEqual([]);
    const { refused } = await sift([unit('fine', { className: 'good' }), unit('fine', { className: 'bad' })]);
    expect(refused.map(({ sums }) => sums?.count)).toEqual([1, 0]);
    expect(refused[1]?.reason).toContain('are of another class than those with the same words');
  });
});

describe('words that give a class away', () => {
  const classes = Array.from({ length: 60 }, (_, i) => ['gift', 'loan', 'theft'][i % 3]);
  const texts = classes.map((name, i) => `story ${i} of someone who has a ${['cat', 'dog'][i % 2]} [${name}]`);

  it('stand in nearly all of its texts, and in hardly any other', () => {
    expect(findGiveaways(texts, classes)).toEqual([
      { word: 'gift', className: 'gift' },
      { word: 'loan', className: 'loan' },
      { word: 'theft', className: 'theft' },
    ]);
  });

  it('are none that stand in part of a class, or in others too', () => {
    expect(
      findGiveaways(
        texts.map((text, i) => (i % 5 === 0 ? text.replace(/\[.*/, '') : text)),
        classes,
      ),
    ).toEqual([]);
    expect(
      findGiveaways(
        texts.map((text) => `${text} gift loan theft`),
        classes,
      ),
    ).toEqual([]);
    expect(
      findGiveaways(
        texts,
        texts.map(() => 'one'),
      ),
    ).toEqual([]);
    expect(findGiveaways(texts.slice(0, 24), classes.slice(0, 24))).toEqual([]);
  });
});
