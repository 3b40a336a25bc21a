import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/config/check.ts';
import { OBJECTIVE_FACTS, OBJECTIVE_NAMES, type ObjectiveName } from '../../src/config/objectives.ts';
import { PRESET_NAMES, presetRun, startingRun, withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';

function problemsOf(objective: ObjectiveName, settings: Record<string, string | number | boolean> = {}): string[] {
  const start: RunConfig = withObjective(defaultRun(), objective);
  const config = Object.entries(settings).reduce((run, [path, value]) => withSetting(run, path, value), start);
  return checkRun(config).map(({ path, message }) => `${path}: ${message}`);
}

describe('settings of objectives', () => {
  it.each(PRESET_NAMES)('preset %s can run', (name) => {
    expect(checkRun(presetRun(name))).toEqual([]);
  });

  it.each(OBJECTIVE_NAMES)('%s can run as it starts', (name) => {
    expect(problemsOf(name)).toEqual([]);
    expect(OBJECTIVE_FACTS[name].metrics.evaluation.length).toBeGreaterThan(0);
  });

  it.each(['mae', 'simmim', 'data2vec', 'selfDistillation'] as const)('%s needs something to predict', (name) => {
    expect(problemsOf(name, { 'task.maskRatio': 0 }).join()).toContain(
      'task.maskRatio: Mask ratio 0 removes none of the 64 patches',
    );
  });

  it.each(['mae', 'data2vec', 'selfDistillation'] as const)('%s needs something to look at', (name) => {
    const tooFew = { 'task.maskRatio': 0.95, 'picture.patch': 16 };
    expect(problemsOf(name, tooFew).join()).toContain('task.maskRatio: Mask ratio 0.95 leaves none of the 4 patches');
  });

  it('wants mask units that fit the grid', () => {
    expect(problemsOf('simmim', { 'picture.size': 28, 'picture.patch': 4 })).toHaveLength(1);
    expect(problemsOf('simmim', { 'picture.patch': 16, 'simmim.maskUnit': 2 }).join()).toContain('simmim.maskUnit');
  });

  it('wants widths that waves and groups divide', () => {
    expect(problemsOf('mae', { 'model.width': 18, 'model.heads': 2 }).join()).toContain('multiple of 4');
    expect(problemsOf('data2vec', { 'model.width': 36, 'data2vec.decoderGroups': 8 }).join()).toContain('8 groups');
    expect(problemsOf('data2vec', { 'model.depth': 0 }).join()).toContain('without blocks');
  });

  it('wants half as many waves on a line', () => {
    const odd = { 'model.width': 18, 'model.heads': 2, 'data.dataset': 'syllables' };
    expect(problemsOf('mae', odd)).toEqual([]);
    expect(problemsOf('mae', { ...odd, 'model.width': 17, 'model.heads': 1 }).join()).toContain('multiple of 2 for');
  });

  it('starts data2vec on sounds as the paper does on speech', () => {
    const { task, data2vec } = startingRun({ dataset: 'syllables', modality: 'picture' }, 'data2vec');
    expect(task.maskRatio).toBe(0.5);
    expect(data2vec).toMatchObject({ mask: 'spans', block: 5, adjust: 0.05, targetNorm: 'none', decoderKernel: 7 });
  });

  it('refuses more masks than memory holds, with both numbers', () => {
    const problems = problemsOf('data2vec', {
      'data2vec.masks': 16,
      'optimiser.batch': 512,
      'model.width': 384,
      'model.depth': 12,
    });
    expect(problems.join()).toMatch(/data2vec\.masks: 16 masks of 512 pictures are 8192 students a step, about [\d.]+ GiB/);
  });

  it('wants a target for the class token: without layer norm the mean target is 0', () => {
    const without = { 'data2vec.targetNorm': 'none' };
    expect(problemsOf('data2vec', without)).toEqual([]);
    expect(problemsOf('data2vec', { ...without, 'data2vec.classLoss': 1 }).join()).toContain('data2vec.classLoss: Without');
  });

  it('refuses a share of given positions that gives none, and widths that cannot tell them', () => {
    expect(problemsOf('mp3', { 'mp3.given': 0.05 })).toEqual([]);
    expect(problemsOf('mp3', { 'mp3.given': 0.02 }).join()).toContain('mp3.given: A share of 0.02 gives none of the 16');
    expect(problemsOf('mp3', { 'mp3.given': 0.02, 'mp3.masked': 'positions' })).toEqual([]);
    const odd = { 'model.width': 18, 'model.heads': 2 };
    expect(problemsOf('mp3', odd)).toEqual([]);
    expect(problemsOf('mp3', { ...odd, 'mp3.given': 0.25 }).join()).toContain('multiple of 4');
  });

  it('refuses DropPos when every patch is an anchor', () => {
    expect(
      problemsOf('mp3', { 'mp3.masked': 'positions', 'mp3.anchors': 0.9, 'task.maskRatio': 0.95, 'picture.patch': 16 }),
    ).toEqual([]);
    expect(problemsOf('mp3', { 'mp3.masked': 'positions', 'model.width': 18, 'model.heads': 2 }).join()).toContain(
      'multiple of 4',
    );
  });
});
