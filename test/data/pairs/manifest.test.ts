import { describe, expect, it } from 'vitest';
import { BadDataError } from '../../../src/base/errors.ts';
import { planByManifest } from '../../../src/data/pairs/byManifest.ts';
import { readCaption } from '../../../src/data/pairs/caption.ts';
import {
  checkManifest,
  isManifest,
  MANIFEST_LIMITS,
  NoManifestError,
  readManifest,
  resolveInFolder,
  senseOfName,
} from '../../../src/data/pairs/manifest.ts';
import type { MemberFile } from '../../../src/data/pairs/plan.ts';

function filesOf(...paths: string[]): MemberFile[] {
  return paths.map((path) => ({ path, sense: senseOfName(path) ?? 'text' }));
}

function lines(...all: string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

/** The plan of one table at `d/metadata.csv`. */
function plan(table: string, ...paths: string[]) {
  return planByManifest(filesOf(...paths), [readManifest('d/metadata.csv', table)]);
}

describe('tables of samples', () => {
  it('are known by their names', () => {
    expect(['metadata.csv', 'd/e/metadata.jsonl', 'Metadata.TSV', 'metadata.parquet'].every(isManifest)).toBe(true);
    expect(['metadata.csv.txt', 'data.csv', 'metadata', 'metadata/1.png'].some(isManifest)).toBe(false);
  });

  it('name files by several columns, captions, labels and splits', () => {
    const table = lines(
      'image_file_name,audio_file_name,text,label,split',
      'p/1.png,s/1.wav,"a cat, asleep",cat,train',
      'p/2.png,s/2.wav,a dog,dog,test',
    );
    expect(plan(table, 'd/p/1.png', 'd/p/2.png', 'd/s/1.wav', 'd/s/2.wav')).toEqual({
      pairs: [
        {
          name: 'd/metadata.csv row 2',
          members: { picture: { path: 'd/p/1.png' }, sound: { path: 'd/s/1.wav' }, text: { caption: 'a cat, asleep' } },
          split: 'train',
          className: 'cat',
        },
        {
          name: 'd/metadata.csv row 3',
          members: { picture: { path: 'd/p/2.png' }, sound: { path: 'd/s/2.wav' }, text: { caption: 'a dog' } },
          split: 'heldOut',
          className: 'dog',
        },
      ],
      refused: [],
      notes: ['Samples are the rows of d/metadata.csv: names of folders and files say nothing.'],
    });
  });

  it('may be JSON Lines, one for each split', () => {
    const manifest = (folder: string) =>
      readManifest(
        `d/${folder}/metadata.jsonl`,
        lines('{"file_name": "1.png", "caption": "one"}', '{"file_name": "2.png", "caption": null}'),
      );
    const files = filesOf('d/train/1.png', 'd/train/2.png', 'd/test/1.png', 'd/test/2.png');
    const { pairs, refused } = planByManifest(files, [manifest('train'), manifest('test')]);
    expect(refused).toEqual([]);
    expect(pairs.map(({ split, members }) => [split, Object.keys(members)])).toEqual([
      ['heldOut', ['text', 'picture']],
      ['heldOut', ['picture']],
      ['train', ['text', 'picture']],
      ['train', ['picture']],
    ]);
  });

  it('take an empty cell for a missing member, and drop rows without any', () => {
    const table = lines('image_file_name;audio_file_name;text', '1.png;;', ';1.wav;a word', ';;', '2.png;2.wav; ');
    const { pairs, notes, refused } = plan(table, 'd/1.png', 'd/2.png', 'd/1.wav', 'd/2.wav');
    expect(pairs.map(({ members }) => Object.keys(members).toSorted())).toEqual([
      ['picture'],
      ['sound', 'text'],
      ['picture', 'sound'],
    ]);
    expect(refused).toEqual([]);
    expect(notes).toContain('1 row without any member left out.');
  });

  it('tell rows whose file is absent, of no kind, or outside of the folder, by their number', () => {
    const table = lines(
      'file_name,text',
      'gone.png,a',
      '../out.png,b',
      '/etc/passwd.txt,c',
      'C:\\x.png,d',
      'movie.mp4,e',
      'p/../1.png,f',
      'gone2.png,',
      'gone3.png,',
    );
    const { pairs, refused, notes } = plan(table, 'd/1.png', 'out.png', 'etc/passwd.txt');
    expect(refused).toEqual([
      { name: 'd/metadata.csv row 2', reason: 'names "gone.png", which is not there.' },
      {
        name: 'd/metadata.csv row 3',
        reason: 'names "../out.png", which lies outside of the folder of its table: it was left alone.',
      },
      {
        name: 'd/metadata.csv row 4',
        reason: 'names "/etc/passwd.txt", which lies outside of the folder of its table: it was left alone.',
      },
      {
        name: 'd/metadata.csv row 5',
        reason: 'names "C:\\\\x.png", which lies outside of the folder of its table: it was left alone.',
      },
      { name: 'd/metadata.csv row 6', reason: 'names "movie.mp4", which is neither a picture nor a sound nor a text (.txt).' },
      { name: 'd/metadata.csv', reason: '2 more rows with a file or caption that cannot be used.' },
    ]);
    // What else a row has is used all the same.
    expect(pairs).toHaveLength(6);
    expect(pairs[5].members).toEqual({ text: { caption: 'f' }, picture: { path: 'd/1.png' } });
    expect(notes.join()).toContain('2 rows without any member');
    expect(notes.join()).toContain('2 files in no row of d/metadata.csv');
  });

  it('have one member of a kind: a caption in the table before a file of text, the first column before others', () => {
    const table = lines('file_name,depth_file_name,text_file_name,caption', '1.png,1d.png,1.txt,told', '2.png,,2.txt,');
    const { pairs, refused } = plan(table, 'd/1.png', 'd/1d.png', 'd/1.txt', 'd/2.png', 'd/2.txt');
    expect(pairs.map(({ members }) => members)).toEqual([
      { text: { caption: 'told' }, picture: { path: 'd/1.png' } },
      { picture: { path: 'd/2.png' }, text: { path: 'd/2.txt' } },
    ]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      'has two members of one kind: "1d.png" is not used, one picture a sample.',
      'has two members of one kind: "1.txt" is not used, one text a sample.',
    ]);
  });

  it('name columns without a meaning, and refuse two of one name or none with files', () => {
    expect(plan(lines('file_name,author,Text', '1.png,me,a', '2.png,you,b'), 'd/1.png', 'd/2.png').notes).toContain(
      'd/metadata.csv: columns without a meaning here: "author".',
    );
    expect(() => readManifest('metadata.csv', lines('file_name,Text,text', '1.png,a,b'))).toThrow('two columns named "text"');
    expect(() => readManifest('metadata.csv', lines('name,text', '1.png,a'))).toThrow('no column "file_name"');
  });

  it('tell ragged rows, and refuse a table of them', () => {
    const rows = (ragged: number) =>
      lines('file_name,text', ...Array.from({ length: 40 }, (_, i) => (i < ragged ? `${i}.png` : `${i}.png,a`)));
    expect(readManifest('metadata.csv', rows(3)).notes.join()).toMatch(/row 2 has 1 column, the others 2, and 2 more: left out/);
    expect(() => readManifest('metadata.csv', rows(12))).toThrow('taken as the separator: is it right?');
    expect(readManifest('d/metadata.csv', lines('file_name,text', '1.png,"never closed', '2.png,b')).notes).toEqual([
      'd/metadata.csv: Quotes are not in pairs: they are read as signs of the texts.',
    ]);
  });

  it('have one kind and the same columns; others are told', () => {
    const first = readManifest('d/train/metadata.csv', lines('file_name,text', '1.png,a'));
    const more = readManifest('d/test/metadata.csv', lines('text,file_name', 'b,1.png'));
    const other = readManifest('d/val/metadata.csv', lines('file_name,label', '1.png,a'));
    const json = readManifest('d/x/metadata.jsonl', lines('{"file_name": "1.png", "text": "a"}'));
    const files = filesOf('d/train/1.png', 'd/test/1.png', 'd/val/1.png', 'd/x/1.png');
    const { pairs, refused } = planByManifest(files, [json, other, first, more]);
    expect(pairs.map(({ name }) => name)).toEqual(['d/test/metadata.csv row 2', 'd/train/metadata.csv row 2']);
    expect(refused.map(({ name }) => name)).toEqual(['d/val/metadata.csv', 'd/x/metadata.jsonl']);
  });

  it('are tested on one kind of held-out rows, and say what they take other words for', () => {
    const table = lines('file_name,split', '1.png,train', '2.png,test', '3.png,validation', '4.png,odd', '5.png,');
    const { pairs, notes } = plan(table, ...[1, 2, 3, 4, 5].map((i) => `d/${i}.png`));
    expect(pairs.map(({ split }) => split)).toEqual(['train', 'heldOut', 'train', undefined]);
    expect(notes).toContain('1 row for validation left aside: tested on those for test.');
    expect(notes.join()).toContain('taken for training: "odd" (1 row)');
    expect(plan(lines('file_name,split', '1.png,train', '2.png,dev'), 'd/1.png', 'd/2.png').pairs[1].split).toBe('heldOut');
  });

  it('do not read captions of more than 64 KiB', () => {
    const { pairs, refused } = plan(lines('file_name,text', `1.png,${'é'.repeat(33_000)}`, '2.png,b'), 'd/1.png', 'd/2.png');
    expect(pairs[0].members).toEqual({ picture: { path: 'd/1.png' } });
    expect(refused).toEqual([{ name: 'd/metadata.csv row 2', reason: 'has a caption of more than 64 KiB: it is not read.' }]);
  });

  it('are refused beyond 64 MiB before they are read, beyond 100,000 rows as soon as there are more, and as Parquet', () => {
    expect(() => checkManifest('metadata.csv', MANIFEST_LIMITS.bytes)).not.toThrow();
    expect(() => checkManifest('metadata.csv', MANIFEST_LIMITS.bytes + 1)).toThrow('are the most that is read of a table');
    expect(() => checkManifest('metadata.parquet', 10)).toThrow('export it as CSV');
    const rows = `file_name,text\n${'1.png,a\n'.repeat(1_000_000)}`;
    expect(() => readManifest('metadata.csv', rows)).toThrow('has more than 100,000 rows, the most that is read');
    expect(readManifest('metadata.csv', rows.slice(0, 'file_name,text\n'.length + 8 * 100_000)).table.count).toBe(100_000);
    const json = '{"file_name":"1.png"}\n'.repeat(100_001);
    expect(() => readManifest('metadata.jsonl', json)).toThrow('has more than 100,000 rows');
    // Nobody means samples who names no files.
    expect(() => readManifest('metadata.csv', rows.replace('file_name', 'name'))).toThrow(NoManifestError);
  });
});

describe('paths in a table', () => {
  it.each([
    ['1.png', 'd/1.png'],
    ['./a/../1.png', 'd/1.png'],
    ['a\\1.png', 'd/a/1.png'],
    ['a/../../1.png', undefined],
    ['..', undefined],
    ['/1.png', undefined],
    ['\\\\server\\1.png', undefined],
    ['c:1.png', undefined],
    ['~/1.png', undefined],
  ])('%s is %s', (cell, expected) => {
    expect(resolveInFolder(['d'], cell)).toBe(expected);
  });
});

describe('captions in files', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('are text in any encoding that can be told, without blanks around it', () => {
    expect(readCaption(bytes(' a cat\r\n')).text).toBe('a cat');
    expect(readCaption(Uint8Array.of(0x61, 0x20, 0xe9, 0x74, 0xe9))).toMatchObject({ text: 'a été', encoding: 'Windows-1252' });
  });

  it('are refused when empty, blank, too large or no text', () => {
    expect(() => readCaption(new Uint8Array())).toThrow('is empty');
    expect(() => readCaption(bytes(' \n\t'))).toThrow('nothing but blanks');
    expect(() => readCaption(bytes('a'.repeat(65_537)))).toThrow('64 KiB at most');
    expect(() => readCaption(Uint8Array.from({ length: 400 }, (_, i) => i % 256))).toThrow(BadDataError);
  });
});
