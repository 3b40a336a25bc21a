/** What is measured: three sizes of one training run, from one that a phone trains to one that asks for a GPU. */
import { tokenCount, wordsOf } from '../config/modalities.ts';
import { defaultRun, type RunConfig } from '../config/run.ts';

export const BENCH_CONFIGS = ['tiny', 'small', 'base'] as const;
export type BenchConfigName = (typeof BENCH_CONFIGS)[number];

interface Size extends Pick<RunConfig['model'], 'width' | 'depth' | 'heads'> {
  patch: RunConfig['picture']['patch'];
  batch: number;
  maskRatio: number;
}

const SIZES: Readonly<Record<BenchConfigName, Size>> = {
  tiny: { patch: 8, width: 64, depth: 4, heads: 4, batch: 32, maskRatio: 0 },
  small: { patch: 4, width: 128, depth: 4, heads: 4, batch: 32, maskRatio: 0.5 },
  base: { patch: 4, width: 192, depth: 6, heads: 3, batch: 64, maskRatio: 0.75 },
};

/** MP3 on drawn scenes of 32 px, the class token in the context, everything else as in the default run. */
export function benchRun(name: BenchConfigName): RunConfig {
  const { batch, maskRatio, patch, ...model } = SIZES[name];
  const run = defaultRun();
  return {
    ...run,
    data: { ...run.data, dataset: 'scenes' },
    picture: { ...run.picture, size: 32, patch },
    task: { objective: 'mp3', maskRatio },
    mp3: { ...run.mp3, classToken: 'context' },
    model: { ...run.model, ...model },
    optimiser: { ...run.optimiser, batch },
  };
}

/** "width 64, depth 4, heads 4, 16 patches, batch 32, mask ratio 0". */
export function describeRun(config: RunConfig): string {
  const { model, optimiser, task } = config;
  return (
    `width ${model.width}, depth ${model.depth}, heads ${model.heads}, ${tokenCount(config)} ${wordsOf(config).tokens}, ` +
    `batch ${optimiser.batch}, mask ratio ${task.maskRatio}`
  );
}
