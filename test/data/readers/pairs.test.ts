/** Samples with several members through the whole loader: by name, by table, members missing or damaged. */
import { describe, expect, it } from 'vitest';
import { decoders } from '../../../src/cli/decoders.ts';
import type { LoadOptions, NamedFile } from '../../../src/data/files.ts';
import { loadFiles } from '../../../src/data/load.ts';
import type { PairedSet } from '../../../src/data/pairs/pairedSet.ts';
import { pictureAt } from '../../../src/data/pictures.ts';
import type { Samples } from '../../../src/data/samples.ts';
import { clipAt } from '../../../src/data/sound/soundSet.ts';
import { textAt } from '../../../src/data/text/textSet.ts';
import { loadOnly, loadWith } from '../loading.ts';
import { ascii, named, png, zip } from '../makeFiles.ts';
import { tone, wav } from '../sound/makeSounds.ts';

async function load(files: readonly NamedFile[], options: Partial<LoadOptions> = {}) {
  const { dataset, report } = await loadFiles(files, loadWith(options), decoders, () => {});
  return { dataset, report, refused: Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason])) };
}

function pairs(samples: Samples | undefined): PairedSet {
  if (samples?.modality !== 'pair') throw new Error('no pairs');
  return samples;
}

function membersOf({ content }: PairedSet) {
  if (!('members' in content)) throw new Error('built in');
  return content.members;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const sound = (i: number, seconds = 0.3) =>
  wav({ rate: 16_000, data: new Uint8Array(Int16Array.from(tone(200 + 7 * i, seconds, 16_000), (one) => one * 32_767).buffer) });
const picture = (i: number) => png([(7 * i) % 256, (13 * i) % 256, 90], 16);

/** 44 samples of two classes: all but some have a sound, few lack a caption. */
async function someFiles(): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  for (const i of range(44)) {
    const name = `zoo/${i % 2 === 0 ? 'cat' : 'dog'}/${i}`;
    files.push(named(`${name}.png`, await picture(i)));
    if (i >= 4) files.push(named(`${name}.wav`, sound(i)));
    if (i < 42) files.push(named(`${name}.txt`, `number ${i} of the animals`));
  }
  return files;
}

describe('pairs that people bring', () => {
  it('are of the same name, with folders for classes, and hold what they have', async () => {
    const { dataset, report, refused } = await load(await someFiles());
    expect(report).toMatchObject({ modality: 'pair', used: 44, kinds: { picture: 44, sound: 40, text: 42, pair: 44 } });
    expect(refused).toEqual({});
    const train = pairs(dataset?.train);
    expect(train).toMatchObject({ count: 40, classes: ['cat', 'dog'] });
    expect(pairs(dataset?.heldOut).count).toBe(4);
    const { picture: pictures, sound: sounds, text } = membersOf(train);
    expect(pictures).toMatchObject({ count: 40, channels: 3, size: 32 });
    for (const i of range(40)) {
      const hasText = train.present.text?.[i] !== 0;
      const own = text === undefined ? '' : textAt(text, i);
      expect(own !== '').toBe(hasText);
      // The members of a sample belong together.
      if (hasText && pictures !== undefined) {
        const number = Number(/\d+/.exec(own)?.[0]);
        expect(pictureAt(pictures, i)[0]).toBe((7 * number) % 256);
        const clip = sounds === undefined ? [] : clipAt(sounds, i);
        expect(clip.length > 0).toBe(number >= 4);
        expect(clip.length > 0).toBe(train.present.sound?.[i] !== 0);
      }
    }
    expect(train.present.picture).toBeUndefined();
    expect(report.notes.join('\n')).toMatch(/Members \(I pictures, S sounds, T texts\): 3\d I\+S\+T/);
    expect(report.notes).toContain('Class = 1st folder.');
  });

  it('share ids of words between training and test, and are the same out of an archive', async () => {
    const files = await someFiles();
    const { dataset } = await load(files);
    const [train, heldOut] = [pairs(dataset?.train), pairs(dataset?.heldOut)].map(membersOf);
    expect(heldOut.text?.vocabulary).toEqual(train.text?.vocabulary);
    const bytes = await Promise.all(
      files.map(async ({ path, file }) => [path, new Uint8Array(await file.arrayBuffer())] as const),
    );
    const packed = await load([named('zoo.zip', zip(Object.fromEntries(bytes)))]);
    expect(packed.dataset?.train).toEqual(dataset?.train);
  });

  it('are the rows of a table, whatever folders say', async () => {
    const rows = range(40).map(
      (i) =>
        `p/${i}.png,s/${i}.wav,${i % 3 === 0 ? '' : `caption ${i}`},${i % 2 === 0 ? 'even' : 'odd'},${i < 34 ? 'train' : 'test'}`,
    );
    const files = [named('d/metadata.csv', ascii(`file_name,audio_file_name,text,label,split\n${rows.join('\n')}\n`))];
    for (const i of range(40)) {
      files.push(named(`d/p/${i}.png`, await picture(i)), named(`d/s/${i}.wav`, sound(i)));
    }
    files.push(named('d/p/unused.png', await picture(99)));
    const { dataset, report, refused } = await load(files);
    expect(refused).toEqual({});
    const train = pairs(dataset?.train);
    expect(train).toMatchObject({ count: 34, classes: ['even', 'odd'] });
    expect(pairs(dataset?.heldOut).count).toBe(6);
    // Two thirds have a caption: too few of them to learn from.
    expect(Object.keys(membersOf(train))).toEqual(['picture', 'sound']);
    expect(report.notes.join('\n')).toContain('22 samples have both of pictures and captions: fewer than 32');
    expect(report.notes.join('\n')).toContain('1 file in no row of d/metadata.csv: not used.');
  });

  it('lose a member that is damaged, not the sample; without any that can be read the sample is refused', async () => {
    const damaged: Readonly<Record<string, Uint8Array>> = {
      'zoo/cat/10.wav': ascii('RIFF1234WAVEdamaged....'),
      'zoo/cat/12.txt': ascii('   '),
      'zoo/dog/3.txt': ascii(' \n'),
      'zoo/dog/3.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 1),
    };
    const files = (await someFiles()).map((file) => (file.path in damaged ? named(file.path, damaged[file.path]) : file));
    const { report, refused } = await load(files);
    expect(report.used).toBe(43);
    expect(Object.keys(refused).toSorted()).toEqual(['zoo/cat/10.wav', 'zoo/cat/12.txt', 'zoo/dog/3']);
    expect(refused['zoo/dog/3']).toMatch(
      /^has no member that can be read: zoo\/dog\/3\.png .* zoo\/dog\/3\.txt holds nothing but blanks/,
    );
  });

  it('are read as one kind, and say so, where damage or the split leaves too few to learn from together', async () => {
    const cut = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 1);
    const files = async (count: number, broken = 0) =>
      (
        await Promise.all(
          range(count).map(async (i) => [
            named(`zoo/${i}.png`, i < broken ? cut : await picture(i)),
            named(`zoo/${i}.txt`, `animal number ${i}`),
          ]),
        )
      ).flat();
    // 33 pairs by name, of which some are tested on.
    const split = await load(await files(33));
    expect(split.dataset?.train).toMatchObject({ modality: 'picture' });
    expect(split.report).toMatchObject({ modality: 'picture', used: 33 });
    expect(split.report.notes.slice(0, 2)).toEqual([
      '30 samples have both of pictures and captions: fewer than 32, too few to learn from together.',
      'Opens as pictures only.',
    ]);
    const damaged = await load(await files(40, 20));
    expect(damaged.dataset?.train).toMatchObject({ modality: 'text' });
    expect(damaged.report.notes).toContain('Opens as captions only.');
    const asked = await loadFiles(await files(33), { ...loadOnly('pair') }, decoders, () => {});
    expect(asked).toMatchObject({ report: { modality: 'pair', used: 0 } });
    expect(asked.dataset).toBeUndefined();
  });

  it('say of a table of samples that cannot be used why, whatever is read in its place', async () => {
    const pictures = await Promise.all(range(20).map(async (i) => named(`d/${i}.png`, await picture(i))));
    const withTable = async (table: string | Uint8Array, name = 'metadata.csv') =>
      (await load([...pictures, named(`d/${name}`, table)])).refused[`d/${name}`];
    expect(await withTable('picture,words\n1.png,a dog')).toMatch(
      /^has no column "file_name" or .*: it has "picture", "words"\.$/,
    );
    expect(await withTable('file_name,text,text\n1.png,a,b')).toBe('has two columns named "text": rename one of them.');
    expect(await withTable(`file_name\n${'1.png\n'.repeat(100_001)}`)).toMatch(/^has more than 100,000 rows/);
    expect(await withTable(ascii('PAR1....PAR1'), 'metadata.parquet')).toBe('is not read: export it as CSV (metadata.csv).');
    const alone = await load([...pictures, named('d/metadata.csv', 'file_name,label\n1.png,dog\n2.png,cat')]);
    expect(alone.dataset).toMatchObject({ train: { modality: 'picture', classes: [] } });
    expect(alone.report.notes).toContain(
      'No row of d/metadata.csv names two members of a sample: it was not used, and neither were its labels.',
    );
    const strange = await load([...pictures, named('d/metadata.csv', "file_name,text\n'1.png','a dog'")]);
    expect(strange.report.notes.join()).toContain(
      'No row of a table names two members that are there: d/metadata.csv row 2 names',
    );
    // A table of texts may be called so.
    const texts = range(30).map((i) => `a story of ${i} animals`);
    const { report } = await load([named('metadata.csv', `text\n${texts.join('\n')}`)]);
    expect(report).toMatchObject({ modality: 'text', used: 30, refused: [] });
  });

  it('tell of captions that are longer than the model reads, unknown to it, or in another encoding', async () => {
    const files = (await someFiles()).map((file) => {
      if (file.path === 'zoo/cat/6.txt') return named(file.path, ascii('un chat tr\xe8s gros'));
      const i = Number(/(\d+)\.txt$/.exec(file.path)?.[1] ?? 99);
      return i < 5 ? named(file.path, `${'an animal '.repeat(20)} ${i}`) : file;
    });
    const text = { ...loadOnly('pair').text, vocabulary: 64, words: 16 };
    const { report } = await load(files, { text });
    expect(report.notes).toContain('5 of 42 captions are longer than 16 words: the rest of them is not read.');
    expect(report.notes).toContain('Read as Windows-1252: zoo/cat/6.txt.');
    const rare = files.map((file) =>
      file.path.endsWith('.txt') ? named(file.path, `${file.path} q`.replace(/\W/g, 'x')) : file,
    );
    expect((await load(rare, { text: { ...text, vocabulary: 16 } })).report.notes.join()).toMatch(
      /% of the words are not among the 16 that are known: raise Vocabulary/,
    );
  });

  it('that are there twice are used once, and those that share a picture stay on one side', async () => {
    const files: NamedFile[] = [];
    for (const i of range(60)) {
      const shown = i < 40 ? Math.floor(i / 2) : i;
      files.push(named(`d/${i}.png`, await picture(shown)), named(`d/${i}.txt`, `number ${i === 41 ? 40 : i} of them`));
      // The same sample by another name, and the same picture with another caption.
      if (i >= 50) files.push(named(`d/${i}b.png`, await picture(i)), named(`d/${i}b.txt`, `number ${i} of them`));
    }
    const { dataset, report, refused } = await load(files);
    expect(refused).toEqual({
      '10 samples': 'left out as copies of others: all members are the same, byte for byte. For instance d/50b equals d/50.',
    });
    expect(report.notes).toContain(
      '40 pairs share a picture or a sound with others, byte for byte: such are held out together or not at all.',
    );
    const numbers = (samples: Samples | undefined): number[] => {
      const { text } = membersOf(pairs(samples));
      return range(samples?.count ?? 0).map((i) => Number(/\d+/.exec(text === undefined ? '' : textAt(text, i))?.[0]));
    };
    const [train, heldOut] = [numbers(dataset?.train), numbers(dataset?.heldOut)];
    expect(train.length + heldOut.length).toBe(60);
    expect(heldOut.length).toBeGreaterThanOrEqual(6);
    for (const i of heldOut.filter((number) => number < 40)) expect(heldOut).toContain(i ^ 1);
  });

  it('with a sound of 192 kHz or of an hour have the one, and lose the other only', async () => {
    const fast = wav({
      rate: 192_000,
      data: new Uint8Array(Int16Array.from(tone(900, 1.5, 192_000), (one) => one * 32_767).buffer),
    });
    const hour = wav({ rate: 4000, bits: 8, data: new Uint8Array(4000 * 3600).fill(128) });
    const odd: Readonly<Record<string, Uint8Array>> = { 'zoo/cat/10.wav': fast, 'zoo/cat/12.wav': hour };
    const files = (await someFiles()).map((file) => (file.path in odd ? named(file.path, odd[file.path]) : file));
    const { dataset, report, refused } = await load(files);
    expect(report.used).toBe(44);
    expect(refused).toEqual({ 'zoo/cat/12.wav': 'is 60 minutes long: 30 are the most that is read. Cut it first.' });
    expect(report.notes).toContain('Of 1 sound longer than 1.024 s one clip is used.');
    // No more of it is kept than a clip at 16 kHz.
    const lengths = [dataset?.train, dataset?.heldOut].flatMap((samples) => {
      const { sound: sounds } = membersOf(pairs(samples));
      return sounds === undefined ? [] : range(sounds.count).map((i) => clipAt(sounds, i).length);
    });
    expect(Math.max(...lengths)).toBe(16_384);
    expect(lengths.filter((length) => length > 0)).toHaveLength(39);
  });

  it('take training samples out that a test sample shares a picture with', async () => {
    const files: NamedFile[] = [];
    for (const i of range(80)) {
      const folder = i < 40 ? 'train' : 'test';
      files.push(named(`d/${folder}/${i}.png`, await picture(i === 45 ? 5 : i)), named(`d/${folder}/${i}.wav`, sound(i)));
    }
    const { dataset, report } = await load(files);
    expect([dataset?.train.count, dataset?.heldOut.count]).toEqual([39, 40]);
    expect(report.refused.map(({ reason }) => reason).join()).toContain('For instance d/train/5 shares one with d/test/45.');
  });

  it('are none where too few have two members, or where texts are lists of numbers', async () => {
    const few = (await someFiles()).filter(({ path }) => path.endsWith('.png') || /\/(1?\d)\.wav$/.test(path));
    const { report } = await load(few);
    expect(report.modality).toBe('picture');
    expect(report.notes.join()).toContain('samples have both of pictures and sounds: fewer than 32');
    const boxes: NamedFile[] = [];
    for (const i of range(40)) boxes.push(named(`d/${i}.png`, await picture(i)), named(`d/${i}.txt`, `0 0.5 0.5 0.${i} 0.2\n`));
    expect((await load(boxes)).report.modality).toBe('picture');
    // Asked for by name they are what was asked for.
    expect((await load(await someFiles(), { modality: 'sound' })).report.modality).toBe('sound');
  });
});
