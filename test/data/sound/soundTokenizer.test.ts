import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { startingRun } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { BatchStream } from '../../../src/data/batches.ts';
import { builtInDataset } from '../../../src/data/builtIn.ts';
import { buffersOf, joinSamples, selectSamples } from '../../../src/data/samples.ts';
import { clipAt, type SoundSet, storeClips } from '../../../src/data/sound/soundSet.ts';
import { SoundTokenizer } from '../../../src/data/sound/soundTokenizer.ts';
import { soundClip } from '../../../src/data/sound/synth/soundSets.ts';
import { inFormOf } from '../../../src/data/source.ts';
import { accuracyCeiling } from '../../../src/metrics/accuracyCeiling.ts';
import { formWith } from '../../formWith.ts';

function run(sound: Partial<RunConfig['sound']> = {}): RunConfig {
  const config = startingRun({ dataset: 'sounds', modality: 'picture' }, 'mp3');
  return { ...config, sound: { ...config.sound, ...sound } };
}

function clips(count: number, seconds = 1.024): SoundSet {
  const made = Array.from({ length: count }, (_, i) => soundClip('sounds', 4, 'train', i, seconds));
  return {
    modality: 'sound',
    count,
    seconds,
    sourceRate: 16_000,
    clips: storeClips(made.map(({ samples }) => samples)),
    labels: Uint16Array.from(made, ({ label }) => label),
    classes: ['words', 'babble', 'melodies', 'drums', 'birds'],
  };
}

describe('SoundTokenizer', () => {
  const set = clips(40);

  it('gives normalised tokens of the shape that the settings say, with labels', () => {
    const tokenizer = new SoundTokenizer(run(), set);
    const batch = tokenizer.cut(set, [3, 0]);
    expect(batch).toMatchObject({ count: 2, patches: 16, patchLength: 120 });
    expect([...(batch.labels ?? [])]).toEqual([3, 0]);
    const all = tokenizer.cut(
      set,
      Array.from({ length: 40 }, (_, i) => i),
    ).values;
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const variance = all.reduce((sum, value) => sum + value ** 2, 0) / all.length;
    expect(mean).toBeCloseTo(0, 3);
    expect(variance).toBeCloseTo(1, 3);
  });

  it('gives the same numbers again, alone or in a batch, and leaves what it has computed as it is', () => {
    const tokenizer = new SoundTokenizer(run(), set);
    const first = tokenizer.cut(set, [5]).values;
    const batch = tokenizer.cut(set, [7, 5]).values;
    expect(batch.subarray(first.length)).toEqual(first);
    batch.fill(9);
    expect(tokenizer.cut(set, [5]).values).toEqual(first);
    expect(new SoundTokenizer(run(), clips(40)).cut(clips(40), [5]).values).toEqual(first);
  });

  it('changes only the tokens of a piece whose samples change', () => {
    const tokenizer = new SoundTokenizer(run(), set);
    const changed = clipAt(set, 2).slice();
    changed[5 * 1024 + 300] += 5000;
    const other: SoundSet = { ...set, count: 1, clips: storeClips([changed]) };
    const [before, after] = [tokenizer.cut(set, [2]).values, tokenizer.cut(other, [0]).values];
    const differing = Array.from({ length: 16 }, (_, k) => k).filter((k) =>
      before.subarray(k * 120, (k + 1) * 120).some((value, i) => value !== after[k * 120 + i]),
    );
    expect(differing).toEqual([5]);
  });

  it('takes sounds that are shorter than a clip, and measures what it normalises by on training clips only', () => {
    const short: SoundSet = { ...set, count: 1, clips: storeClips([clipAt(set, 0).slice(0, 7000)]) };
    const tokenizer = new SoundTokenizer(run(), set);
    expect(tokenizer.cut(short, [0]).values).toHaveLength(16 * 120);
    expect(new SoundTokenizer(run(), set).statistics).toEqual(tokenizer.statistics);
    expect(tokenizer.statistics.mean).toHaveLength(40);
  });

  it('says what a clip lacks where files of a low rate bring bands close together', () => {
    const low: SoundSet = { ...set, count: 1, sourceRate: 4000, clips: storeClips([clipAt(set, 0).slice(0, 7000)]) };
    expect(() => new SoundTokenizer(run(), low)).toThrow(/^A clip of 0.44 s is too short for 40 bands between 80 and 1900 Hz/);
    expect(() => new SoundTokenizer(run({ bins: 24 }), low)).not.toThrow();
  });

  it('ends bands of a source where those of the run end, as a model takes the same number for the same pitch', () => {
    const telephone: SoundSet = { ...set, sourceRate: 8000 };
    const dataset = { name: 'Drums', train: set, heldOut: set, heldOutIsTrain: true };
    const source = inFormOf(telephone, dataset).train as SoundSet;
    expect(new SoundTokenizer(run(), source).frontEnd).toEqual(new SoundTokenizer(run(), telephone).frontEnd);
    expect(inFormOf(set, dataset)).toBe(dataset);
  });

  it('has no ties: no two pieces of a built-in clip are equal', () => {
    expect(accuracyCeiling(new SoundTokenizer(run(), set).cut(set, [0, 1, 2, 3, 4]))).toBe(1);
  });

  it.each(['pieces', 'running', 'patches', 'frames'] as const)('draws %s as time to the right and pitch upwards', (tokens) => {
    const seconds = 1.024;
    // Half a second of a low tone, then of a high one.
    const wave = Int16Array.from({ length: 16_384 }, (_, i) => {
      const noise = new Random(1, i).between(-3, 3);
      return Math.round(8000 * Math.sin(2 * Math.PI * (i < 8192 ? 300 : 4000) * (i / 16_000)) + noise);
    });
    const tone: SoundSet = { ...set, count: 1, clips: storeClips([wave]) };
    const tokenizer = new SoundTokenizer(run({ tokens, seconds }), set);
    const gallery = tokenizer.gallery(tone);
    const { width, height, pixels } = gallery;
    const rowOf = (column: number): number => {
      const shades = Array.from({ length: height }, (_, row) => pixels[row * width + column] ?? 0);
      return shades.indexOf(Math.max(...shades)) / height;
    };
    expect(rowOf(Math.floor(width / 4))).toBeGreaterThan(0.7);
    expect(rowOf(Math.floor((3 * width) / 4))).toBeLessThan(0.4);
    expect(gallery.sound?.samples).toEqual(wave);
    expect(tokenizer.draw(tokenizer.cut(tone, [0]).values)).toHaveLength(width * height);
    const drawn = tokenizer.draw(tokenizer.cut(tone, [0]).values);
    expect(Math.max(...drawn.map((value, i) => Math.abs(value - (pixels[i] ?? 0))))).toBeLessThanOrEqual(1);
  });

  it('puts the highest bands into the first row of patches', () => {
    const rowOf = (hertz: number): number => {
      const wave = Int16Array.from({ length: 16_384 }, (_, i) => Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / 16_000)));
      const tokenizer = new SoundTokenizer(run({ tokens: 'patches' }), set);
      const { values, patches } = tokenizer.cut({ ...set, count: 1, clips: storeClips([wave]) }, [0]);
      const rows = Array.from({ length: 5 }, (_, row) =>
        values.subarray((row * values.length) / 5, ((row + 1) * values.length) / 5),
      );
      expect(patches).toBe(5 * 8);
      const loudest = rows.map((row) => Math.max(...row));
      return loudest.indexOf(Math.max(...loudest));
    };
    expect([200, 1000, 6500].map(rowOf)).toEqual([4, 3, 0]);
  });

  it('computes ahead what it has not computed yet, and then says that nothing is left', () => {
    const fresh = clips(40);
    const tokenizer = new SoundTokenizer(run(), fresh);
    let rounds = 0;
    while (tokenizer.ahead(fresh)) rounds++;
    expect(rounds).toBeLessThan(5);
    expect(tokenizer.ahead(fresh)).toBe(false);
  });
});

describe('built-in sounds', () => {
  it('are there at once, and their clips are made when they are asked for', async () => {
    const started = performance.now();
    const { train, heldOut, name } = await builtInDataset('syllables', formWith(), 3);
    expect(performance.now() - started).toBeLessThan(200);
    expect([name, train.count, heldOut.count, train.classes.length]).toEqual(['Syllables', 5000, 500, 10]);
    const set = heldOut as SoundSet;
    const { samples, label } = soundClip('syllables', 3, 'heldOut', 17, 1.024);
    expect(clipAt(set, 17)).toEqual(samples);
    expect(set.labels?.[17]).toBe(label);
    expect(buffersOf(set)).toHaveLength(1);
    const chosen = selectSamples(set, [17, 2]) as SoundSet;
    expect(clipAt(chosen, 0)).toEqual(samples);
    expect(joinSamples(chosen, chosen)).toMatchObject({ count: 4 });
  });

  it('draw a batch in no time once their features are known', async () => {
    const { train } = await builtInDataset('drums', formWith(), 3);
    const few = selectSamples(
      train,
      Array.from({ length: 128 }, (_, i) => i),
    ) as SoundSet;
    const tokenizer = new SoundTokenizer(run(), few);
    const stream = new BatchStream(few, tokenizer, 1);
    for (let i = 0; i < 4; i++) stream.batch(64 * i, 64, run());
    const times = Array.from({ length: 15 }, (_, i) => {
      const started = performance.now();
      stream.batch(64 * i, 64, run());
      return performance.now() - started;
    }).sort((a, b) => a - b);
    // 3 ms on a quiet machine; here only that nothing is transformed again, which takes 30 ms or more.
    expect(times[7]).toBeLessThan(15);
  });
});
