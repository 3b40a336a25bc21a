import { describe, expect, it, test } from 'vitest';
import type { BuiltInSounds } from '../../../src/config/datasets.ts';
import { SOUND_SETS, soundClip } from '../../../src/data/sound/synth/soundSets.ts';
import { clipHashes, EXPECTED_HASHES } from './clipHashes.ts';

const NAMES = Object.keys(SOUND_SETS) as BuiltInSounds[];
const LENGTHS = [0.512, 1.024, 2.048, 4.096] as const;
const PIECE = 1024;
const BANDS = 12;

function clips(name: BuiltInSounds, seconds: number, count: number, split: 'train' | 'heldOut' = 'train') {
  return Array.from({ length: count }, (_, i) => soundClip(name, 3, split, i, seconds));
}

describe.each(NAMES)('%s', (name) => {
  const { classes } = SOUND_SETS[name];
  const second = clips(name, 1.024, 100);

  it('has classes of equal size, in the training and the held-out part', () => {
    expect(new Set(classes).size).toBe(classes.length);
    expect(classes.length).toBeGreaterThanOrEqual(4);
    for (const split of ['train', 'heldOut'] as const) {
      const labels = clips(name, 0.512, 10 * classes.length, split).map(({ label }) => label);
      expect(classes.map((_, label) => labels.filter((other) => other === label).length)).toEqual(classes.map(() => 10));
    }
  });

  it('makes a clip again from its name alone, whatever was made before', () => {
    const again = soundClip(name, 3, 'train', 63, 1.024);
    expect(again).toEqual(second[63]);
  });

  it('never makes a clip twice: not in one split, nor in the other, nor with another seed', () => {
    const other = soundClip(name, 4, 'train', 0, 1.024);
    const all = [...second, ...clips(name, 1.024, 40, 'heldOut'), other];
    expect(new Set(all.map(({ samples }) => samples.join())).size).toBe(all.length);
    // Not the same sound under other noise either: no two of a class go together sample by sample.
    const heldOut = soundClip(name, 3, 'heldOut', 0, 1.024);
    for (const { samples, label } of second)
      if (label === heldOut.label) expect(correlation(samples, heldOut.samples)).toBeLessThan(0.9);
  });

  it.each(LENGTHS)('fills clips of %d s to the end, at the common level and without clipping', (seconds) => {
    for (const { samples } of seconds === 1.024 ? second : clips(name, seconds, 20)) {
      expect(samples).toHaveLength(Math.round(seconds * 16_000));
      const { first, last } = heardPart(samples);
      expect(first).toBeLessThan(0.1);
      expect(last).toBeGreaterThan(0.88);
      expect(rms(samples)).toBeGreaterThan(0.0995);
      expect(rms(samples)).toBeLessThan(0.1005);
      expect(samples.every((sample) => Math.abs(sample) < 32_000)).toBe(true);
    }
  });

  it('has no silent piece and no two pieces alike', () => {
    for (const { samples } of [...second, ...clips(name, 4.096, 10)]) {
      const pieces = piecesOf(samples);
      expect(new Set(pieces.map((piece) => piece.join())).size).toBe(pieces.length);
      for (const piece of pieces) expect(rms(piece)).toBeGreaterThan(1e-4);
    }
  });

  it('hardly ever rests for a whole piece', () => {
    // Speech may pause for one piece before its first sound or after its last.
    const quiet = second.flatMap(({ samples }) => {
      const levels = piecesOf(samples).map(rms);
      const loudest = Math.max(...levels);
      return levels.map((level) => level < loudest * 10 ** (-35 / 20));
    });
    expect(quiet.filter(Boolean).length / quiet.length).toBeLessThan(name === 'syllables' ? 0.04 : 0.01);
  });
});

describe('what is heard', () => {
  it('tells one word from nine others, with any syllable before or after it', () => {
    expect(nearestNeighbour('syllables', 600, 100)).toBeGreaterThan(0.45);
  });

  it.each(['melodies', 'drums', 'birds'] as const)(
    'is as loud at the start and the end of %s as between, as it goes on beyond',
    (name) => {
      const levels = clips(name, 1.024, 400).map(({ samples }) => piecesOf(samples).map(rms));
      const byPlace = Array.from(
        { length: 16 },
        (_, place) => levels.reduce((sum, pieces) => sum + (pieces[place] ?? 0), 0) / 40,
      );
      expect(Math.max(...byPlace) / Math.min(...byPlace)).toBeLessThan(1.2);
    },
  );

  it('tells melodies, drums, birds and families far more often than chance', () => {
    expect(nearestNeighbour('melodies', 400, 100)).toBeGreaterThan(0.45);
    expect(nearestNeighbour('drums', 400, 100)).toBeGreaterThan(0.6);
    expect(nearestNeighbour('birds', 400, 100)).toBeGreaterThan(0.7);
    expect(nearestNeighbour('sounds', 400, 100)).toBeGreaterThan(0.85);
  });

  it('has birds above all others, and speech and melodies low', () => {
    const crossings = SOUND_SETS.sounds.classes.map((_, label) => {
      const family = clips('sounds', 1.024, 100).filter((clip) => clip.label === label);
      return family.reduce((sum, { samples }) => sum + crossingsPerSecond(samples), 0) / family.length;
    });
    const [words, babble, melodies, , birds] = crossings as [number, number, number, number, number];
    for (const low of [words, babble, melodies]) expect(birds).toBeGreaterThan(2 * low);
    expect(birds).toBeGreaterThan(4000);
  });
});

test('are the samples that a browser makes, bit for bit', () => {
  expect(clipHashes()).toEqual(EXPECTED_HASHES);
});

function piecesOf(samples: Int16Array): Int16Array[] {
  return Array.from({ length: samples.length / PIECE }, (_, i) => samples.subarray(i * PIECE, (i + 1) * PIECE));
}

/** Root mean square, of full scale. */
function rms(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) / 32_767;
}

/** First and last 10 ms within 35 dB of the loudest, as shares of the clip. */
function heardPart(samples: Int16Array): { first: number; last: number } {
  const frames = Array.from({ length: Math.floor(samples.length / 160) }, (_, i) =>
    rms(samples.subarray(i * 160, (i + 1) * 160)),
  );
  const heard = frames.map((level) => level > Math.max(...frames) * 10 ** (-35 / 20));
  return { first: heard.indexOf(true) / frames.length, last: (heard.lastIndexOf(true) + 1) / frames.length };
}

function correlation(a: Int16Array, b: Int16Array): number {
  const product = a.reduce((sum, sample, i) => sum + sample * (b[i] as number), 0);
  return product / (32_767 ** 2 * a.length * rms(a) * rms(b));
}

/** Twice the frequency of a pure tone in Hz. */
function crossingsPerSecond(samples: Int16Array): number {
  let crossings = 0;
  for (let i = 1; i < samples.length; i++) if ((samples[i] as number) >= 0 !== (samples[i - 1] as number) >= 0) crossings++;
  return (crossings * 16_000) / samples.length;
}

/** Share of the held-out clips whose class the nearest training clip has, by log energy in 16 pieces and 12 bands. */
function nearestNeighbour(name: BuiltInSounds, train: number, heldOut: number): number {
  const known = clips(name, 1.024, train).map(({ samples, label }) => ({ features: bandEnergies(samples), label }));
  const right = clips(name, 1.024, heldOut, 'heldOut').filter(({ samples, label }) => {
    const features = bandEnergies(samples);
    let nearest = { distance: Number.POSITIVE_INFINITY, label: -1 };
    for (const other of known) {
      const distance = features.reduce((sum, value, i) => sum + (value - (other.features[i] as number)) ** 2, 0);
      if (distance < nearest.distance) nearest = { distance, label: other.label };
    }
    return nearest.label === label;
  });
  return right.length / heldOut;
}

/** Log energy of each 64 ms in 12 bands from 150 Hz to 6.8 kHz (Goertzel: four stretches of 16 ms each). */
function bandEnergies(samples: Int16Array): number[] {
  const centres = Array.from({ length: BANDS }, (_, i) => 150 * 2 ** (i / 2));
  return piecesOf(samples).flatMap((piece) =>
    centres.map((hertz) =>
      Math.log(1e-6 + [0, 256, 512, 768].reduce((sum, at) => sum + tonePower(piece.subarray(at, at + 256), hertz), 0)),
    ),
  );
}

function tonePower(samples: Int16Array, hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / 16_000);
  let y1 = 0;
  let y2 = 0;
  for (const sample of samples) {
    const y = sample / 32_767 + factor * y1 - y2;
    y2 = y1;
    y1 = y;
  }
  return y1 * y1 + y2 * y2 - factor * y1 * y2;
}
