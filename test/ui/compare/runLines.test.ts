import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { runLines } from '../../../src/ui/compare/runLines.ts';
import type { KeptRun } from '../../../src/ui/store/runs.ts';
import { keptRun } from '../study/reports.ts';

const training: KeptRun['curves']['training'] = [1, 2].map((step) => ({
  step,
  phase: 0,
  count: 1,
  values: { maskedError: 1 / step },
}));
const heldOut = [0, 2].map((step) => ({ step, scores: { maskedError: 1 } }));
const both = keptRun({ name: 'both', curves: { training, heldOut } });
const onlyTraining = keptRun({ name: 'training only', curves: { training, heldOut: [] } });
const neither = keptRun({ name: 'neither' });

const shown = (runs: readonly KeptRun[]) =>
  runLines(runs, 'maskedError').series.map(({ name, tone, hue }) => [name, tone, hue?.stroke]);

describe('runLines', () => {
  it('lays held-out numbers over each other where all have them', () => {
    expect(shown([both, both])).toEqual([
      ['1 both', 'strong', 'var(--hue-1)'],
      ['2 both', 'strong', 'var(--hue-2)'],
    ]);
    expect(runLines([both], 'maskedError').source).toBe('held-out samples');
  });

  it('marks in words which is which where one has training batches only', () => {
    expect(shown([onlyTraining, both])).toEqual([
      ['1 training: training only', 'quiet', 'var(--hue-1)'],
      ['2 training: both', 'quiet', 'var(--hue-2)'],
      ['2 held-out: both', 'strong', 'var(--hue-2)'],
    ]);
    expect(runLines([onlyTraining, both], 'maskedError').source).toMatch(/thick.*thin/);
    expect(runLines([onlyTraining], 'maskedError').source).toBe('training batches');
  });

  it('names who is left out, and keeps the numbers of the others', () => {
    const { leftOut, series } = runLines([neither, both], 'maskedError');
    expect(leftOut).toEqual(['neither']);
    expect(series.map(({ name }) => name)).toEqual(['2 both']);
  });

  it('warns where numbers of one name answer different questions', () => {
    const mae = (settings: Record<string, string | number>) => {
      const start = presetRun('mae-scenes');
      const config = Object.entries(settings).reduce((changed, [path, value]) => withSetting(changed, path, value), start);
      return keptRun({ config, curves: { training, heldOut } });
    };
    const caution = (...runs: KeptRun[]) => runLines(runs, 'maskedError').caution;
    expect(caution(mae({}), mae({ 'model.width': 128 }))).toBeNull();
    expect(caution(mae({}), mae({ 'picture.patch': 8, 'task.maskRatio': 0.5 }))).toMatch(/differ in patch size and mask ratio/);
    const sounds = { 'data.dataset': 'drums', 'sound.tokens': 'pieces' } as const;
    expect(caution(mae(sounds), mae({ ...sounds, 'sound.pieces': 32 }))).toMatch(/differ in pieces:/);
    expect(caution(mae(sounds), mae({ ...sounds, 'picture.patch': 8 }))).toBeNull();
    expect(caution(mae({}), mae(sounds))).toMatch(/differ in what they learn from:/);
    expect(caution(mae({}), mae({ 'mae.target': 'pixels' }))).toContain('target');
    expect(caution(mae({}), keptRun({ config: presetRun('mp3-scenes') }))).toBeNull();
  });
});

it('says what happened to each run on the way, and knows of runs that were kept before that was remembered', () => {
  const marks = [{ step: 20, path: 'task.maskRatio', from: 0.4, to: 0.75 }];
  const marked = keptRun({ name: 'marked', curves: { training, heldOut, marks } });
  expect(runLines([marked], 'maskedError').marks).toEqual([{ x: 20, text: 'mask ratio 0.4 → 0.75 at step 20' }]);
  expect(runLines([both, marked], 'maskedError').marks).toEqual([{ x: 20, text: '2: mask ratio 0.4 → 0.75 at step 20' }]);
  expect(runLines([both], 'maskedError').marks).toEqual([]);
});
