/** What `train_patchwork.py` reads, and what it refuses. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOUND_RATE } from '../../../src/config/modalities/sound.ts';
import { modalityOf } from '../../../src/config/modalities.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import { clipAt, type SoundSet } from '../../../src/data/sound/soundSet.ts';
import { wavFile } from '../../../src/data/sound/wavFile.ts';
import { whyNotFurther } from '../../../src/home/further.ts';
import { startWasm } from '../../tinyRun.ts';
import { KINDS as HOME_KINDS, homeModel } from '../homeModels.ts';
import { begun, ppm, python } from './begunRun.ts';

/** Prints the tokens of one file. */
const READ = `
import json, sys
sys.path.insert(0, sys.argv[1].rsplit('/', 1)[0])
import train_patchwork as t
record = t.RunFile(sys.argv[2]).record
recipe = record['data']['recipe']
kind = (t.Pictures if recipe['modality'] == 'picture' else t.Sounds)(recipe, record['config'])
print(json.dumps({'tokens': kind.cut(kind.read(sys.argv[3]), None).flatten().tolist()}))
`;
const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-torch-'));

/** Prints why each of some runs does not go on. */
const REFUSE = `
import json, sys
sys.path.insert(0, sys.argv[1].rsplit('/', 1)[0])
import train_patchwork as t
print(json.dumps({'reasons': [t.why_not(*one) for one in json.load(open(sys.argv[2]))]}))
`;

beforeAll(startWasm);
afterAll(() => rmSync(folder, { recursive: true }));

describe('runs that go on in PyTorch', () => {
  it('says of every other kind of run why it does not, and what can be done instead, as the page does', async () => {
    const configs = HOME_KINDS.map((kind) => homeModel(kind).config);
    const list = path.join(folder, 'kinds.json');
    const recipeOf = (config: RunConfig) => ({ modality: modalityOf(config), features: config.sound.features });
    writeFileSync(list, JSON.stringify(configs.map((config) => [config, recipeOf(config)])));
    const [{ reasons }] = await python([list], ['-c', REFUSE]);
    expect(reasons).toEqual(configs.map((config) => whyNotFurther(config) ?? null));
  });

  it.each([
    { name: 'pictures', objective: 'mae', settings: { 'picture.flip': false } },
    { name: 'pieces of sounds', objective: 'mp3', sounds: true },
    { name: 'patches of sounds', objective: 'mae', sounds: true, settings: { 'sound.tokens': 'patches' } },
  ] as const)('reads $name as the page does', async (kind) => {
    const file = path.join(folder, 'run.patchwork');
    const one = await begun(kind, file);
    const { heldOut } = one.dataset;
    const sample = path.join(folder, heldOut.modality === 'picture' ? 'sample.ppm' : 'sample.wav');
    writeFileSync(sample, heldOut.modality === 'picture' ? ppm(heldOut, 3) : wavFile(clipAt(heldOut as SoundSet, 3), SOUND_RATE));
    const [{ tokens }] = await python([file, sample], ['-c', READ]);
    const { values } = one.tokenizer.cut(heldOut, [3]);
    expect(tokens).toHaveLength(values.length);
    expect(Math.max(...values.map((value, i) => Math.abs(value - (tokens as number[])[i])))).toBeLessThan(2e-3);
    one.dispose();
  });

  it('refuses what it cannot go on with, in words', async () => {
    const file = path.join(folder, 'run.patchwork');
    const scattered = await begun({ name: 'MAE', objective: 'mae', settings: {} }, file);
    scattered.dispose();
    const empty = path.join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    await expect(python([file, '--data', empty, '--out', file])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds none of'),
    });
    const blocks = await begun({ name: 'MAE', objective: 'mae', settings: { 'mae.mask': 'block' } }, file);
    blocks.dispose();
    const withBlocks = { code: 2, stderr: expect.stringContaining('not with blocks') };
    await expect(python([file, '--check', file])).rejects.toMatchObject(withBlocks);
    await expect(python([file, '--data', empty, '--out', file])).rejects.toMatchObject(withBlocks);
    const bytes = readFileSync(file);
    bytes[bytes.length - 5] ^= 1;
    writeFileSync(file, bytes);
    await expect(python([file, '--check', file])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is damaged'),
    });
    writeFileSync(file, 'no run');
    await expect(python([file, '--check', file])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('too short'),
    });
  });
});
