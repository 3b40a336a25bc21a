/** Tables of texts through the whole loader. */
import { describe, expect, it } from 'vitest';
import { gzip, named, tar, zip } from '../makeFiles.ts';
import { all, both, csv, HEAD, load, range, reviews, story, texts, utf8 } from './readTexts.ts';

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
