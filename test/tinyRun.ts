/** A run small enough for a test: 12 px pictures would do, 28 px is the smallest that settings allow. */
import { Random } from '../src/base/random.ts';
import { tokensOf } from '../src/config/modalities.ts';
import { defaultRun, type RunConfig } from '../src/config/run.ts';
import type { PictureSet } from '../src/data/pictures.ts';
import type { Dataset } from '../src/data/samples.ts';
import { selectBackend } from '../src/engine/backend.ts';
import type { Subject } from '../src/objectives/objective.ts';

/** Makes wasm current, with our SIMD kernels: what a page without a GPU runs. */
export async function startWasm(): Promise<void> {
  // Browser tests use the rest of this file.
  const { nodeEnvironment } = await import('../src/engine/environment.node.ts');
  await selectBackend('wasm', await nodeEnvironment(false));
}

/** 16 patches of 7 px, two narrow blocks, small batches. */
export function tinyConfig(changes: Partial<RunConfig['optimiser']> = {}): RunConfig {
  const config = defaultRun();
  return {
    ...config,
    data: { ...config.data, dataset: 'files' },
    picture: { ...config.picture, size: 28, patch: 7 },
    model: { width: 32, depth: 2, heads: 2, dropPath: 0 },
    optimiser: { ...config.optimiser, batch: 8, steps: 40, warmup: 4, learningRate: 0.003, ...changes },
  };
}

/** What a run of these settings learns from when its pictures are in colour. */
export function colourSubject(config: RunConfig, classes: number): Subject {
  return { tokens: tokensOf(config, { channels: 3 }), classes };
}

/** Pictures with a colour ramp down and across, so that a patch's place shows, and noise, so that no two are alike. */
export function rampPictures(count: number, seed: number, size = 28): PictureSet {
  const random = new Random(seed, 'ramps');
  const pixels = new Uint8Array(count * size * size * 3);
  for (let i = 0; i < pixels.length; i++) {
    const pixel = Math.floor(i / 3) % (size * size);
    const row = Math.floor(pixel / size);
    const column = pixel % size;
    const ramps = [row / size, column / size, (row + column) / (2 * size)];
    pixels[i] = Math.min(255, 200 * ramps[i % 3] + random.below(50));
  }
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 2);
  return { modality: 'picture', pixels, count, size, channels: 3, labels, classes: ['even', 'odd'] };
}

export function rampDataset(train = 32, heldOut = 12): Dataset {
  return { name: 'Ramps', train: rampPictures(train, 1), heldOut: rampPictures(heldOut, 2), heldOutIsTrain: false };
}
