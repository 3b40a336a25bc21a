/** Tables with a separator, whole, wrong and huge. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { type DelimitedOptions, readDelimited } from '../../../src/data/tables/delimited.ts';
import type { Table } from '../../../src/data/tables/table.ts';
import { refusalOf } from '../text/refusalOf.ts';

const rowsOf = (table: Table): string[][] =>
  Array.from({ length: table.count }, (_, row) => table.columns.map((_, column) => table.cell(row, column)));
const read = (text: string, options?: DelimitedOptions) => {
  const table = readDelimited(text, options);
  return { ...table, rows: rowsOf(table) };
};
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

describe('a table with a separator', () => {
  it('is read as RFC 4180 says', () => {
    const text = 'id,text,label\n1,"with, comma",a\n2,"two\n\nlines",b\n3,"a ""quote""",a\n4,,b\n';
    expect(read(text)).toMatchObject({
      separator: ',',
      hasHeader: true,
      columns: ['id', 'text', 'label'],
      rows: [
        ['1', 'with, comma', 'a'],
        ['2', 'two\n\nlines', 'b'],
        ['3', 'a "quote"', 'a'],
        ['4', '', 'b'],
      ],
      left: { count: 0, first: undefined },
      notes: [],
    });
  });

  it.each([',', ';', '\t', '|'])('finds its separator: %j', (separator) => {
    const text = ['id', 'text', 'label'].join(separator);
    const rows = ['a, b', 'c; d', 'e | f', 'g'].map((cell, i) => [String(i), quoted(cell), 'x'].join(separator));
    expect(read([text, ...rows].join('\n'))).toMatchObject({ separator, columns: ['id', 'text', 'label'], count: 4 });
  });

  it('takes a semicolon for the separator where commas stand in numbers', () => {
    expect(read('width;height\n1,5;2,5\n2,0;3,1\n')).toMatchObject({ separator: ';', columns: ['width', 'height'], count: 2 });
    expect(read('1,5;2,5\n2,0;3,1\n')).toMatchObject({ separator: ';', hasHeader: false });
  });

  it('of one column has commas in its texts', () => {
    const text = 'text\nOne, two, three.\nNo comma.\nOne comma, here.\nAnd a, b, c, d.\n';
    expect(read(text)).toMatchObject({ separator: '', hasHeader: true, columns: ['text'], count: 4 });
    expect(read(text).rows[0]).toEqual(['One, two, three.']);
    expect(read('First line\nsecond line\n')).toMatchObject({ hasHeader: false, columns: ['column 1'], count: 2 });
  });

  it.each([
    ['numbers', 'great,1\nbad,0\n', false],
    ['values that come again', 'great film,pos\nbad film,neg\nfine film,pos\n', false],
    ['long texts', 'This is not the name of a column at all,x\nNor is this,y\n', false],
    ['names', 'review,label\ngreat film,pos\nbad film,neg\n', true],
    ['a column of row numbers without a name', ',text,label\n0,fine film,1\n1,bad film,0\n', true],
  ])('knows whether its first row holds names: %s', (_, text, hasHeader) => {
    expect(read(text).hasHeader).toBe(hasHeader);
  });

  it('leaves out rows of another width, and says which', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},some text,x`);
    rows[12] = '12,a,text,x';
    const table = read(['id,text,label', ...rows, '30,extra cells that are empty,x,,'].join('\n'));
    expect(table).toMatchObject({ count: 30, left: { count: 1, first: 'row 14 has 4 columns, the others 3' } });
    expect(table.numberOf(11)).toBe(13);
    expect(table.numberOf(12)).toBe(15);
  });

  it('is refused where more than a tenth of the rows have another width', () => {
    const rows = Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? `${i},a,b,c` : `${i},text,x`));
    expect(refusalOf(() => read(['id,text,label', ...rows].join('\n')))).toBe(
      'row 2 has 4 columns, the others 3, and 4 rows more (the comma was taken as the separator: is it right?).',
    );
  });

  it('takes quotes as signs where they are in no pairs', () => {
    const table = read('id\ttext\n1\t"Yes, he said\n2\tno 5" tube\n3\t"fine" it is\n4\tall good\n');
    expect(table.rows.map(([, text]) => text)).toEqual(['"Yes, he said', 'no 5" tube', '"fine" it is', 'all good']);
    expect(table.notes).toEqual(['Quotes are not in pairs: they are read as signs of the texts.']);
  });

  it('is refused where a quote is opened and never closed', () => {
    const text = 'id,text,label\n1,"fine, so",x\n2,"never, closed,y\n3,a, b,x\n4,c, d,y\n';
    expect(refusalOf(() => read(text))).toBe('opens a quote in row 3 that is never closed: write quotes within quotes twice.');
  });

  it('is refused where it is empty', () => {
    expect(refusalOf(() => read('\n \n'))).toBe('has no rows.');
  });

  it('keeps names that are there twice, where its first row is known to hold names', () => {
    expect(read('a,a\n1,2\n', { header: true }).columns).toEqual(['a', 'a']);
    expect(read('a,a\n1,2\n').hasHeader).toBe(false);
  });

  it('of a million rows is read in seconds', () => {
    const text = `id,text,label\n${'1,"some text, quoted",x\n2,other text,y\n'.repeat(500_000)}`;
    const before = performance.now();
    const table = readDelimited(text);
    expect(table.count).toBe(1_000_000);
    expect(table.cell(999_998, 1)).toBe('some text, quoted');
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('gives back what was written, whatever the cells hold', () => {
    const random = new Random(11, 'fuzz');
    const signs = ['a', 'B', ' ', ',', ';', '\t', '|', '"', '\n', 'é', '猫', '1'];
    for (let round = 0; round < 400; round++) {
      const separator = random.pick([',', ';', '\t', '|']);
      const cells = Array.from({ length: 3 + random.below(10) }, () =>
        Array.from({ length: 3 }, () => Array.from({ length: random.below(8) }, () => random.pick(signs)).join('')),
      );
      const text = [['one', 'two', 'three'], ...cells].map((row) => row.map(quoted).join(separator)).join('\n');
      expect(read(text, { header: true })).toMatchObject({ separator, rows: cells });
    }
  });

  it('is a table or a refusal, whatever the text is', () => {
    const random = new Random(12, 'fuzz');
    const signs = ['a', '1', ' ', ',', ';', '\t', '"', '""', '\n', '\n"', ',"'];
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: random.below(40) }, () => random.pick(signs)).join('');
      const refused = refusalOf(() => rowsOf(readDelimited(text)));
      expect(refused === undefined || /^(has no rows|row \d+ has|opens a quote)/.test(refused), text).toBe(true);
    }
  });
});
