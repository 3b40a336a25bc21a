/** The command as a shell runs it: exit codes, and what goes to which stream. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { readSafetensors } from '../../src/io/safetensors.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-cli-'));
const TINY = '--set model.width=16 --set model.depth=1 --set model.heads=1 --set optimiser.batch=4 --backend cpu'.split(' ');

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `train`; `onOutput` sees the first text on standard output. */
function train(args: string[], onOutput?: (child: ReturnType<typeof spawn>) => void): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/cli.mjs', 'train', ...args], { cwd: ROOT });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.once('data', () => onOutput?.(child));
  child.stdout.on('data', (text) => {
    ended.out += text;
  });
  child.stderr.on('data', (text) => {
    ended.err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })));
}

function events(out: string): Record<string, unknown>[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A folder with twelve noisy pictures in two classes, and a file that is none. */
async function makePictures(name: string): Promise<string> {
  const random = new Random(1, name);
  for (let i = 0; i < 12; i++) {
    const place = path.join(folder, name, i % 2 === 0 ? 'even' : 'odd');
    mkdirSync(place, { recursive: true });
    const pixels = Uint8Array.from({ length: 40 * 36 * 3 }, () => random.below(256));
    await sharp(pixels, { raw: { width: 40, height: 36, channels: 3 } }).toFile(path.join(place, `${i}.png`));
  }
  writeFileSync(path.join(folder, name, 'broken.jpg'), 'not a picture');
  return path.join(folder, name);
}

describe('train as a process', { timeout: 60_000 }, () => {
  // The first start of all bundles the sources.
  beforeAll(() => train(['--help']), 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('trains on a folder, prints JSON lines alone, and saves', async () => {
    const data = await makePictures('pictures');
    const file = path.join(folder, 'weights.safetensors');
    const args = [
      '--data',
      data,
      '--steps',
      '4',
      '--report-every',
      '2',
      '--eval-every',
      '2',
      '--eval-mask-ratios',
      '0,0.5',
      '--save',
      file,
    ];
    const { code, out, err } = await train([...TINY, ...args, '--json']);
    expect(err).toContain('broken.jpg');
    expect(code).toBe(0);
    const lines = events(out);
    expect(lines.map(({ event, step }) => [event, step])).toEqual([
      ['data', undefined],
      ['report', 1],
      ['report', 2],
      ['evaluation', 2],
      ['report', 4],
      ['done', undefined],
    ]);
    expect(lines[0]).toMatchObject({ used: 12, refused: [{ name: expect.stringContaining('broken.jpg') }] });
    expect(lines.at(-1)).toMatchObject({
      steps: 4,
      backend: 'cpu',
      seed: 1,
      evalMaskRatio: { '0': expect.any(Number), '0.5': expect.any(Number) },
    });
    for (const key of ['loss', 'positionAccuracy', 'positionTop5', 'assignmentAccuracy', 'msPerStep', 'params']) {
      expect(lines.at(-1)?.[key]).toEqual(expect.any(Number));
    }
    const { tensors, metadata } = readSafetensors(readFileSync(file));
    expect(tensors.reduce((sum, { data: values }) => sum + values.length, 0)).toBe(lines.at(-1)?.params);
    expect(metadata).toMatchObject({ 'patchwork.step': '4' });
  });

  it('tests on all of --val, and gives equal runs equal numbers', async () => {
    const [data, val] = [await makePictures('a'), await makePictures('b')];
    const args = [...TINY, '--data', data, '--val', val, '--steps', '2', '--json'];
    const runs = await Promise.all([train(args), train(args)]);
    const results = runs.map(({ out }) => events(out).map(({ milliseconds: _, msPerStep: __, ...rest }) => rest));
    expect(results[0].at(-1)).toMatchObject({ event: 'done', testPictures: 12 });
    expect(results[1]).toEqual(results[0]);
  });

  it('tells every class with its counts, and takes another folder for it', async () => {
    const data = path.join(folder, 'nested');
    for (const [i, place] of ['train/a/x', 'train/a/y', 'train/b/x', 'test/a/x', 'test/b/x'].entries()) {
      mkdirSync(path.join(data, place), { recursive: true });
      const pixels = new Uint8Array(16 * 16 * 3).fill(40 * i);
      await sharp(pixels, { raw: { width: 16, height: 16, channels: 3 } }).toFile(path.join(data, place, '1.png'));
    }
    const dataEvent = async (...args: string[]) =>
      events((await train([...TINY, '--data', data, '--steps', '1', '--eval-mask-ratios', '0', '--json', ...args])).out)[0];
    expect(await dataEvent()).toMatchObject({
      used: 5,
      notes: ['Class = path of folders: a/x, a/y, b/x.', 'Trained on train/, tested on test/.'],
      classes: [
        { name: 'a/x', train: 1, heldOut: 1 },
        { name: 'a/y', train: 1, heldOut: 0 },
        { name: 'b/x', train: 1, heldOut: 1 },
      ],
    });
    expect(await dataEvent('--class-level', '1')).toMatchObject({
      classes: [
        { name: 'a', train: 2, heldOut: 1 },
        { name: 'b', train: 1, heldOut: 1 },
      ],
    });
    expect(await dataEvent('--class-level', 'none')).toMatchObject({ classes: [] });
    const { code, err } = await train(['--data', data, '--class-level', 'deepest']);
    expect([code, err]).toEqual([2, expect.stringMatching(/data\.classLevel.*one of auto, 1, .*path, none/)]);
    const drawn = events(
      (await train([...TINY, '--steps', '1', '--eval-count', '2', '--eval-mask-ratios', '0', '--json'])).out,
    )[0];
    expect(drawn).toMatchObject({ event: 'data', used: 5500, refused: [] });
    const { classes } = drawn as { classes: { train: number; heldOut: number }[] };
    expect(classes.reduce((sum, count) => sum + count.train, 0)).toBe(5000);
  });

  it.each([
    [['--stesp', '3'], /no option --stesp/],
    [['--data', path.join(folder, 'nowhere')], /nowhere.*no such file or folder/],
    [['--steps', '3', '--save', path.join(folder, 'no/such/folder/w.safetensors')], /--save cannot write/],
    [['--steps', '3', '--save', folder], /--save needs the name of a file/],
  ])('exits with 2 on %j, before any training', async (args, message) => {
    const { code, out, err } = await train(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toContain('    at ');
  });

  it('exits with 2 when no picture can be used', async () => {
    const file = path.join(folder, 'notes.py');
    writeFileSync(file, 'hello');
    const { code, out, err } = await train(['--data', file, '--json']);
    expect(code).toBe(2);
    const refused = [{ name: 'notes.py', reason: expect.any(String) }];
    expect(events(out)).toEqual([
      { event: 'data', modality: 'picture', used: 0, refused, shortened: [], notes: [], classes: [] },
    ]);
    expect(err).toMatch(/no picture, sound or text that can be used/);
  });

  it('does not test on training pictures when --val has none, nor the other way round', async () => {
    const [pictures, none] = [await makePictures('e'), path.join(folder, 'none')];
    mkdirSync(none, { recursive: true });
    const runs = await Promise.all([train(['--data', pictures, '--val', none]), train(['--data', none, '--val', pictures])]);
    for (const { code, err } of runs) {
      expect(code).toBe(2);
      expect(err).toContain('Only one of --data and --val has pictures that can be used.');
      expect(err).toMatch(/not used: e\/broken\.jpg/);
    }
  });

  it('says nothing of a GPU that is not there, whatever Dawn and the drivers have to say', async () => {
    const args = [...TINY.slice(0, -2), '--steps', '2', '--eval-count', '2', '--eval-mask-ratios', '0'];
    const [automatic, asked] = await Promise.all(['auto', 'webgpu'].map((backend) => train([...args, '--backend', backend])));
    expect(automatic).toMatchObject({ code: 0, err: '' });
    // On a machine with a GPU there is nothing to complain about.
    if (asked.code !== 0)
      expect(asked.err).toBe(
        'WebGPU cannot run here. No graphics adapter was found: there is none here, or its driver is missing.\n',
      );
  });

  it('stops at an interrupt with 130 and saves nothing', async () => {
    const file = path.join(folder, 'interrupted.safetensors');
    const args = [...TINY, '--data', await makePictures('c'), '--steps', '100000', '--save', file];
    const { code, err } = await train(args, (child) => child.kill('SIGINT'));
    expect(code).toBe(130);
    expect(err).toContain('Interrupted: nothing was saved.');
    expect(existsSync(file)).toBe(false);
  });

  it('stops without a word when its reader goes away', async () => {
    const args = [...TINY, '--data', await makePictures('d'), '--steps', '100000', '--report-every', '1', '--json'];
    const { code, err } = await train(args, (child) => child.stdout?.destroy());
    expect(code).toBe(1);
    expect(err).not.toMatch(/EPIPE|Error/);
  });
});
