/** example.mjs as people run it: in a folder that was taken home, with the probe beside it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onnx } from '../../src/home/onnx.ts';
import { probe } from '../../src/home/probe.ts';
import { startWasm } from '../tinyRun.ts';
import { homeModel, kindNamed } from './homeModels.ts';

/** Below our packages, where onnxruntime-web is found. */
const FOLDER = path.resolve(import.meta.dirname, `../../node_modules/.cache/patchwork-example-${process.pid}`);

beforeAll(startWasm);
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

async function takenHome(name: string): Promise<string> {
  const model = homeModel(kindNamed(name));
  const folder = path.join(FOLDER, name.replaceAll(/\W+/g, '-'));
  for (const part of [onnx, probe]) {
    for await (const file of part.build(model)) {
      mkdirSync(path.dirname(path.join(folder, file.path)), { recursive: true });
      writeFileSync(path.join(folder, file.path), file.bytes);
    }
  }
  return folder;
}

const run = (folder: string) => spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });

it.each([
  ['MAE', ['model.onnx last_hidden_state', 'paint.onnx painted']],
  ['DropPos', ['model.onnx last_hidden_state', 'place.onnx position_logits']],
  ['BERT', ['model.onnx word_logits, masked']],
  ['contrastive', ['picture.onnx embedding', 'sound.onnx embedding', 'text.onnx embedding']],
  ['multimodal MAE', ['paint.onnx picture_painted', 'paint.onnx sound_painted', 'paint.onnx text_painted']],
  ['labels for some senses, joint', ['picture+sound+text.onnx logits']],
])('proves itself for %s', { timeout: 120_000 }, async (name, lines) => {
  const { status, stdout, stderr } = run(await takenHome(name));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const line of lines) expect(stdout).toContain(line);
  expect(stdout).toContain('The model computes what it computed in Patchwork.');
});

it('says so when it does not', { timeout: 120_000 }, async () => {
  const folder = await takenHome('labels');
  const model = homeModel(kindNamed('labels'));
  model.values[model.values.length - 1] += 0.01;
  for await (const file of onnx.build(model)) writeFileSync(path.join(folder, file.path), file.bytes);
  const { status, stderr } = run(folder);
  expect(status).toBe(1);
  expect(stderr).toContain('does NOT compute');
});
