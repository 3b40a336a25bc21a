/** Which column holds the texts, and which the labels. */
import { describe, expect, it } from 'vitest';
import { chooseColumns, type WantedColumns } from '../../../src/data/tables/columns.ts';
import type { Table } from '../../../src/data/tables/table.ts';
import { refusalOf } from '../text/refusalOf.ts';

function table(columns: readonly string[], rows: readonly (readonly string[])[]): Table {
  return {
    columns,
    count: rows.length,
    cell: (row, column) => rows[row][column],
    numberOf: (row) => row + 1,
    left: { count: 0, first: undefined },
    isCutOff: false,
    notes: [],
  };
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const reviews = table(
  ['id', 'title', 'review', 'lang', 'stars'],
  range(40).map((i) => [
    String(1000 + i),
    'A short title',
    `This is review number ${i} of a film`,
    ['en', 'de'][i % 2],
    String(1 + (i % 5)),
  ]),
);
const names = (from: Table, wanted?: WantedColumns) => {
  const { text, label, alternatives } = chooseColumns(from, wanted);
  return [from.columns[text], label === undefined ? undefined : from.columns[label], ...alternatives.map((i) => from.columns[i])];
};

describe('the columns of a table', () => {
  it('are the one with the most words, and one whose values recur', () => {
    expect(names(reviews)).toEqual(['review', 'stars', 'lang']);
    expect(chooseColumns(reviews).notes).toEqual(['"stars" was taken as the column of labels. "lang" may be one too.']);
  });

  it('are those that were asked for, by name or number', () => {
    expect(names(reviews, { text: 'Title', labels: 'lang' })).toEqual(['title', 'lang']);
    expect(names(reviews, { text: '3', labels: '4' })).toEqual(['review', 'lang']);
    expect(names(reviews, { labels: 'none' })).toEqual(['review', undefined]);
    expect(refusalOf(() => chooseColumns(reviews, { text: 'body' }))).toBe(
      'has no column "body": they are id, title, review, lang, stars.',
    );
    expect(refusalOf(() => chooseColumns(reviews, { labels: '6' }))).toContain('has no column "6"');
  });

  it('do without labels where values do not recur, or numbers are many', () => {
    const rows = range(60).map((i) => [`some words that make text ${i}`, String(i % 30), `group ${i % 30}`]);
    expect(names(table(['text', 'price', 'group'], rows))).toEqual(['text', 'group']);
    expect(names(table(['text', 'price'], rows))).toEqual(['text', undefined]);
    expect(chooseColumns(table(['text', 'rating'], rows)).notes).toEqual([
      'The column "rating" holds 30 numbers: it was not taken as labels.',
    ]);
    const one = range(10).map((i) => [`some words that make text ${i}`, '1']);
    expect(chooseColumns(table(['text', 'label'], one)).notes).toEqual(['All have the label "1": usable without labels.']);
    const rare = [...range(10).map((i) => [`some words of text ${i}`, ['a', 'b'][i % 2]]), ['the last of all texts', 'c']];
    expect(chooseColumns(table(['text', 'label'], rare)).notes[0]).toContain('values that stand there only once (1)');
  });

  it('are found in languages without spaces', () => {
    const rows = range(6).map((i) => [`猫は魚が好きです${i}`, 'a b c', ['x', 'y'][i % 2]]);
    expect(names(table(['ja', 'note', 'k'], rows))).toEqual(['ja', 'k']);
  });

  it('are refused where nothing is a text', () => {
    expect(
      refusalOf(() =>
        chooseColumns(
          table(
            ['a', 'b'],
            [
              ['1', 'two words'],
              ['2', 'and three words'],
            ],
          ),
        ),
      ),
    ).toBe('has no column with texts in it: no row has 4 words.');
  });
});
