/** `finetune` and `compare` as a shell runs them. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { readRunFileHead } from '../../src/io/runFile.ts';
import { ownFolder, ROOT, SHORT, TINY } from './shortRuns.ts';

const at = ownFolder('compare');

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function run(command: string, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/cli.mjs', command, ...args, '--backend', 'wasm'], { cwd: ROOT });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (text) => {
    ended.out += text;
  });
  child.stderr.on('data', (text) => {
    ended.err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const LIST = [
  {
    name: 'MP3',
    pretrain: { settings: { ...TINY, ...SHORT } },
    protocols: ['full', 'knn'],
    labelsPerClass: 2,
    seeds: [1, 2],
    finetune: { settings: SHORT },
    testPictures: 20,
  },
  { name: 'From scratch', labelsPerClass: 2, seeds: [1], finetune: { settings: { ...TINY, ...SHORT } }, testPictures: 20 },
];

// The first start of all bundles the sources.
beforeAll(async () => {
  writeFileSync(at('list.json'), JSON.stringify(LIST));
  await run('compare', '--help');
}, 60_000);

it('shares work out, runs nothing twice, and puts it together', { timeout: 120_000 }, async () => {
  const part = (shard: string, out: string) =>
    run('compare', '--list', at('list.json'), '--weights', at('weights'), '--shard', shard, '--out', at(out), '--json');
  const first = await part('1/2', 'a.jsonl');
  expect([first.code, first.err]).toEqual([0, expect.stringContaining('2 of 3')]);
  expect(readFileSync(at('a.jsonl'), 'utf8')).toBe(first.out);
  const [mp3, scratch] = lines(first.out);
  expect(mp3).toMatchObject({ experiment: 'MP3', seed: 1, pretraining: { gflop: expect.any(Number) } });
  expect(mp3.results.map(({ protocol }: { protocol: string }) => protocol)).toEqual(['knn', 'full']);
  expect(scratch).toMatchObject({ experiment: 'From scratch', pretraining: null });

  const kept = readdirSync(at('weights'));
  expect(kept.filter((name) => name.endsWith('.safetensors'))).toHaveLength(1);
  const second = await part('2/2', 'b.jsonl');
  // Pretrained once: the cost is the measured one of the first job.
  expect(lines(second.out)).toMatchObject([{ experiment: 'MP3', seed: 2, pretraining: mp3.pretraining }]);
  expect(readdirSync(at('weights'))).toEqual(kept);

  const again = await part('1/2', 'a.jsonl');
  expect([again.code, again.out]).toEqual([0, '']);
  expect(again.err).toContain('2 are finished already');

  const merged = await run('compare', '--merge', at('a.jsonl'), at('b.jsonl'), '--table');
  expect(merged.out).toMatch(/MP3 +full +2 +\d\.\d{3} ± \d\.\d{3} \(2 seeds\)/);
  expect(merged.out).toMatch(/From scratch +full +2 +\d\.\d{3} \(1 seed\)/);

  const [weights] = kept.filter((name) => name.endsWith('.safetensors'));
  const args = ['--from', at('weights', weights), '--labels-per-class', '2', '--test-count', '20', '--json'];
  const tuned = await run('finetune', ...args, '--steps', '3', '--set', 'optimiser.batch=4', '--seed', '1');
  const [drawn, done] = lines(tuned.out);
  expect(drawn).toMatchObject({ event: 'data', refused: [], classes: expect.any(Array) });
  expect(done).toMatchObject({
    event: 'done',
    protocol: 'full',
    labelsPerClass: 2,
    seed: 1,
    testPictures: 20,
    positions: 'learned',
  });
  expect(done.confusion.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(20);
  // The same encoder, labels and seed as the comparison's.
  expect(done.accuracy).toBe(mp3.results[1].accuracy);
});

it('exits with 2 on bad use, before anything is run', { timeout: 60_000 }, async () => {
  const refusals = await Promise.all([
    run('compare', '--list', at('nowhere.json')),
    run('finetune', '--from', at('list.json')),
    run('finetune', '--preset', 'mp3-digits', '--labels-per-class', '1000'),
  ]);
  expect(refusals.map(({ code, out }) => [code, out])).toEqual(refusals.map(() => [2, '']));
  expect(refusals.map(({ err }) => err)).toEqual([
    expect.stringContaining('--list cannot read'),
    expect.stringContaining('It looks like a text file, not like weights in safetensors.'),
    expect.stringContaining('fewer than the 1,000 labels per class'),
  ]);
});

it('reports an experiment that fails, and goes on with the others', { timeout: 120_000 }, async () => {
  const [, scratch] = LIST;
  const list = [
    { ...scratch, name: 'Too many labels', labelsPerClass: 5000 },
    { ...scratch, name: 'No such file', pretrain: { from: at('nowhere.safetensors') } },
    { ...scratch, name: 'Good' },
  ];
  writeFileSync(at('mixed.json'), JSON.stringify(list));
  const mixed = await run('compare', '--list', at('mixed.json'), '--out', at('mixed.jsonl'), '--json');
  expect(mixed.code).toBe(1);
  expect(lines(mixed.out)).toMatchObject([
    { experiment: 'Too many labels', results: [], error: expect.stringMatching(/labels per class/) },
    { experiment: 'Good', results: [{ accuracy: expect.any(Number), standardError: expect.any(Number) }] },
  ]);
  expect(mixed.err).toMatch(/No such file, seed \d: .*cannot read/);
  expect(mixed.err).toContain('2 of 3 failed; the others are done.');
  // What failed is tried again, what is done is not.
  const again = await run('compare', '--list', at('mixed.json'), '--out', at('mixed.jsonl'), '--json');
  expect(lines(again.out).map(({ experiment }) => experiment)).toEqual(['Too many labels']);
});

/** Sixteen pictures of two classes. */
async function makePictures(name: string, colour: number): Promise<string> {
  for (let i = 0; i < 16; i++) {
    mkdirSync(at(`${name}/${i % 2}`), { recursive: true });
    const pixels = new Uint8Array(28 * 28 * 3).fill(colour + i);
    await sharp(pixels, { raw: { width: 28, height: 28, channels: 3 } }).toFile(at(`${name}/${i % 2}/${i}.png`));
  }
  return at(name);
}

it('says where weights come from other pictures than those that they are tried on', { timeout: 60_000 }, async () => {
  const [ours, theirs] = [await makePictures('ours', 0), await makePictures('theirs', 100)];
  const settings = Object.entries({ ...TINY, ...SHORT, 'data.dataset': 'files' }).flatMap(([path, value]) => [
    '--set',
    `${path}=${value}`,
  ]);
  const saved = await run('train', ...settings, '--data', ours, '--save', at('ours.safetensors'), '--eval-mask-ratios', '0');
  expect([saved.code, saved.err]).toEqual([0, expect.stringMatching(/Saved/)]);
  const told =
    /These weights come from other pictures: ours \(16 pictures, 2 classes\)\. What is held out here may have been trained on\./;
  const from = ['--from', at('ours.safetensors'), '--set', 'optimiser.batch=4', '--steps', '1'];
  const tune = (data: string) => run('finetune', ...from, '--labels-per-class', '2', '--data', data);
  expect(await tune(theirs)).toMatchObject({ code: 0, err: expect.stringMatching(told) });
  expect((await tune(ours)).err).not.toMatch(/These weights/);
  expect((await run('train', ...from, '--data', theirs, '--eval-mask-ratios', '0')).err).toMatch(told);
  const list = [
    {
      name: 'Ours',
      pretrain: { from: at('ours.safetensors') },
      data: theirs,
      labelsPerClass: 2,
      seeds: [1, 2],
      finetune: { settings: SHORT },
    },
  ];
  writeFileSync(at('other.json'), JSON.stringify(list));
  const { err } = await run('compare', '--list', at('other.json'));
  expect(err.match(/Ours: These weights/g)).toHaveLength(1);
});

it('goes on in the middle of a pretraining that was ended', { timeout: 240_000 }, async () => {
  const long = { ...SHORT, 'optimiser.steps': 400 };
  const list = [{ ...LIST[0], pretrain: { settings: { ...TINY, ...long } }, protocols: ['knn'], seeds: [1] }];
  writeFileSync(at('long.json'), JSON.stringify(list));
  const compare = (weights: string, out: string) =>
    `scripts/cli.mjs compare --list ${at('long.json')} --weights ${at(weights)} --out ${at(out)} --json --checkpoint-every 0s --backend wasm`.split(
      ' ',
    );
  const files = () => (existsSync(at('stopped')) ? readdirSync(at('stopped')) : []);
  const child = spawn(process.execPath, compare('stopped', 'stopped.jsonl'), { cwd: ROOT });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over && !files().some((name) => name.endsWith('.patchwork'))) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGUSR1');
  expect(await ended).toBe(75);
  const [partial = ''] = files().filter((name) => name.endsWith('.patchwork'));
  const { steps, page } = readRunFileHead(readFileSync(at(`stopped/${partial}`))).record;
  expect(steps).toBeGreaterThan(0);
  expect(steps).toBeLessThan(400);
  expect(page).toEqual({ milliseconds: expect.any(Number) });

  const options = ['--list', at('long.json'), '--json', '--weights'];
  const second = await run('compare', ...options, at('stopped'));
  expect(second.err).toContain(`Goes on from step ${steps} of 400`);
  expect(files().toSorted()).toEqual([partial.replace('patchwork', 'json'), partial.replace('patchwork', 'safetensors')]);
  const whole = await run('compare', ...options, at('unbroken'));
  const [weights = ''] = readdirSync(at('unbroken')).filter((name) => name.endsWith('.safetensors'));
  expect(readFileSync(at(`stopped/${weights}`)).equals(readFileSync(at(`unbroken/${weights}`)))).toBe(true);
  const accuracies = (text: string) =>
    lines(text).map(({ results }) => results.map(({ accuracy }: { accuracy: number }) => accuracy));
  expect(accuracies(second.out)).toEqual(accuracies(whole.out));
});
