/** A sweep as a shell runs it: killed in the middle, gone on with in shards, put together. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ownFolder, ROOT, SHORT, TINY } from './shortRuns.ts';

const at = ownFolder('sweep');

const LIST = [
  {
    name: 'Labels',
    pretrain: { objective: 'mae', settings: { ...TINY, ...SHORT } },
    sweep: { 'task.maskRatio': [0.25, 0.5], 'supervised.labelsPerClass': [1, 2] },
    measures: ['scores', 'stepTime', 'stepMemory'],
    protocols: ['full', 'knn'],
    baselines: ['scratch'],
    seeds: [1],
    finetune: { settings: SHORT },
    testPictures: 20,
  },
];

/** @param until ends the process without a word as soon as it holds */
function run(args: readonly string[], until?: () => boolean): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['scripts/cli.mjs', 'compare', ...args, '--backend', 'wasm'], { cwd: ROOT });
  const ended = { code: null as number | null, out: '', err: '' };
  child.stdout.on('data', (text) => {
    ended.out += text;
    if (until?.()) child.kill('SIGKILL');
  });
  child.stderr.on('data', (text) => {
    ended.err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

const lines = (file: string) =>
  readFileSync(at(file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

it('loses no finished point when it is killed, shares pretraining, and is put together', { timeout: 240_000 }, async () => {
  writeFileSync(at('list.json'), JSON.stringify(LIST));
  const shared = ['--list', at('list.json'), '--weights', at('weights'), '--json'];
  const killed = await run([...shared, '--out', at('a.jsonl')], () => existsSync(at('a.jsonl')));
  expect(killed.err).toMatch(/6 points with 2 pretrainings to do: about \d+ s, from a step timed here\./);
  const before = lines('a.jsonl');
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(6);

  const first = await run([...shared, '--out', at('a.jsonl'), '--shard', '1/2']);
  expect(first.code).toBe(0);
  expect(lines('a.jsonl').slice(0, before.length)).toEqual(before);
  const second = await run([...shared, '--out', at('b.jsonl'), '--shard', '2/2', '--merge', at('a.jsonl')]);
  expect(second.code).toBe(0);
  const all = [...lines('a.jsonl'), ...(existsSync(at('b.jsonl')) ? lines('b.jsonl') : [])];
  expect(new Set(all.map(({ key }) => key)).size).toBe(6);
  expect(all).toHaveLength(6);
  expect(readdirSync(at('weights')).filter((name) => name.endsWith('.safetensors'))).toHaveLength(2);
  const points = all.filter(({ sweep }) => sweep.baseline === undefined);
  for (const { scores, stepMilliseconds } of points) {
    expect(scores.maskedError).toBeGreaterThan(0);
    expect(stepMilliseconds).toBeGreaterThan(0);
  }
  const errors = new Map(points.map(({ sweep, scores }) => [sweep.at['task.maskRatio'], scores.maskedError]));
  expect(errors.size).toBe(2);

  const merged = await run(['--merge', at('a.jsonl'), at('b.jsonl'), '--table', '--summary', at('s.csv')]);
  expect(merged.out).toMatch(/task\.maskRatio +supervised\.labelsPerClass +measure/);
  expect(merged.out).toMatch(/From scratch +- +1 +full +1 +0\.\d+ \(1 seed\)/);
  // Two baselines by one protocol, four points by two protocols, scores, a time and memory.
  const csv = readFileSync(at('s.csv'), 'utf8').trim().split('\r\n');
  expect(csv.filter((line) => line.includes(',knn,'))).toHaveLength(4);
  expect(csv.filter((line) => line.includes(',full,'))).toHaveLength(6);
  expect(csv.filter((line) => line.includes(',stepTime,'))).toHaveLength(4);
  expect(csv.filter((line) => line.includes(',stepMemory,'))).toHaveLength(4);
});

it('looks at one pretraining on its way', { timeout: 240_000 }, async () => {
  const [{ baselines: _none, ...one }] = LIST as [(typeof LIST)[number]];
  const looked = { ...one, sweep: { 'task.maskRatio': [0.5] }, protocols: [], checkpointsAt: [1, 2] };
  writeFileSync(at('looked.json'), JSON.stringify([looked]));
  const ended = await run(['--list', at('looked.json'), '--out', at('c.jsonl')]);
  expect([ended.code, ended.err]).toEqual([0, expect.stringContaining('1 pretrainings')]);
  const [early, late] = lines('c.jsonl');
  expect([early.sweep.step, late.sweep.step]).toEqual([1, 2]);
  expect(early.scores.maskedError).not.toBe(late.scores.maskedError);
  expect(late.pretraining.gflop).toBeCloseTo(2 * early.pretraining.gflop, 6);
});
