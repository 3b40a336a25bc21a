/** Going on in PyTorch (`train_patchwork.py`): the same numbers from the same run, and a file that runs here again. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../src/config/run.ts';
import type { HostTensor } from '../../../src/engine/stepper.ts';
import { readRunFile } from '../../../src/io/runFile.ts';
import { type NamedTensor, writeSafetensors } from '../../../src/io/safetensors.ts';
import { drawStep } from '../../../src/trainer/drawStep.ts';
import type { Run } from '../../../src/trainer/run.ts';
import { openStreams } from '../../../src/trainer/streams.ts';
import { rampPictures, startWasm } from '../../tinyRun.ts';
import { begun, type Kind, ppm, python } from './begunRun.ts';

/** `torchrun`; that of PyTorch 1.13 does not find "no redirection" among the flags of Python 3.11. */
const TORCHRUN = [
  '-c',
  'from torch.distributed.elastic.multiprocessing.api import Std; Std.from_str = lambda text: Std.NONE; from torch.distributed.run import main; main()',
];
const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-torch-'));
beforeAll(startWasm);
afterAll(() => rmSync(folder, { recursive: true }));

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

/** But for the keys' biases, whose gradient is zero but for rounding: AdamW makes whole steps of it, and no loss sees them. */
function differences({ parameters, spec }: Run, a: Float32Array, b: Float32Array): number {
  let worst = 0;
  for (const { spec: parameter, offset, length } of parameters.placements) {
    const first = parameter.name.endsWith('attn.kv.bias') ? spec.width : 0;
    for (let i = offset + first; i < offset + length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]));
  }
  return worst;
}
