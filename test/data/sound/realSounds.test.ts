/** Sound files of the world, where there are any (`realData.ts`). */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decoders } from '../../../src/cli/decoders.ts';
import { loadFiles } from '../../../src/data/load.ts';
import { readPath } from '../../../src/data/nodeFiles.ts';
import { clips } from '../../../src/data/sound/clips.ts';
import { recogniseSound } from '../../../src/data/sound/formats.ts';
import { openSound } from '../../../src/data/sound/openSound.ts';
import { readSound } from '../../../src/data/sound/read.ts';
import { decodable } from '../../../src/data/sound/refusals.ts';
import { loadWith } from '../loading.ts';
import { realData } from '../realData.ts';
import { flacChecksums } from './flacChecksums.ts';

const GOOD = realData('audio-formats');
const BAD = realData('bad-audio');
const SPOKEN = realData('fsdd/recordings');
const SOUND = /\.(wav|mp[23]|m4a|aac|og[ga]|oggflac|opus|flac|aiff?|ape|wv|wma|mpc|dsf|mp4|webm|au)$/i;
/** ffmpeg itself decodes 0.02 s less of it than its pages say. */
const OTHER_LENGTH = /bach\.ogg/;

function soundsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => SOUND.test(name))
    .sort();
}

function read(folder: string, name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(folder, name)));
}

/** What ffmpeg makes of a file, by its list: rate, channels, seconds. */
function judgements(folder: string): Map<string, { rate: number; channels: number; seconds: number }> {
  const lines = readFileSync(path.join(folder, 'DECODE.tsv'), 'utf8').split('\n').slice(1);
  return new Map(
    lines
      .map((line) => line.split('\t'))
      .filter(([status]) => status === 'ok')
      .map(([, name = '', info = '']) => {
        const [, , rate, channels, seconds] = info.split(',');
        return [name, { rate: Number(rate), channels: Number(channels), seconds: Number(seconds) }];
      }),
  );
}

describe.skipIf(GOOD === undefined || BAD === undefined)('sounds of the world', () => {
  it('are decoded, or refused in words', { timeout: 120_000 }, async () => {
    const reasons: string[] = [];
    let decoded = 0;
    for (const folder of [GOOD ?? '', BAD ?? '']) {
      for (const name of soundsIn(folder)) {
        try {
          const { waveform } = await readSound(read(folder, name), name);
          expect(waveform.samples.every((sample) => Math.abs(sample) <= 1)).toBe(true);
          decoded++;
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'BadDataError') throw error;
          reasons.push(error.message);
        }
      }
    }
    expect(decoded).toBeGreaterThan(60);
    const known =
      /^(is silent|is in the .* format, which|cannot be decoded|holds no sound|holds values|is a WAV file whose|has a sample rate|is empty|is named like)/;
    expect(reasons.filter((reason) => !known.test(reason))).toEqual([]);
  });

  it('are as long as ffmpeg says', { timeout: 120_000 }, async () => {
    const judged = judgements(GOOD ?? '');
    const wrong: string[] = [];
    let compared = 0;
    for (const name of soundsIn(GOOD ?? '')) {
      const truth = judged.get(name);
      const format = recogniseSound(read(GOOD ?? '', name), name);
      if (truth === undefined || !(truth.seconds > 0) || OTHER_LENGTH.test(name) || format === undefined) continue;
      if (!/^(WAV|AIFF|FLAC|Ogg|MP3)/.test(format)) continue;
      const opened = await openSound(read(GOOD ?? '', name), decodable(format));
      let frames = 0;
      for await (const { channels } of opened.blocks()) frames += channels[0].length;
      // ffprobe counts what encoders put before and after a sound, up to an eighth of a second.
      const slack = /^(MP3|Ogg Opus)/.test(format) ? 0.125 : 0.001;
      const seconds = frames / (opened.rate ?? 1);
      if (opened.rate !== truth.rate || Math.abs(seconds - truth.seconds) > slack) wrong.push(`${name}: ${seconds} s`);
      compared++;
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(50);
  });

  it('have the checksum that FLAC files say they have', { timeout: 60_000 }, async () => {
    const files = [GOOD ?? '', BAD ?? ''].flatMap((folder) =>
      soundsIn(folder)
        .filter((name) => /\.flac$/.test(name) && !/uncommon.(0[2-4]|1[01])|wrong bit/.test(name))
        .map((name) => [folder, name] as const),
    );
    const differing: string[] = [];
    for (const [folder, name] of files) {
      const bytes = read(folder, name);
      const { found, stored } = await flacChecksums(bytes);
      if (found !== stored) differing.push(name);
    }
    expect(differing).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });
});

describe.skipIf(SPOKEN === undefined)('spoken digits', () => {
  it('become clips of their own length', { timeout: 60_000 }, async () => {
    const names = readdirSync(SPOKEN ?? '').filter(
      (name) => /_0\.wav$/.test(name) && statSync(path.join(SPOKEN ?? '', name)).size > 0,
    );
    let [cut, short] = [0, 0];
    for (const [file, name] of names.entries()) {
      const { waveform, rate } = await readSound(read(SPOKEN ?? '', name), name);
      expect(rate).toBe(8000);
      try {
        const { clips: found } = clips(waveform, { seconds: 1.024, pieces: 16 }, file);
        expect(found.every((clip) => clip.file === file && clip.samples.length >= 4096)).toBe(true);
        cut++;
      } catch (error) {
        expect(String(error)).toMatch(/is 0\.\d\d s long.*at least 0\.26 s are needed to cut it into 16 pieces\./);
        short++;
      }
    }
    expect(cut + short).toBe(60);
    expect(cut).toBeGreaterThan(45);
  });
});

describe.skipIf(GOOD === undefined || BAD === undefined)('folders of sounds of the world', () => {
  it('are read whole, with every file used or named', { timeout: 300_000 }, async () => {
    for (const folder of [GOOD ?? '', BAD ?? '']) {
      const { dataset, report } = await loadFiles(await readPath(folder), loadWith({ modality: 'sound' }), decoders, () => {});
      expect(dataset?.train.modality).toBe('sound');
      expect(report.used).toBeGreaterThan(5);
      expect(report.refused.filter(({ reason }) => !/[.:]$|"$/.test(reason.trim()))).toEqual([]);
      expect(report.shortened.every(({ reason }) => /^shortened: \d/.test(reason))).toBe(true);
    }
  });
});

describe.skipIf(SPOKEN === undefined)('the Free Spoken Digit Dataset', () => {
  it('is known by its names: digits, and its official split', { timeout: 120_000 }, async () => {
    const { dataset, report } = await loadFiles(await readPath(SPOKEN ?? ''), loadWith({}), decoders, () => {});
    expect(dataset?.train.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect([dataset?.train.count, dataset?.heldOut.count, report.used]).toEqual([2488, 266, 2749]);
    expect(report.notes).toContain('8 kHz files: bands end at 3.8 kHz.');
  });
});
