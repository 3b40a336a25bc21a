/** Sounds through the whole loader: folders, archives, mixtures, layouts, bad files. */
import { describe, expect, it } from 'vitest';
import { decoders } from '../../../src/cli/decoders.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { type LoadOptions, loadOptions, type NamedFile } from '../../../src/data/files.ts';
import { loadFiles, loadSample } from '../../../src/data/load.ts';
import type { Dataset, Samples } from '../../../src/data/samples.ts';
import { clipAt, type SoundSet } from '../../../src/data/sound/soundSet.ts';
import { loadOnly, loadWith } from '../loading.ts';
import { named, png, zip } from '../makeFiles.ts';
import { numbers, tone, wav } from '../sound/makeSounds.ts';

async function load(files: readonly NamedFile[], options: Partial<LoadOptions> = {}) {
  const { dataset, report } = await loadFiles(files, loadWith(options), decoders, () => {});
  return { dataset, report, refused: Object.fromEntries(report.refused.map(({ name, reason }) => [name, reason])) };
}

/** A sound that no other equals. */
function sound(hertz: number, seconds = 0.4, rate = 16_000): Uint8Array {
  return wav({ rate, data: new Uint8Array(Int16Array.from(tone(hertz, seconds, rate), (one) => one * 32_767).buffer) });
}

function sounds(samples: Samples | undefined): SoundSet {
  if (samples?.modality !== 'sound') throw new Error('no sounds');
  return samples;
}

const labelsOf = (set: Samples | undefined) => Array.from(set?.labels ?? [], (label) => set?.classes[label]);
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('sounds that people bring', () => {
  it('become clips, with folders for classes', async () => {
    const files = range(12).map((i) => named(`pets/${i % 2 === 0 ? 'cat' : 'dog'}/${i}.wav`, sound(200 + 10 * i)));
    const { dataset, report } = await load(files);
    expect(dataset).toMatchObject({
      name: 'pets (12 sounds, 2 classes)',
      train: { modality: 'sound', seconds: 1.024, sourceRate: 16_000, classes: ['cat', 'dog'], count: 11 },
      heldOut: { count: 1 },
    });
    expect(report).toMatchObject({ modality: 'sound', used: 12, refused: [], shortened: [] });
    expect(report.notes).toContain('Class = 1st folder: cat, dog.');
    expect(clipAt(sounds(dataset?.train), 0)).toHaveLength(6400);
  });

  it('come out of an archive as they lie on the disk', async () => {
    const all = Object.fromEntries(range(12).map((i) => [`s/${'ab'[i % 2]}/${i}.wav`, sound(200 + 10 * i)]));
    const loose = await load(Object.entries(all).map(([path, bytes]) => named(path, bytes)));
    const packed = await load([named('s.zip', zip(all))]);
    expect(packed.dataset?.fingerprint).toEqual(loose.dataset?.fingerprint);
    expect(packed.dataset?.train).toEqual(loose.dataset?.train);
  });

  it('are cut into at most 64 clips, all on one side', async () => {
    const long = range(5).map((i) => named(`${i}.wav`, sound(150 + 31 * i, 36, 8000)));
    const { dataset, report } = await load(long, { clip: { seconds: 0.512, pieces: 8, fewestSamples: 2048 } });
    const [train, heldOut] = [sounds(dataset?.train), sounds(dataset?.heldOut)];
    expect([train.count, heldOut.count]).toEqual([4 * 64, 64]);
    expect(report.used).toBe(5);
    expect(report.notes).toContain('5 sounds make 320 clips of 0.512 s at most.');
    // 70.3 windows of 36 s each.
    expect(report.notes).toContain('5 sounds make more than 64 clips each: 35 are left out, evenly.');
    expect(report.notes).toContain('No test set came along: 1 sound drawn by the split seed is held out.');
    expect(report.notes).toContain('8 kHz files: bands end at 3.8 kHz.');
    expect(train.sourceRate).toBe(8000);
    // Each file is one tone: what is tested on has a pitch that was not trained on.
    const crossings = (set: SoundSet) =>
      new Set(
        range(set.count).map((i) =>
          Math.round(clipAt(set, i).filter((one, j, all) => j > 0 && one >= 0 && all[j - 1] < 0).length / 4),
        ),
      );
    const trained = crossings(train);
    expect([...crossings(heldOut)].filter((pitch) => trained.has(pitch))).toEqual([]);
  });

  it('tell of silent stretches that are left out', async () => {
    const [before, after] = [tone(200, 1.5, 16_000), tone(210, 1.5, 16_000)];
    const joined = new Float32Array(16_000 * 8);
    joined.set(before);
    joined.set(after, joined.length - after.length);
    const data = new Uint8Array(Int16Array.from(joined, (one) => one * 32_767).buffer);
    const { dataset, report } = await load([named('a.wav', wav({ data }))]);
    expect(dataset?.train.count).toBe(4);
    expect(report.notes).toContain('4 clips in which nothing is heard beside the rest of the sound are left out.');
  });

  it('leave pictures out where there are more sounds, and the other way round', async () => {
    const files = [
      ...range(3).map((i) => named(`m/${i}.wav`, sound(200 + 10 * i))),
      named('m/a.png', await png([1, 2, 3])),
      named('m/b.png', await png([4, 5, 6])),
    ];
    const { report, refused } = await load(files);
    expect(report).toMatchObject({ modality: 'sound', used: 3, kinds: { picture: 2, sound: 3 } });
    expect(refused).toEqual({ '2 pictures': 'left out: this is a set of sounds. For instance m/a.png.' });
    const pictures = await load(files, { modality: 'picture' });
    expect(pictures.report).toMatchObject({ modality: 'picture', used: 2, kinds: { picture: 2, sound: 3 } });
    expect(pictures.refused).toEqual({ '3 sounds': 'left out: this is a set of pictures. For instance m/0.wav.' });
  });

  it('are refused by name with the reason, and used up to the damage', async () => {
    const whole = sound(300, 3);
    const { report, refused } = await load([
      named('good.wav', sound(200)),
      named('short.wav', sound(250, 0.1)),
      named('silent.wav', wav({ rate: 16_000, data: new Uint8Array(32_000) })),
      named('none.wav', wav({ rate: 16_000, data: new Uint8Array(0) })),
      named('nan.wav', wav({ tag: 3, bits: 32, rate: 16_000, data: numbers(Array(16_000).fill(0x7fc00000), 4) })),
      named('nine.wav', wav({ channels: 9, rate: 16_000, data: new Uint8Array(18_000) })),
      named('slow.wav', sound(100, 1, 1000)),
      named('words.wav', 'hello'),
      named('cut.wav', whole.subarray(0, 44 + 38_400)),
      named('claims.wav', claiming(sound(310))),
    ]);
    expect(report.used).toBe(3);
    expect(report.shortened).toEqual([{ name: 'cut.wav', reason: 'shortened: 1.2 of 3.0 s' }]);
    expect(refused).toEqual({
      'short.wav': expect.stringMatching(/^is 0\.10 s long: at least 0\.26 s/),
      'silent.wav': 'is silent.',
      'none.wav': expect.stringMatching(/holds no sound/),
      'nan.wav': expect.stringMatching(/not finite/),
      'nine.wav': expect.stringMatching(/9 channels/),
      'slow.wav': expect.stringMatching(/1,000 Hz/),
      'words.wav': expect.stringMatching(/text|named like a sound/),
    });
    expect(report.notes.join(' ')).toMatch(/1 sound of 4 is too short for 16 pieces/);
  });

  it.each([
    ['pieces, log-mel', {}, [3, 2]],
    ['pieces, MFCC', { features: 'mfcc' }, [5, 3]],
    ['running frames', { tokens: 'running' }, [3, 3]],
  ] as const)('says truly how many fewer pieces would leave out: %s', async (_, changes, [left, wouldBe]) => {
    const files = [0.1, 0.12, 0.2, 0.4, 0.5, 0.9, 1].map((seconds, i) => named(`${i}.wav`, sound(200 + 10 * i, seconds)));
    const withPieces = (pieces: number) => {
      const run = defaultRun();
      return load(files, { clip: loadOptions({ ...run, sound: { ...run.sound, ...changes, pieces } }).clip });
    };
    const [many, few] = [await withPieces(16), await withPieces(8)];
    expect([many.report.refused.length, few.report.refused.length]).toEqual([left, wouldBe]);
    const advice = `8 pieces would leave out ${wouldBe}.`;
    expect(many.report.notes.some((note) => note.includes(advice))).toBe(wouldBe < left);
    expect(many.report.notes.some((note) => note.includes('would leave out'))).toBe(wouldBe < left);
  });

  it('refuses a bug of its own to nobody', async () => {
    const broken = { ...decoders, sound: () => Promise.reject(new TypeError('oops')) };
    await expect(loadFiles([named('a.wav', sound(200))], loadWith({}), broken, () => {})).rejects.toThrow('oops');
  });

  it('give their loudest clip to the board, and say when there is more', async () => {
    const short = await loadSample(named('a.wav', sound(200, 2)), 'sound', loadOnly('sound'), 3, decoders);
    expect(short).toMatchObject({ isLong: false, sample: { modality: 'sound', count: 1 } });
    const long = await loadSample(named('a.wav', sound(200, 5)), 'sound', loadOnly('sound'), 3, decoders);
    expect(long).toMatchObject({ isLong: true, sample: { modality: 'sound', count: 1 } });
  });
});

/** A WAV file whose data claim to be 4 GB long. */
function claiming(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(40, 0xfffffff0, true);
  return copy;
}

describe('layouts of data sets of sounds', () => {
  const digits = (): NamedFile[] =>
    ['ann', 'bob', 'cleo'].flatMap((speaker, s) =>
      range(2).flatMap((digit) =>
        range(8).map((n) => named(`fsdd/recordings/${digit}_${speaker}_${n}.wav`, sound(200 + 307 * s + 20 * n + digit))),
      ),
    );
  const heldOutOf = (dataset: Dataset | undefined) => [dataset?.train.count, dataset?.heldOut.count];

  it('knows the Free Spoken Digit Dataset by its names', async () => {
    const { dataset, report } = await load(digits());
    expect(dataset?.train.classes).toEqual(['0', '1']);
    expect(heldOutOf(dataset)).toEqual([18, 30]);
    expect(report.notes[0]).toBe('Named like the Free Spoken Digit Dataset: class = digit, 3 speakers.');
    expect(report.notes[1]).toMatch(/official test set: the same speakers/);
  });

  it('holds out whole speakers where that is asked for', async () => {
    const { dataset, report } = await load(digits(), { holdOut: 'group' });
    expect(heldOutOf(dataset)).toEqual([32, 16]);
    expect(report.notes.join(' ')).toMatch(/Held out whole, drawn by the split seed: (ann|bob|cleo)\./);
  });

  it('holds out whole folders where nothing else tells groups apart', async () => {
    const files = range(24).map((i) => named(`r/${'ab'[i % 2]}/room ${i % 4}/${i}.wav`, sound(200 + 10 * i)));
    const { dataset, report } = await load(files, { holdOut: 'group', classLevel: '1' });
    expect(report.notes.join(' ')).toMatch(/Held out whole, drawn by the split seed: room \d\./);
    expect(heldOutOf(dataset)).toEqual([18, 6]);
    const flat = await load(
      range(12).map((i) => named(`${i}.wav`, sound(200 + 10 * i))),
      { holdOut: 'group' },
    );
    expect(flat.report.notes.join(' ')).toMatch(/Neither names nor folders tell groups apart: 1 sound/);
  });

  it('knows Speech Commands: noise is no class, and its lists are the split', async () => {
    const word = (name: string, speaker: string, n: number) => `sc/${name}/${speaker}_nohash_${n}.wav`;
    const paths = ['yes', 'no'].flatMap((name) =>
      ['0a7c2a8d', '1b4c9b89', '2aca1e72', '3a5d2b11'].map((who) => word(name, who, 0)),
    );
    const files = [
      ...paths.map((path, i) => named(path, sound(200 + 10 * i))),
      named('sc/_background_noise_/hum.wav', sound(50, 3)),
      named('sc/validation_list.txt', 'yes/1b4c9b89_nohash_0.wav\nno/1b4c9b89_nohash_0.wav\n'),
      named('sc/testing_list.txt', 'yes/0a7c2a8d_nohash_0.wav\nno/0a7c2a8d_nohash_0.wav\n'),
      named('sc/README.md', 'Speech Commands'),
    ];
    const { dataset, report, refused } = await load(files);
    expect(dataset?.train.classes).toEqual(['no', 'yes']);
    expect(heldOutOf(dataset)).toEqual([4, 2]);
    expect(labelsOf(dataset?.heldOut).sort()).toEqual(['no', 'yes']);
    expect(report.notes[0]).toBe('Laid out like Speech Commands. Tested on the files of testing_list.txt.');
    expect(refused).toEqual({
      _background_noise_: '1 sound left aside: background noise is no class.',
      'validation_list.txt': '2 sounds left aside: testing_list.txt is tested on.',
    });
  });
});
