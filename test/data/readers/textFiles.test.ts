/** Files of one text each through the whole loader. */
import { describe, expect, it, vi } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { decoders } from '../../../src/cli/decoders.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { loadOptions } from '../../../src/data/files.ts';
import { loadFiles } from '../../../src/data/load.ts';
import type { Samples } from '../../../src/data/samples.ts';
import { loadWith } from '../loading.ts';
import { named } from '../makeFiles.ts';
import { all, both, csv, HEAD, load, range, reviews, squeezed, story, texts } from './readTexts.ts';

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
