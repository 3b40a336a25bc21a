/** Going on in PyTorch (`train_patchwork.py`): the same numbers from the same run, and a file that runs here again. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTorch } from '../../scripts/python.mjs';
import type { Settings } from '../../src/config/field.ts';
import { SOUND_RATE } from '../../src/config/modalities/sound.ts';
import { modalityOf } from '../../src/config/modalities.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { startingRun } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { VERSION } from '../../src/config/version.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { type PictureSet, pictureAt } from '../../src/data/pictures.ts';
import { type Dataset, selectSamples, traitsOf } from '../../src/data/samples.ts';
import { clipAt, type SoundSet } from '../../src/data/sound/soundSet.ts';
import { wavFile } from '../../src/data/sound/wavFile.ts';
import type { HostTensor } from '../../src/engine/stepper.ts';
import { whyNotFurther } from '../../src/home/further.ts';
import { joinParts, readRunFile, writeRunFile } from '../../src/io/runFile.ts';
import { type NamedTensor, writeSafetensors } from '../../src/io/safetensors.ts';
import { drawStep } from '../../src/trainer/drawStep.ts';
import { Run } from '../../src/trainer/run.ts';
import { openStreams } from '../../src/trainer/streams.ts';
import { formWith } from '../formWith.ts';
import { rampDataset, rampPictures, startWasm } from '../tinyRun.ts';
import { KINDS as HOME_KINDS, homeModel } from './homeModels.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../src/home/python/train_patchwork.py');
/** `torchrun`; that of PyTorch 1.13 does not find "no redirection" among the flags of Python 3.11. */
const TORCHRUN = [
  '-c',
  'from torch.distributed.elastic.multiprocessing.api import Std; Std.from_str = lambda text: Std.NONE; from torch.distributed.run import main; main()',
];
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
const run = promisify(execFile);

/** Prints why each of some runs does not go on. */
const REFUSE = `
import json, sys
sys.path.insert(0, sys.argv[1].rsplit('/', 1)[0])
import train_patchwork as t
print(json.dumps({'reasons': [t.why_not(*one) for one in json.load(open(sys.argv[2]))]}))
`;
beforeAll(startWasm);
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL: Settings = {
  'model.width': 32,
  'model.depth': 2,
  'model.heads': 2,
  'mae.decoderWidth': 32,
  'mae.decoderDepth': 1,
  'optimiser.batch': 8,
  'optimiser.steps': 20,
  'optimiser.warmup': 6,
};
const PICTURES: Settings = { 'data.dataset': 'files', 'picture.size': 28, 'picture.patch': 7 };

interface Kind {
  name: string;
  objective: ObjectiveName;
  sounds?: true;
  settings?: Settings;
}

const KINDS: readonly Kind[] = [
  { name: 'MP3', objective: 'mp3', settings: { 'task.maskRatio': 0.5 } },
  { name: 'MP3 without a class token, some told', objective: 'mp3', settings: { 'mp3.classToken': 'none', 'mp3.given': 0.2 } },
  { name: 'JigsawViT', objective: 'mp3', settings: { 'mp3.masked': 'dropped', 'task.maskRatio': 0.5 } },
  { name: 'MAE', objective: 'mae' },
  { name: 'MAE on raw pixels', objective: 'mae', settings: { 'mae.target': 'pixels' } },
  { name: 'SimMIM', objective: 'simmim', settings: { 'simmim.maskUnit': 2 } },
  { name: 'data2vec', objective: 'data2vec', settings: { 'data2vec.masks': 2, 'data2vec.classLoss': 0.5 } },
  { name: 'MP3 on sounds', objective: 'mp3', sounds: true },
  { name: 'data2vec on sounds', objective: 'data2vec', sounds: true, settings: { 'data2vec.masks': 2 } },
];

function configOf({ objective, sounds, settings }: Kind): RunConfig {
  const start = startingRun({ dataset: sounds ? 'syllables' : 'scenes', modality: 'picture' }, objective);
  return applySettings(start, { ...SMALL, ...(sounds ? {} : PICTURES), ...settings });
}

async function dataOf({ sounds }: Kind): Promise<Dataset> {
  if (!sounds) return rampDataset();
  const { name, train, heldOut } = await builtInDataset('syllables', formWith(), 1);
  const few = (set: typeof train) =>
    selectSamples(
      set,
      Array.from({ length: 24 }, (_, i) => i),
    );
  return { name, train: few(train), heldOut: few(heldOut), heldOutIsTrain: false };
}

/** After some steps, with the file that it stands in. */
async function begun(kind: Kind, file: string): Promise<Run> {
  const config = configOf(kind);
  const dataset = await dataOf(kind);
  const one = new Run(config, dataset);
  for (let i = 0; i < 3; i++) await one.step();
  const { name, train, heldOut } = dataset;
  const { recipe, statistics } = one.tokenizer;
  const about = {
    config,
    halted: false,
    engine: [{ backend: 'wasm' as const, device: 'WebAssembly', version: VERSION, since: 0 }],
    data: {
      name,
      count: train.count,
      heldOutCount: heldOut.count,
      classes: train.classes,
      traits: traitsOf(train),
      ...statistics,
      recipe,
    },
    liveChanges: [],
    startedAt: 0,
    savedAt: 0,
  };
  writeFileSync(file, joinParts(writeRunFile(one.parameters.placements, await one.snapshot(), about, 1)));
  return one;
}

/** What the next `steps` learn from: patches in raster order, and the order of the task's cells. */
function tasksOf(one: Run, steps: number): NamedTensor[] {
  const { config, objective, dataset, tokenizer } = one;
  const streams = openStreams(config, tokenizer, dataset, dataset, objective);
  const { batch } = config.optimiser;
  return Array.from({ length: steps }, (_, i) => {
    const step = one.steps + i;
    const cursor = step * batch;
    const { values, count, patches, patchLength } = streams.target.batch(cursor, batch, config);
    const { tensors } = drawStep(objective, config, streams, { step, cursor, optimiserSince: 0 }).task;
    const order = orderOf(tensors, config);
    const noise = tensors.noise === undefined ? [] : [named(`${i}.noise`, tensors.noise)];
    return [
      named(`${i}.patches`, { data: Float32Array.from(values), shape: [count, patches, patchLength] }),
      named(`${i}.order`, { data: Float32Array.from(order.flat()), shape: [order.length, patches] }),
      ...noise,
    ];
  }).flat();
}

function named(name: string, { data, shape }: Pick<HostTensor, 'data' | 'shape'>): NamedTensor {
  return { name, shape: [...shape], data: Float32Array.from(data) };
}

function orderOf(tensors: Readonly<Record<string, HostTensor>>, { task }: RunConfig): number[][] {
  const { decoderRows, cells, removed, order, labels = order } = tensors;
  switch (task.objective) {
    case 'mae':
      return rows(decoderRows).map((row) => row.slice(1).map((place) => place - 1));
    case 'simmim':
      return rows(cells);
    case 'data2vec':
      return rows(cells).map((seen, i) => [...seen, ...rows(removed)[i]]);
    default:
      return rows(labels).map((some) => [...some, ...rest(some)]);
  }
}

function rows({ data, shape }: HostTensor): number[][] {
  const [count, length] = shape as [number, number];
  return Array.from({ length: count }, (_, i) => Array.from(data.slice(i * length, (i + 1) * length)));
}

/** Cells that a task leaves out, whose order does not matter. */
function rest(some: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, cell) => cell).filter((cell) => !some.includes(cell));
}

async function python(args: readonly string[], launcher: readonly string[] = []): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(findTorch() ?? 'python3', [...launcher, SCRIPT, ...args], {
    env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const lossesOf = (lines: Record<string, unknown>[]): number[] =>
  lines.flatMap(({ loss }) => (typeof loss === 'number' ? [loss] : []));

describe('going on in PyTorch', () => {
  it.each(KINDS)('has the losses of $name', async (kind) => {
    const file = path.join(folder, 'run.patchwork');
    const tasks = path.join(folder, 'tasks.safetensors');
    const one = await begun(kind, file);
    writeFileSync(tasks, writeSafetensors(tasksOf(one, 5), {}));
    const there = lossesOf(await python([file, '--check', tasks]));
    expect(there).toHaveLength(5);
    for (const loss of there) {
      const { loss: here } = await one.step();
      expect(Math.abs(loss - here)).toBeLessThan(1e-4 * Math.max(1, here));
    }
    one.dispose();
  });

  it('says of every other kind of run why it does not, and what can be done instead, as the page does', async () => {
    const configs = HOME_KINDS.map((kind) => homeModel(kind).config);
    const list = path.join(folder, 'kinds.json');
    const recipeOf = (config: RunConfig) => ({ modality: modalityOf(config), features: config.sound.features });
    writeFileSync(list, JSON.stringify(configs.map((config) => [config, recipeOf(config)])));
    const [{ reasons }] = await python([list], ['-c', REFUSE]);
    expect(reasons).toEqual(configs.map((config) => whyNotFurther(config) ?? null));
  });

  it('ends alike with two processes and with one, on a folder of pictures, and runs here again', async () => {
    const file = path.join(folder, 'run.patchwork');
    const pictures = writePictures();
    // With chance in the model, too.
    const kind: Kind = {
      name: 'data2vec',
      objective: 'data2vec',
      settings: { 'model.dropPath': 0.2, 'data2vec.masks': 2, 'picture.minCrop': 0.5 },
    };
    const one = await begun(kind, file);
    const out = (name: string) => path.join(folder, `${name}.patchwork`);
    const args = [file, '--data', pictures, '--report', '1', '--device', 'cpu'];
    const alone = await python([...args, '--out', out('alone')]);
    const together = await python([...args, '--out', out('together')], [...TORCHRUN, '--standalone', '--nproc_per_node=2']);
    expect(alone.at(-1)).toMatchObject({ event: 'saved', step: 20 });
    expect(lossesOf(together)).toHaveLength(17);
    for (const [i, loss] of lossesOf(together).entries()) expect(loss).toBeCloseTo(lossesOf(alone)[i] ?? Number.NaN, 4);

    const [first, second] = ['alone', 'together'].map((name) =>
      readRunFile(new Uint8Array(readFileSync(out(name))), one.parameters.placements),
    );
    expect(first.record).toMatchObject({ steps: 20, cursor: 160, optimiserSince: 0 });
    expect(first.sequence).toBe(2);
    expect(first.record.engine.at(-1)).toMatchObject({ backend: 'torch', since: 3 });
    expect(first.record.engine.at(-1)?.device).toContain('24 samples of pictures');
    expect(differences(one, first.state.parameters, second.state.parameters)).toBeLessThan(1e-4);
    one.restore(first.state);
    expect(Number.isFinite((await one.step()).loss)).toBe(true);
    one.dispose();
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

/** 24 pictures that Pillow reads, of another size than the run's. */
function writePictures(): string {
  const place = path.join(folder, 'pictures');
  mkdirSync(place, { recursive: true });
  const set = rampPictures(24, 5, 40);
  for (let i = 0; i < set.count; i++) {
    writeFileSync(path.join(place, `${i}.ppm`), ppm(set, i));
  }
  return place;
}

function ppm(set: PictureSet, i: number): Uint8Array {
  return Buffer.concat([Buffer.from(`P6 ${set.size} ${set.size} 255\n`), pictureAt(set, i)]);
}

/** But for the keys' biases, whose gradient is zero but for rounding: AdamW makes whole steps of it, and no loss sees them. */
function differences({ parameters, spec }: Run, a: Float32Array, b: Float32Array): number {
  let worst = 0;
  for (const { spec: parameter, offset, length } of parameters.placements) {
    const first = parameter.name.endsWith('attn.kv.bias') ? spec.width : 0;
    for (let i = offset + first; i < offset + length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]));
  }
  return worst;
}
