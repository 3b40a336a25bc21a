/** transformers.js on the folder that is taken home, offline. TRANSFORMERS_JS names the folder in which it is installed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../../src/demo/half.ts';
import { manifestOf } from '../../src/home/page/manifest.ts';
import { transformers } from '../../src/home/transformers.ts';
import { chancesOf } from './chancesOf.ts';
import { homeModel, KINDS, type Kind } from './homeModels.ts';

interface Answer {
  label: string;
  score: number;
}
type Pipeline = (image: unknown, options?: object) => Promise<Answer[] & { dims: number[]; data: Float32Array }>;
interface Library {
  env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: string, model: string, options: object): Promise<Pipeline>;
  RawImage: new (data: Uint8ClampedArray, width: number, height: number, channels: number) => unknown;
}

const from = createRequire(path.join(process.env.TRANSFORMERS_JS ?? '', 'package.json'));
const library: Library = await import(pathToFileURL(from.resolve('@huggingface/transformers')).href);
const MODELS = path.join(tmpdir(), `patchwork-transformersjs-${process.pid}`);
library.env.allowRemoteModels = false;
library.env.localModelPath = MODELS;

const PICTURES = KINDS.filter((kind) => kind.dataset === 'scenes' && transformers.refusal?.(homeModel(kind)) === undefined);

/** Writes the folder of a model, and returns its name. */
async function written(kind: Kind): Promise<string> {
  const name = kind.name.replaceAll(/\W+/g, '-');
  for await (const file of transformers.build(homeModel(kind))) {
    const place = path.join(MODELS, name, file.path.slice('transformers/'.length));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, file.bytes);
  }
  return name;
}

describe.each(PICTURES)('$name', (kind) => {
  const model = homeModel(kind);
  const { input, samples } = manifestOf(model);
  if (input.sense !== 'picture') throw new Error('only of pictures');
  const { size, channels } = input;
  const image = new library.RawImage(new Uint8ClampedArray(fromBase64(samples[2]?.data ?? '')), size, size, channels);

  it('gives its features, or its answers', async () => {
    const labels = model.info.classes ?? [];
    const task = kind.objective === 'supervised' ? 'image-classification' : 'image-feature-extraction';
    const run = await library.pipeline(task, await written(kind), { dtype: 'fp32', device: 'cpu' });
    if (kind.objective !== 'supervised') {
      const { dims } = await run(image);
      expect(dims.slice(-1)).toEqual([model.objective.spec.width]);
      return;
    }
    const answers = await run(image, { top_k: labels.length });
    const chances = await chancesOf(model, 2);
    for (const { label, score } of answers) expect(score).toBeCloseTo(chances[labels.indexOf(label)] ?? Number.NaN, 5);
    expect(answers).toHaveLength(labels.length);
  });
});
