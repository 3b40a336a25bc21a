/** proof.mjs, as it is taken home: plain JavaScript by itself against what the models that are trained here compute. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { probe } from '../../src/home/probe.ts';
import { weights } from '../../src/home/weights.ts';
import { startWasm } from '../tinyRun.ts';
import { writeHome } from './folderOf.ts';
import { homeModel, kindNamed } from './homeModels.ts';

beforeAll(startWasm);

/** One of each way to compute. */
const NAMES = [
  'MP3 without a class token',
  'MAE',
  'data2vec',
  'labels, learned positions',
  'labels, relative positions, mean',
  'MAE on patches of sounds',
  'MP3 on short pieces',
  'labels on texts',
  'contrastive',
  'labels for some senses, joint',
];

const proof = (folder: string) => spawnSync(process.execPath, [`${folder}/proof.mjs`], { encoding: 'utf8' });

describe('proof.mjs', () => {
  it.each(NAMES)('proves a model: %s', async (name) => {
    const folder = await writeHome(homeModel(kindNamed(name)), [weights, probe]);
    const { stdout, stderr, status } = proof(folder);
    rmSync(folder, { recursive: true });
    expect(stdout + stderr).toContain('The model computes what it computed in Patchwork.');
    expect(status).toBe(0);
    for (const [, difference] of stdout.matchAll(/differs by (\S+)/g)) expect(Number(difference)).toBeLessThan(2e-5);
  });

  it('does not prove another one', async () => {
    const model = homeModel(kindNamed('MAE'));
    const folder = await writeHome(model, [probe]);
    const other = { ...model, values: model.values.map((value) => value * 1.1) };
    for (const file of weights.build(other) as Iterable<{ path: string; bytes: Uint8Array }>)
      writeFileSync(`${folder}/${file.path}`, file.bytes);
    const { stderr, status } = proof(folder);
    rmSync(folder, { recursive: true });
    expect(stderr).toContain('does NOT compute');
    expect(status).toBe(1);
  });
});
