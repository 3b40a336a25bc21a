/** Ensembles in lists of experiments: what may stand there, and one from the shell to its table. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Contents } from '../../src/cli/compare/contents.ts';
import { readExperiments, unitsOf } from '../../src/cli/compare/experiments.ts';
import { keyOf } from '../../src/cli/compare/keys.ts';
import { membersOf, startsOf } from '../../src/cli/compare/members.ts';
import { readResults, type UnitResult } from '../../src/cli/compare/results.ts';
import { ownFolder, ROOT, SHORT, TINY } from './shortRuns.ts';

const at = ownFolder('ensembles');

const SMALL = { ...SHORT, ...TINY };
const member = (objective: string, more = {}) => ({ pretrain: { objective, settings: { ...SMALL, ...more } } });
const TOGETHER = {
  name: 'Together',
  members: { MP3: member('mp3'), MAE: member('mae') },
  ensembles: [
    ['MP3', 'MAE'],
    ['MP3', 'MP3'],
  ],
  labelsPerClass: 2,
  seeds: [1, 2],
  finetune: { settings: SHORT },
  testPictures: 30,
};

function read(list: unknown) {
  writeFileSync(at('list.json'), JSON.stringify(list));
  return readExperiments(at('list.json'), [], []);
}

describe('a list with ensembles', () => {
  it('makes of each member the unit that it would be alone', () => {
    const own = { ...member('mae'), finetune: { settings: { 'supervised.smoothing': 0 } } };
    const [unit] = unitsOf(read([{ ...TOGETHER, members: { MP3: { pretrain: { from: 'a-{seed}' } }, MAE: own } }]));
    const members = membersOf(unit);
    expect(members.get('MP3')?.experiment.pretrain).toEqual({ from: 'a-1' });
    expect(members.get('MAE')?.experiment.finetune.settings).toEqual({ ...SHORT, 'supervised.smoothing': 0 });
    expect(startsOf(unit)).toHaveLength(2);
  });

  it('has a key for all that decides its numbers', async () => {
    const keys = await Promise.all(
      [
        TOGETHER,
        { ...TOGETHER, ensembles: [['MAE', 'MAE']] },
        { ...TOGETHER, members: { MP3: member('mp3'), MAE: member('mae', { 'mae.decoderDepth': 1 }) } },
      ].map((list) => keyOf(unitsOf(read([list]))[0], new Contents())),
    );
    expect(new Set(keys).size).toBe(3);
  });

  it.each<[object, RegExp]>([
    [{ ensembles: undefined }, /\[0\]\.members: Members and ensembles belong together/],
    [{ ensembles: [['MP3', 'MEA']] }, /\[0\]\.ensembles\[0\]\[1\]: There is no member "MEA"/],
    [{ ensembles: [['MP3']] }, /\[0\]\.ensembles\[0\]/],
    [{ protocols: ['knn'] }, /\[0\]\.protocols: Members of ensembles are fine-tuned/],
    [{ pretrain: { objective: 'mae' } }, /\[0\]\.pretrain/],
    [{ seeds: [0] }, /\[0\]\.seeds: Ensembles need seeds from 1 on/],
    [{ measures: ['scores'] }, /\[0\]\.measures/],
  ])('refuses %j', (change, message) => {
    expect(() => read([{ ...TOGETHER, ...change }])).toThrow(message);
  });
});

it('runs from the shell: members, ensembles and the control, in lines, table and summary', { timeout: 240_000 }, () => {
  writeFileSync(at('list.json'), JSON.stringify([TOGETHER]));
  const options = ['--list', at('list.json'), '--weights', at('weights'), '--out', at('out.jsonl'), '--backend', 'wasm'];
  const told = ['--table', '--summary', at('s.csv')];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cli.mjs', 'compare', ...options, ...told], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const lines: UnitResult[] = readResults([at('out.jsonl')], () => undefined);
  expect(lines).toHaveLength(2);
  for (const { results, pretraining } of lines) {
    expect(pretraining).toBeNull();
    expect(results.map(({ contender }) => contender)).toEqual(['MP3', 'MAE', 'MP3 + MAE', 'MP3 + MP3']);
    const [mp3, mae, both, twice] = results;
    expect(both?.alone).toEqual([mp3?.accuracy, mae?.accuracy]);
    expect(twice?.alone?.[0]).toBe(mp3?.accuracy);
    expect(both?.pretraining?.gflop).toBeCloseTo((mp3?.pretraining?.gflop ?? 0) + (mae?.pretraining?.gflop ?? 0), 9);
    expect(twice?.pretraining).toEqual(mp3?.pretraining);
    expect(twice?.gflop).toBeCloseTo(2 * (mp3?.gflop ?? 0), 9);
  }
  // One encoder each, for all seeds and twins.
  expect(readdirSync(at('weights')).filter((name) => name.endsWith('.safetensors'))).toHaveLength(2);
  expect(stdout).toMatch(/Together: MP3 \+ MAE +full +2 +0\.\d+ ± 0\.\d+ \(2 seeds\)/);
  const csv = readFileSync(at('s.csv'), 'utf8').split('\r\n');
  expect(csv[0]).toContain('sweep,contender,');
  expect(csv.filter((line) => line.startsWith('Together,'))).toHaveLength(4);
});
