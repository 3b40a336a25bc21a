/** Texts through the whole loader: files, tables, folders, archives, mixtures, bad files. */
import { describe, expect, it, vi } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { decoders } from '../../../src/cli/decoders.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { type LoadOptions, loadOptions, type NamedFile } from '../../../src/data/files.ts';
import { loadFiles, loadSample } from '../../../src/data/load.ts';
import type { Dataset, Samples } from '../../../src/data/samples.ts';
import { type TextSet, textAt } from '../../../src/data/text/textSet.ts';
import { loadOnly, loadWith } from '../loading.ts';
import { gzip, named, png, tar, zip } from '../makeFiles.ts';

type Options = Partial<Omit<LoadOptions, 'text'>> & { text?: Partial<LoadOptions['text']> };

async function load(files: readonly NamedFile[], { text, ...options }: Options = {}) {
  const asked = loadWith({ ...options, text: { ...loadOptions(defaultRun()).text, ...text } });
  const { dataset, report } = await loadFiles(files, asked, decoders, () => {});
  return { dataset, report, refused: Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason])) };
}

function texts(samples: Samples | undefined): TextSet {
  if (samples?.modality !== 'text') throw new Error('no texts');
  return samples;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const all = (set: Samples | undefined) => range(set?.count ?? 0).map((i) => textAt(texts(set), i));
const both = (dataset: Dataset | undefined) => [...all(dataset?.train), ...all(dataset?.heldOut)];
const squeezed = (parts: readonly string[]): string => parts.join('').replace(/\s/g, '');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const WORDS = ['river', 'stone', 'cloud', 'garden', 'letter', 'window', 'bridge', 'candle', 'market', 'forest'];
/** A text that no other equals. */
const story = (i: number): string => `The ${WORDS[i % 10]} and the ${WORDS[Math.floor(i / 10) % 10]} met ${i} times.`;
const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
const reviews = (count: number, from = 0): string[][] =>
  range(count).map((i) => [String(from + i), story(from + i), ['good', 'bad'][i % 2]]);
const HEAD = ['id', 'text', 'label'];

describe('tables of texts', () => {
  it('become samples with labels', async () => {
    const { dataset, report } = await load([named('reviews.csv', csv([HEAD, ...reviews(40)]))]);
    expect(dataset).toMatchObject({
      name: 'reviews.csv (40 texts, 2 classes)',
      train: { modality: 'text', words: 56, count: 36, classes: ['bad', 'good'], vocabulary: { kind: 'words', lower: true } },
      heldOut: { count: 4 },
    });
    expect(both(dataset)).toContain(story(7));
    const { labels, classes } = texts(dataset?.train);
    expect(all(dataset?.train).map((text, i) => [text, classes[labels?.[i] ?? 9]])).toContainEqual([story(3), 'bad']);
    expect(dataset?.heldOut).toMatchObject({ vocabulary: texts(dataset?.train).vocabulary });
    expect(report).toMatchObject({ modality: 'text', used: 40, refused: [], table: { columns: HEAD, text: 1, label: 2 } });
    expect(report.notes).toContain('Columns: text = "text", class = "label".');
    expect(report.notes).toContain('40 texts: a model learns so few by heart.');
  });

  it('give the same set as TSV, JSON, JSON Lines, UTF-16 and out of archives', async () => {
    const rows = reviews(30);
    const objects = rows.map(([id, text, label]) => ({ id, text, label }));
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${csv([HEAD, ...rows])}`, (sign) => sign.charCodeAt(0)).buffer);
    const plain = utf8(csv([HEAD, ...rows]));
    const files: [string, string | Uint8Array][] = [
      ['r.csv', plain],
      ['r.tsv', [HEAD, ...rows].map((row) => row.join('\t')).join('\n')],
      ['r.json', JSON.stringify({ version: 2, data: objects }, null, 1)],
      ['r.jsonl', objects.map((row) => JSON.stringify(row)).join('\n')],
      ['r16.csv', utf16],
      ['r.csv.gz', gzip(plain)],
      ['r.zip', zip({ 'in/r.csv': plain })],
      ['r.tar', tar({ name: 'r.csv', bytes: plain })],
    ];
    const loaded = await Promise.all(files.map(([path, content]) => load([named(path, content)])));
    const first = loaded[0].dataset;
    expect(first?.train.count).toBe(27);
    for (const { dataset, report } of loaded) {
      expect(report.refused).toEqual([]);
      expect(dataset?.train).toEqual(first?.train);
      expect(dataset?.fingerprint).toEqual(first?.fingerprint);
    }
    expect(loaded[4].report.notes).toContain('Read as UTF-16 LE: r16.csv.');
  });

  it('are split by the names of their files, by folders, and by a column', async () => {
    const train = csv([HEAD, ...reviews(40)]);
    const test = csv([HEAD, ...reviews(10, 100)]);
    const withSplit = csv([
      [...HEAD, 'split'],
      ...reviews(40).map((row) => [...row, 'train']),
      ...reviews(10, 100).map((row) => [...row, 'test']),
    ]);
    for (const files of [
      [named('imdb/train.csv', train), named('imdb/test.csv', test)],
      [named('imdb/train/a.csv', train), named('imdb/test/a.csv', test)],
      [named('imdb.csv', withSplit)],
    ]) {
      const { dataset } = await load(files);
      expect([dataset?.train.count, dataset?.heldOut.count]).toEqual([40, 10]);
      expect(all(dataset?.heldOut)).toContain(story(104));
      // Words that only stand in texts for testing are not known.
      expect(texts(dataset?.train).vocabulary.names).not.toContain('104');
      expect(dataset?.heldOut.labels).toHaveLength(10);
    }
  });

  it('have the columns that were asked for', async () => {
    const rows = range(30).map((i) => [
      story(i),
      `${story(i + 50)} It is longer than the other.`,
      ['a', 'b', 'c'][i % 3],
      String(i % 5),
    ]);
    const file = named('r.csv', csv([['title', 'body', 'kind', 'stars'], ...rows]));
    const found = await load([file]);
    expect(found.report.notes).toContain('Columns: text = "body", class = "stars".');
    expect(found.report.notes).toContain('"stars" was taken as the column of labels. "kind" may be one too.');
    const asked = await load([file], { text: { column: 'title', labels: '3' } });
    expect(both(asked.dataset)).toContain(story(3));
    expect(asked.dataset?.train.classes).toEqual(['a', 'b', 'c']);
    const none = await load([file], { text: { labels: 'none' } });
    expect(none.dataset?.train.classes).toEqual([]);
    const wrong = await load([file], { text: { column: 'text' } });
    expect(wrong.dataset).toBeUndefined();
    expect(wrong.refused['r.csv']).toBe('has no column "text": they are title, body, kind, stars.');
  });

  it('count a text that is there twice once, and never on both sides', async () => {
    const train = csv([HEAD, ...reviews(40), ['x', story(5).toUpperCase(), 'good'], ['y', story(101), 'bad']]);
    const { dataset, report } = await load([named('d/train.csv', train), named('d/test.csv', csv([HEAD, ...reviews(10, 100)]))]);
    expect([dataset?.train.count, dataset?.heldOut.count]).toEqual([40, 10]);
    const reasons = report.refused.map(({ name, reason, sums }) => `${name} ${sums?.count} ${reason.split(':')[0]}`);
    expect(reasons).toEqual(
      expect.arrayContaining([
        '1 text 1 left out',
        '1 text 1 taken out of training',
        '1 text 0 are of another class than those with the same words',
      ]),
    );
    const same = await load([
      named('s.csv', csv([HEAD, ...range(20).map((i) => [String(i), 'always the same words', 'ab'[i % 2]])])),
    ]);
    expect(same.dataset).toBeUndefined();
    expect(Object.values(same.refused)).toContain('every text is the same: there is nothing to tell apart.');
  });

  it('say how much is not read, not known, or gives its class away', async () => {
    const long = range(60).map((i) => [
      String(i),
      `${story(i)} [${'ab'[i % 2]}] `.repeat(1 + (i % 3) * 4),
      ['first', 'second'][i % 2],
    ]);
    const { report } = await load([named('r.csv', csv([HEAD, ...long]))], { text: { vocabulary: 64 } });
    expect(report.notes).toContain('40 of 60 texts are longer than 56 words: the rest of them is not read.');
    expect(report.notes.find((note) => note.includes('not among'))).toBeUndefined();
    expect(report.notes).toContain('The word “a” gives the class first away, and so do others for 1 class more.');
    const rich = range(60).map((i) => [
      String(i),
      range(9)
        .map((k) => `word${i}x${k}`)
        .join(' '),
      'ab'[i % 2],
    ]);
    const { report: poor } = await load([named('r.csv', csv([HEAD, ...rich]))], { text: { vocabulary: 64 } });
    expect(poor.notes.join(' ')).toMatch(
      /8\d % of the words are not among the 64 that are known: raise Vocabulary or take byte pairs/,
    );
  });
});

describe('files of texts', () => {
  it('in folders of classes are one sample each', async () => {
    const files = range(40).map((i) =>
      named(`mail/${i % 2 === 0 ? 'spam' : 'ham'}/${i}.txt`, `${story(i)}\n\n${story(i + 200)}`),
    );
    const { dataset, report } = await load(files);
    expect(dataset?.train).toMatchObject({ count: 36, classes: ['ham', 'spam'] });
    expect(report.notes).toContain('Class = 1st folder: ham, spam.');
    expect(report.used).toBe(40);
  });

  it('without labels become stretches of whole sentences', async () => {
    const { dataset, report } = await load([named('novel.txt', range(300).map(story).join(' '))], { text: { words: 16 } });
    expect(report.notes).toContain('1 text cut into 300 stretches of whole sentences, each of at most 16 words.');
    expect(report.notes).toContain('Of so few files parts are held out, not whole files.');
    expect([dataset?.train.count, dataset?.heldOut.count]).toEqual([270, 30]);
    expect(new Set(both(dataset))).toEqual(new Set(range(300).map(story)));
    expect(dataset?.name).toBe('novel.txt (300 texts)');
  });

  it('that are many stay whole on one side', async () => {
    const files = range(20).map((i) =>
      named(
        `${i}.md`,
        range(10)
          .map((k) => `${story(10 * i + k)} It is of file number ${i}.`)
          .join('\n\n'),
      ),
    );
    const { dataset } = await load(files, { text: { words: 16 } });
    const filesOf = (set: Samples | undefined) => new Set(all(set).map((text) => /number (\d+)/.exec(text)?.[1]));
    expect(dataset?.heldOut.count).toBeGreaterThan(0);
    for (const file of filesOf(dataset?.heldOut)) expect(filesOf(dataset?.train)).not.toContain(file);
  });

  it('become sentences or paragraphs where that is asked for', async () => {
    const file = named('a.txt', 'One cat. Two dogs.\n\nThree birds. ***\n\n---\n\nFour mice.');
    const sentences = await load([file], { text: { split: 'sentences' } });
    expect(both(sentences.dataset)).toEqual(expect.arrayContaining(['One cat.', 'Two dogs.', 'Three birds.', 'Four mice.']));
    const paragraphs = await load([file], { text: { split: 'paragraphs' } });
    expect(all(paragraphs.dataset?.train)).toEqual(['One cat. Two dogs.', 'Three birds. ***', 'Four mice.']);
    expect(paragraphs.report.notes).toContain('1 part without a word was left out.');
    const whole = await load([file], { text: { split: 'texts' } });
    expect(whole.dataset?.train.count).toBe(1);
  });

  it('are cut by byte pairs and bytes too, hardly any of them longer than there is room for', async () => {
    const text = range(900).map(story).join(' ');
    for (const tokens of ['byte pairs', 'bytes'] as const) {
      const { dataset, report } = await load([named('n.txt', text)], { text: { tokens, vocabulary: 400, words: 64 } });
      expect(texts(dataset?.train).vocabulary.kind).toBe(tokens);
      expect(dataset?.train.count).toBeGreaterThan(100);
      expect(report.notes.filter((note) => note.includes('longer than 64'))).toEqual([]);
      expect(squeezed(both(dataset).toSorted())).toHaveLength(squeezed([text]).length);
    }
  });

  it('of rare words leave room for byte pairs that are learned otherwise from the training texts alone', async () => {
    const random = new Random(8, 'words');
    const word = () =>
      range(2 + random.below(7))
        .map(() => 'abcdefghijklmnop'[random.below(16)])
        .join('');
    const { dataset, report } = await load([named('n.txt', range(12_000).map(word).join(' '))], {
      text: { tokens: 'byte pairs', vocabulary: 1000, words: 64 },
    });
    const longer =
      /([\d,]+) of ([\d,]+) texts/.exec(report.notes.find((note) => note.includes('longer than 64')) ?? '')?.[1] ?? '0';
    expect(Number(longer)).toBeLessThan(0.02 * ((dataset?.train.count ?? 0) + (dataset?.heldOut.count ?? 0)));
  });

  it.each([false, true])('can be called off while a long one is cut, of one sentence: %s', async (isOneSentence) => {
    const stop = new AbortController();
    const onProgress = (task: string, done: number, total: number): void => {
      if (task === 'Cutting a long text' && done < total) stop.abort(new Error('called off'));
    };
    const file = named(
      'long.txt',
      range(60_000)
        .map(story)
        .join(' ')
        .replaceAll('.', isOneSentence ? ',' : '.'),
    );
    const loading = loadFiles([file], loadWith({}), decoders, onProgress, stop.signal);
    await expect(loading).rejects.toThrow('called off');
  });

  it.each([
    ['words', 'Learning the vocabulary'],
    ['byte pairs', 'Learning the vocabulary'],
    ['byte pairs', 'Measuring byte pairs'],
    ['words', 'Reading texts in their vocabulary'],
  ] as const)('can be called off in the middle of it: %s, %s', async (tokens, task) => {
    // Every report is due.
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 1000));
    const stop = new AbortController();
    const seen: string[] = [];
    const onProgress = (now: string, done: number): void => {
      seen.push(`${now} ${done}`);
      if (now === task) stop.abort(new Error('called off'));
    };
    const files = range(300).map((i) =>
      named(
        `${i}.txt`,
        range(40)
          .map((k) => story(40 * i + k))
          .join(' '),
      ),
    );
    const options = loadWith({ text: { ...loadOptions(defaultRun()).text, tokens, vocabulary: 600 } });
    await expect(loadFiles(files, options, decoders, onProgress, stop.signal)).rejects.toThrow('called off');
    clock.mockRestore();
    // It is said before the work is done.
    expect(seen.at(-1)).not.toBe(`${task} 100`);
  });

  it.each([
    ['r.csv', 'Reading r.csv', csv([HEAD, ...reviews(9000)])],
    [
      'r.jsonl',
      'Reading r.jsonl',
      range(3000)
        .map((i) => JSON.stringify({ id: i, text: story(i) }))
        .join('\n'),
    ],
    ['r.csv', 'Looking for columns', csv([HEAD, ...reviews(9000)])],
    ['r.csv', 'Looking for texts', csv([HEAD, ...reviews(9000)])],
  ])('can be called off in the middle of a long table: %s, %s', async (name, task, content) => {
    const stop = new AbortController();
    const onProgress = (now: string, done: number, total: number): void => {
      if (now === task && done > 30 && done < total) stop.abort(new Error('called off'));
    };
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 1000));
    const loading = loadFiles([named(name, content)], loadWith({}), decoders, onProgress, stop.signal);
    await expect(loading).rejects.toThrow('called off');
    clock.mockRestore();
  });

  it('of more than 64 MiB are refused before their bytes are read', async () => {
    for (const path of ['r.csv', 'd/r.txt', 'd/metadata.csv']) {
      const { file } = named(path, csv([HEAD, ...reviews(9)]));
      const ends: number[] = [];
      const large = Object.defineProperties(new Blob(), {
        size: { value: 65 * 2 ** 20 },
        slice: {
          value: (start: number, end: number) => {
            ends.push(end);
            return file.slice(start, end);
          },
        },
      });
      const { refused } = await load([{ path, file: large }]);
      expect(refused).toEqual({ [path]: expect.stringMatching(/^is 65 MiB large: 64 MiB are the most that is read/) });
      expect(Math.max(...ends)).toBeLessThan(2 ** 20);
    }
  });

  it('read the same whatever the order of the files', async () => {
    const files = range(30).map((i) => named(`${i}.txt`, `${story(i)} ${story(i + 100)}`));
    const [one, other] = [await load(files), await load(files.toReversed())];
    expect(other.dataset).toEqual(one.dataset);
    expect(other.report).toEqual(one.report);
  });

  it('in other languages and encodings are read as they were written', async () => {
    const german = 'Größe über alles? Äpfel kosten 3 Mark. Süße Früchte gibt es auch.';
    const languages = {
      'thai.txt': 'ฉันชอบแมวมาก\n\nแมวของฉันชอบปลา',
      'japanese.txt': '吾輩は猫である。名前はまだ無い。',
      'arabic.txt': 'القط يحب السمك. هل تحب القطط؟',
      'hindi.txt': 'मुझे बिल्लियाँ पसंद हैं। क्या आपको भी?',
    };
    const { dataset, report } = await load(
      [
        ...Object.entries(languages).map(([path, text]) => named(path, text)),
        named(
          'german.txt',
          Uint8Array.from(german, (sign) => sign.charCodeAt(0)),
        ),
      ],
      { text: { split: 'texts' } },
    );
    expect(new Set(both(dataset))).toEqual(new Set([german, ...Object.values(languages)]));
    expect(report.notes).toContain('Read as Windows-1252: german.txt.');
  });
});

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
