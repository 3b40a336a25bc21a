/** Files of a kind that the settings do not name: they are read as the run reads them that starts on them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataset, settingsOn } from '../../src/cli/dataset.ts';
import { parseTrainOptions } from '../../src/cli/options.ts';
import { ProgressBar } from '../../src/cli/progressBar.ts';
import type { LoadReport } from '../../src/data/samples.ts';
import { png } from '../data/makeFiles.ts';
import { tone, wav } from '../data/sound/makeSounds.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-kinds-'));
/** Fewer are no set of pairs. */
const PAIRS = 44;
const at = (...parts: string[]) => path.join(folder, ...parts);

function sound(i: number, seconds: number): Uint8Array {
  const samples = Int16Array.from(tone(200 + 7 * i, seconds, 16_000), (one) => one * 32_767);
  return wav({ rate: 16_000, data: new Uint8Array(samples.buffer) });
}

beforeAll(async () => {
  for (const place of ['sounds', 'texts', 'pictures', 'pairs']) mkdirSync(at(place));
  const picture = (i: number) => png([7 * i, 130, 90], 64);
  const text = (i: number) => `Number ${i} of the animals met number ${i + 1} of the towns.`;
  for (let i = 0; i < 12; i++) {
    writeFileSync(at('sounds', `${i}.wav`), sound(i, 0.3));
    writeFileSync(at('texts', `${i}.txt`), text(i));
    writeFileSync(at('pictures', `${i}.png`), await picture(i));
  }
  for (let i = 0; i < PAIRS; i++) {
    writeFileSync(at('pairs', `${i}.png`), await picture(i));
    writeFileSync(at('pairs', `${i}.wav`), sound(i, 0.3));
    writeFileSync(at('pairs', `${i}.txt`), text(i));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command line reads, and the settings of its run. */
async function open(place: string, line: string) {
  const options = parseTrainOptions([...line.split(' '), '--data', at(place)]);
  const reports: LoadReport[] = [];
  const reporter = { loaded: (report: LoadReport) => void reports.push(report) };
  const dataset = await openDataset(options, { bar: new ProgressBar({ write: () => true }), note: () => {}, reporter });
  const config = settingsOn(options.config, options.asked, dataset);
  return { report: reports[0], train: dataset.train, config };
}

describe('files of a kind that nobody named', () => {
  it.each(['data2vec', 'mae', 'simmim'])('are read as %s cuts sounds', async (objective) => {
    // A run on pictures would have pieces, 32 of which need half a second.
    const { report, config } = await open('sounds', `--objective ${objective} --set sound.pieces=32`);
    expect(report).toMatchObject({ modality: 'sound', used: 12, refused: [] });
    expect(config.sound).toMatchObject({ tokens: 'running', pieces: 32 });
  });

  it('are refused where the asked settings need more, for what those need', async () => {
    const none = open('sounds', '--objective data2vec --set sound.pieces=32 --set sound.tokens=pieces');
    await expect(none).rejects.toThrow(/no picture, sound or text that can be used/);
  });

  it('are texts, and hold what was asked for of texts', async () => {
    const { report, train, config } = await open('texts', '--preset mp3-syllables --set text.tokens=bytes --set text.words=24');
    expect(report).toMatchObject({ modality: 'text', used: 12, refused: [] });
    expect(train).toMatchObject({ words: 24, vocabulary: { kind: 'bytes' } });
    // What puzzles start with on texts, which nobody asked for.
    expect(config.text).toMatchObject({ tokens: 'bytes', words: 24, window: 16 });
  });

  it('are pictures, of the size that was asked for', async () => {
    const { report, train, config } = await open('pictures', '--preset mp3-syllables --set picture.size=48');
    expect(report).toMatchObject({ modality: 'picture', used: 12, refused: [] });
    expect(train).toMatchObject({ size: 48 });
    expect(config).toMatchObject({ picture: { size: 48 }, data: { dataset: 'files', modality: 'picture' } });
  });

  it('are pairs, whose members are read with what was asked for of each', async () => {
    const line = '--set text.words=16 --set picture.size=48 --set sound.pieces=8';
    const { report, train, config } = await open('pairs', line);
    expect(report).toMatchObject({ modality: 'pair', used: PAIRS, refused: [] });
    expect(train).toMatchObject({ content: { members: { picture: { size: 48 }, text: { words: 16 } } } });
    expect(config).toMatchObject({ task: { objective: 'contrastive' }, sound: { pieces: 8 }, text: { words: 16 } });
  });
});
