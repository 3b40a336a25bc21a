/** Tables as JSON and as JSON Lines. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { readJson } from '../../../src/data/tables/jsonRows.ts';
import { refusalOf } from '../text/refusalOf.ts';

function read(text: string) {
  const table = readJson(text);
  return {
    ...table,
    rows: Array.from({ length: table.count }, (_, row) => table.columns.map((_, column) => table.cell(row, column))),
  };
}

describe('a table in JSON', () => {
  const rows = [{ text: 'one "two"', label: 1 }, { label: 2, text: 'three', more: true }, { text: null }];
  const expected = {
    columns: ['text', 'label', 'more'],
    rows: [
      ['one "two"', '1', ''],
      ['three', '2', 'true'],
      ['', '', ''],
    ],
  };

  it('is a list of objects, alone or in an object', () => {
    expect(read(JSON.stringify(rows))).toMatchObject(expected);
    expect(read(JSON.stringify({ version: 1, tags: [1, 2, 3, 4], data: rows }, null, 2))).toMatchObject(expected);
  });

  it('is one object on every line', () => {
    expect(read(rows.map((row) => JSON.stringify(row)).join('\n\n'))).toMatchObject(expected);
    expect(read('{"text": "only one"}')).toMatchObject({ columns: ['text'], rows: [['only one']] });
  });

  it('is a list of texts', () => {
    expect(read('["one", "two"]')).toMatchObject({ columns: ['text'], rows: [['one'], ['two']] });
  });

  it('has no lists and objects for cells, and says so', () => {
    expect(read('[{"text": "a", "tokens": ["a"], "meta": {"b": 1}}]')).toMatchObject({
      columns: ['text'],
      notes: ['Lists and objects within rows are not read: tokens, meta.'],
    });
  });

  it('holds no halves of signs and no control signs, however they are written', () => {
    expect(read('["a\\ud83db\\u0000c\\r\\nd"]').rows).toEqual([['a b c\nd']]);
  });

  it('leaves out lines that are not JSON, and says which', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `{"text": "row ${i}"}`);
    lines[7] = '{"text": "row';
    const table = read(lines.join('\n'));
    expect(table).toMatchObject({ count: 19, left: { count: 1, first: 'row 8 is not JSON' } });
    expect(table.numberOf(7)).toBe(9);
  });

  it('is refused where it is none', () => {
    expect(refusalOf(() => read('[1, 2, 3]'))).toBe(
      'row 1 is no object, and 2 rows more (is it JSON, with one object for each text?).',
    );
    expect(refusalOf(() => read('[{"text": "a"}, {"te'))).toBe('is not whole JSON: it is damaged, or cut off.');
    expect(refusalOf(() => read('3'))).toBe('holds no list of objects: one for each text is needed.');
    expect(refusalOf(() => read('just words\nand more'))).toContain('row 1 is not JSON');
    expect(refusalOf(() => read(''))).toBe('has no rows.');
    const wide = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, 1]));
    expect(refusalOf(() => read(JSON.stringify([wide])))).toContain('has more than 1,000 columns');
  });

  it('is a table or a refusal, whatever the text is', () => {
    const random = new Random(13, 'fuzz');
    const parts = ['{', '}', '[', ']', '"a"', ':', ',', '1', '\n', 'null', ' ', '{"__proto__":"x"}'];
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: random.below(12) }, () => random.pick(parts)).join('');
      const refused = refusalOf(() => read(text));
      expect(refused === undefined || /^(has no rows|row \d+ is|is not whole|holds no list)/.test(refused), text).toBe(true);
    }
  });
});
