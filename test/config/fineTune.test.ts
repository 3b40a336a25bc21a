import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/config/check.ts';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import type { OBJECTIVE_NAMES } from '../../src/config/objectives.ts';
import { PRESET_NAMES, presetRun, withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';

function pretrained(objective: (typeof OBJECTIVE_NAMES)[number], settings: Record<string, string | number> = {}): RunConfig {
  const start = withObjective(defaultRun(), objective);
  return Object.entries(settings).reduce((config, [path, value]) => withSetting(config, path, value), start);
}

describe('fineTuneConfig', () => {
  it('keeps what shapes the encoder, and trains as fine-tuning does', () => {
    const config = fineTuneConfig(pretrained('mp3', { 'model.width': 128, 'model.dropPath': 0.1, 'optimiser.seed': 4 }), {
      labelsPerClass: 400,
    });
    expect(config.model).toEqual({ width: 128, depth: 4, heads: 4, dropPath: 0 });
    expect(config.picture.patch).toBe(8);
    expect(config.task).toMatchObject({ objective: 'supervised', maskRatio: 0 });
    expect(config.optimiser).toMatchObject({ learningRate: 0.0005, weightDecay: 0.05, steps: 500, batch: 64, seed: 4 });
    expect(config.picture.flip).toBe(true);
    expect(fineTuneConfig(presetRun('mp3-digits')).picture.flip).toBe(false);
    expect(config.supervised).toMatchObject({ labelsPerClass: 400, smoothing: 0.1, mixup: 0, train: 'all', layerDecay: 1 });
  });

  it.each<[string, RunConfig, Partial<RunConfig['supervised']>]>([
    ['MP3', pretrained('mp3'), { positions: 'learned', norm: 'pre', pooling: 'class' }],
    ['MP3 without a class token', pretrained('mp3', { 'mp3.classToken': 'none' }), { positions: 'learned', pooling: 'mean' }],
    ['DropPos', pretrained('mp3', { 'mp3.masked': 'positions' }), { positions: 'sincos', norm: 'pre', pooling: 'class' }],
    ['MAE', pretrained('mae'), { positions: 'sincos', norm: 'pre', pooling: 'class' }],
    ['SimMIM', pretrained('simmim'), { positions: 'sincos', norm: 'pre', pooling: 'mean' }],
    ['data2vec', pretrained('data2vec'), { positions: 'sincos', norm: 'post', pooling: 'mean' }],
    ['self-distillation', pretrained('selfDistillation'), { positions: 'sincos', norm: 'pre', pooling: 'class' }],
    [
      'labels',
      pretrained('supervised', { 'supervised.positions': 'relative', 'supervised.norm': 'post', 'supervised.pooling': 'mean' }),
      { positions: 'relative', norm: 'post', pooling: 'mean' },
    ],
  ])('reads out and places the encoder of %s', (_, config, expected) => {
    expect(fineTuneConfig(config).supervised).toMatchObject(expected);
  });

  it('takes wanted positions only where pretraining had none, and a wanted read-out always', () => {
    const wanted = { positions: 'relative', pooling: 'mean', norm: 'post' } as const;
    expect(fineTuneConfig(pretrained('mp3'), wanted).supervised).toMatchObject({
      positions: 'relative',
      pooling: 'mean',
      norm: 'pre',
    });
    expect(fineTuneConfig(pretrained('mae'), wanted).supervised).toMatchObject({
      positions: 'sincos',
      pooling: 'mean',
      norm: 'pre',
    });
  });

  it('adds no positions that would stay untrained', () => {
    expect(fineTuneConfig(pretrained('mp3'), { train: '1' }).supervised.positions).toBe('none');
    expect(fineTuneConfig(pretrained('mp3'), { train: 'all' }).supervised.positions).toBe('learned');
  });

  it.each(PRESET_NAMES)('is a run that is possible, from %s', (name) => {
    expect(checkRun(fineTuneConfig(presetRun(name)))).toEqual([]);
  });
});
