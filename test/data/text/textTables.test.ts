/** Tables as sources of samples, and files that are split by their names. */
import { describe, expect, it } from 'vitest';
import { drain } from '../../../src/base/drain.ts';
import { fileEntry } from '../../../src/data/entries.ts';
import type { Refusal } from '../../../src/data/samples.ts';
import { splitByNames } from '../../../src/data/text/fileSplits.ts';
import { choosingForAll, glanceAt, readTable, sortingRows, tableNotes } from '../../../src/data/text/textTables.ts';
import { named } from '../makeFiles.ts';

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

function tableOf(path: string, content: string) {
  return { entry: fileEntry(named(path, content)), ...readTable(new TextEncoder().encode(content), path) };
}

const reviews = (count: number, labels = ['good', 'bad']): string =>
  `text,label\n${range(count)
    .map((i) => `"A film, number ${i}, that I saw",${labels[i % labels.length]}`)
    .join('\n')}`;

describe('tables of texts', () => {
  it('have the columns of the longest among them', () => {
    const refused: Refusal[] = [];
    const tables = drain(choosingForAll([tableOf('test.csv', reviews(2)), tableOf('train.csv', reviews(40))], {}, refused));
    expect(tables.map(({ columns }) => columns.label)).toEqual([1, 1]);
    expect(tableNotes(tables)).toEqual(['Columns: text = "text", class = "label".']);
    expect(drain(sortingRows(tables[0], refused))[0]).toMatchObject({ path: 'test.csv', count: 2, split: undefined });
    expect(drain(sortingRows(tables[0], refused))[0].classOf(1)).toBe('bad');
    expect(refused).toEqual([]);
  });

  it('without texts are refused by name, and cost themselves only', () => {
    const refused: Refusal[] = [];
    const tables = drain(
      choosingForAll([tableOf('numbers.csv', 'a,b\n1,2\n3,4'), tableOf('train.csv', reviews(40))], {}, refused),
    );
    expect(tables.map(({ entry }) => entry.path)).toEqual(['train.csv']);
    expect(refused).toEqual([{ name: 'numbers.csv', reason: 'has no column with texts in it: no row has 4 words.' }]);
  });

  it('leave out rows without words and of another width, with their numbers', () => {
    const refused: Refusal[] = [];
    const [table] = drain(choosingForAll([tableOf('r.csv', `${reviews(40)}\n...,good\nx,y,z\n"",bad`)], {}, refused));
    expect(drain(sortingRows(table, refused))[0].count).toBe(40);
    expect(refused).toEqual([
      { name: 'r.csv', reason: 'row 43 has 3 columns, the others 2: left out.', sums: { modality: 'text', count: 1 } },
      { name: 'r.csv', reason: '2 rows without a word: left out.', sums: { modality: 'text', count: 2 } },
    ]);
  });

  it('are split by a column that says so', () => {
    const lines = range(30).map((i) => `a text of number ${i},${['train', 'test', 'validation'][i % 3]}`);
    const refused: Refusal[] = [];
    const [table] = drain(choosingForAll([tableOf('r.csv', `text,split\n${lines.join('\n')}`)], {}, refused));
    const sides = drain(sortingRows(table, refused));
    expect(sides.map(({ split, count }) => [split, count])).toEqual([
      ['train', 10],
      ['heldOut', 10],
    ]);
    expect(sides.map(({ rows }) => rows[0])).toEqual([0, 1]);
    expect(refused[0]?.reason).toBe('10 rows left aside: by the column "split" test is tested on.');
  });

  it('show their first rows', () => {
    const glance = glanceAt([{ ...tableOf('r.csv', reviews(40)), columns: { text: 0, label: 1, alternatives: [], notes: [] } }]);
    expect(glance).toMatchObject({ path: 'r.csv', columns: ['text', 'label'], text: 0, label: 1 });
    expect(glance?.rows).toHaveLength(5);
    expect(glanceAt([])).toBeUndefined();
  });
});

describe('files of texts', () => {
  const split = (...paths: string[]) => {
    const refused: Refusal[] = [];
    const placed = splitByNames(
      paths.map((path) => fileEntry(named(path, 'x'))),
      refused,
    );
    return [
      placed.map(({ entry, split: side }) => `${entry.path} ${side}`),
      refused.map(({ name, reason }) => `${name} ${reason}`),
    ];
  };

  it('are split by their own names', () => {
    expect(split('wiki/train.txt', 'wiki/valid.txt', 'wiki/test.txt')).toEqual([
      ['wiki/train.txt train', 'wiki/test.txt heldOut'],
      ['wiki/valid.txt left aside: it lies beside a split (test is tested on).'],
    ]);
    expect(split('imdb_train.csv.gz', 'imdb_test.csv.gz')[0]).toEqual(['imdb_train.csv.gz train', 'imdb_test.csv.gz heldOut']);
  });

  it('are not where their names tell something else, or folders do', () => {
    expect(split('training tips.txt', 'test tubes.txt', 'a.txt')[0]).toEqual([
      'training tips.txt undefined',
      'test tubes.txt undefined',
      'a.txt undefined',
    ]);
    expect(split('train/a/test.txt', 'test/a/train.txt')[0]).toEqual([
      'train/a/test.txt undefined',
      'test/a/train.txt undefined',
    ]);
    expect(split('train.txt')[0]).toEqual(['train.txt undefined']);
  });
});
