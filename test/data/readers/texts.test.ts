/** Texts through the whole loader: bad files, mixtures, and one for a board. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { decoders } from '../../../src/cli/decoders.ts';
import { loadSample } from '../../../src/data/load.ts';
import { textAt } from '../../../src/data/text/textSet.ts';
import { loadOnly } from '../loading.ts';
import { named, png, zip } from '../makeFiles.ts';
import { all, csv, HEAD, load, range, reviews, story, texts, utf8 } from './readTexts.ts';

describe('what cannot be read as texts', () => {
  it('is refused by name, and costs itself only', async () => {
    const good = range(12).map((i) => named(`good/${i}.txt`, story(i)));
    const bad = {
      'empty.txt': '',
      'blank.txt': ' \n\t\n',
      'noise.txt': Uint8Array.from(range(3000), (i) => (i * 7919) % 251),
      'sjis.txt': Uint8Array.of(0x8c, 0xe1, 0x94, 0x79, 0x82, 0xcd, 0x94, 0x4c, 0x82, 0xc5, 0x82, 0xa0, 0x82, 0xe9),
      'essay.docx': zip({ '[Content_Types].xml': utf8('<x/>'), 'word/document.xml': utf8('<x/>') }),
      'paper.pdf': '%PDF-1.7 ...',
      'letter.rtf': '{\\rtf1 Dear}',
      'ragged.csv': 'a text of words,b\nx,y,z,w\nsome more words here,c\n1,2,3',
      'numbers.csv': 'a,b\n1,2\n3,4',
      'broken.json': '[{"text": "a',
      'page.html': '<!doctype html><p>Hello',
      'run.py': 'import os',
    };
    const files = Object.entries(bad).map(([path, content]) => named(path, content));
    const { dataset, report, refused } = await load([...good, ...files], { text: { split: 'texts' } });
    expect(report.used).toBe(12);
    expect(dataset?.train.modality).toBe('text');
    expect(Object.keys(refused).sort()).toEqual(Object.keys(bad).sort());
    for (const reason of Object.values(refused)) expect(reason).toMatch(/^(is|holds|has|row) .*[.]$/);
  });

  it('of one word, of control signs and of 4,000 signs without a space is told', async () => {
    const files = [
      named('one.txt', 'word'),
      named('control.txt', `${`${story(1)} `.repeat(20)}a\0b`),
      named('minified.txt', `${story(2)} ${'QUJD+/'.repeat(700)} end.`),
      named('cut.txt', utf8(`${story(3)} süße Früchte`).subarray(0, -5)),
    ];
    const { dataset, report } = await load(files, { text: { split: 'texts' } });
    expect(all(dataset?.train)).toEqual(expect.arrayContaining(['word', `${story(2)}  end.`]));
    expect(report.notes).toContain('1 sign that no text has was read as spaces: control.txt.');
    expect(report.notes).toContain('One word is 4,200 characters long: left out (minified.txt).');
    expect(report.used).toBe(4);
    expect(report.shortened).toEqual([{ name: 'cut.txt', reason: 'shortened: it ends in the middle of a sign' }]);
  });
});

describe('whatever bytes people bring as texts', () => {
  const starts = [
    csv([HEAD, ...reviews(6)]),
    JSON.stringify(reviews(4).map(([, text, label]) => ({ text, label }))),
    reviews(5)
      .map(([, text]) => JSON.stringify({ text }))
      .join('\n'),
    'Größe über alles. Dr. Süß 猫は魚。 هل تحب؟\n\nTwo!',
    '"\n,,;;\t',
  ];
  const paths = ['a.txt', 'b.csv', 'c.json', 'd.jsonl', 'README', 'train.csv', 'test.csv', 'x/1.txt', 'y/2.txt', 'q.csv.gz'];

  it('become a set or refusals that name a file, and never an error', async () => {
    const random = new Random(21, 'fuzz');
    let sets = 0;
    for (let round = 0; round < 150; round++) {
      const files = range(1 + random.below(5)).map(() => {
        const bytes = utf8(random.pick(starts).repeat(1 + random.below(4)));
        for (let k = random.below(8); k > 0; k--) bytes[random.below(bytes.length)] = random.below(256);
        return named(random.pick(paths), bytes.subarray(0, random.below(4) === 0 ? random.below(bytes.length) : bytes.length));
      });
      const tokens = random.pick(['words', 'byte pairs', 'bytes'] as const);
      const split = random.pick(['auto', 'texts', 'sentences', 'paragraphs', 'windows'] as const);
      const { dataset, report } = await load(files, { modality: 'text', text: { tokens, split, words: 16, vocabulary: 320 } });
      for (const { name, sums } of [...report.refused, ...report.shortened]) {
        expect(sums !== undefined || files.some(({ path }) => name.startsWith(path)), name).toBe(true);
      }
      expect(report.notes.join(' ')).not.toMatch(/undefined|NaN|\[object/);
      if (dataset === undefined) continue;
      sets++;
      expect(dataset.train.count).toBeGreaterThan(0);
      expect(dataset.train.labels?.length ?? dataset.train.count).toBe(dataset.train.count);
    }
    expect(sets).toBeGreaterThan(50);
  });
});

describe('texts beside other files', () => {
  it('are left out where there are more pictures, and the other way round', async () => {
    const pictures = await Promise.all(range(3).map(async (i) => named(`m/${i}.png`, await png([i, 2, 3]))));
    const some = [named('m/a.txt', story(1)), named('m/b.txt', story(2))];
    const more = await load([...pictures, ...some]);
    expect(more.report).toMatchObject({ modality: 'picture', used: 3, kinds: { picture: 3, text: 2 } });
    expect(more.refused['2 texts']).toBe('left out: this is a set of pictures. For instance m/a.txt.');
    const asked = await load([...pictures, ...some], { modality: 'text' });
    expect(asked.report).toMatchObject({ modality: 'text', used: 2, kinds: { picture: 3, text: 2 } });
    const fewer = await load([...pictures.slice(0, 1), ...some]);
    expect(fewer.report.modality).toBe('text');
  });

  it('do not ask to be read where they are named like pictures, or tell of the data', async () => {
    const pictures = await Promise.all(range(3).map(async (i) => named(`m/${i}.png`, await png([i, 2, 3]))));
    const captions = range(3).map((i) => named(`m/${i}.txt`, story(i)));
    const { report } = await load([...pictures, ...captions, named('m/README.md', 'About')]);
    expect(report).toMatchObject({ modality: 'picture', used: 3 });
    expect(report.kinds).toBeUndefined();
    const papers = await load([
      named('d/README.md', 'About these'),
      named('d/LICENSE', 'Free'),
      ...range(5).map((i) => named(`d/${i}.txt`, story(i))),
    ]);
    expect(papers.report.notes).toContain('Not read, as about the data and not of it: LICENSE, README.md.');
    expect((await load([named('README.md', story(1))])).dataset?.train.count).toBe(1);
  });
});

describe('one text for a board', () => {
  it('is the start of a file, or the first row of a table', async () => {
    const options = loadOnly('text');
    const file = named('a.txt', range(100).map(story).join(' '));
    const { sample, isLong } = await loadSample(file, 'text', options, 1, decoders);
    expect(isLong).toBe(true);
    expect(textAt(texts(sample), 0).startsWith(story(0))).toBe(true);
    const row = await loadSample(named('r.csv', csv([HEAD, ...reviews(20)])), 'text', options, 1, decoders);
    expect(all(row.sample)).toEqual([story(0)]);
    await expect(loadSample(named('e.txt', ''), 'text', options, 1, decoders)).rejects.toThrow('is empty');
  });
});
