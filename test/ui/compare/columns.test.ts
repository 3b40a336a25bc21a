import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { differingSettings, mainScore, ownText, settingColumns, settingText } from '../../../src/ui/compare/columns.ts';
import { keptRun } from '../study/reports.ts';

const paths = (configs: Parameters<typeof differingSettings>[0]): string[] => differingSettings(configs).map(({ path }) => path);

describe('differingSettings', () => {
  it('lists nothing for one run, or for equal ones', () => {
    expect(paths([defaultRun()])).toEqual([]);
    expect(paths([defaultRun(), defaultRun()])).toEqual([]);
  });

  it('lists what differs, in the order of the tables', () => {
    const other = withSetting(withSetting(defaultRun(), 'optimiser.seed', 2), 'model.width', 128);
    expect(paths([defaultRun(), other])).toEqual(['model.width', 'optimiser.seed']);
  });

  it('leaves out settings that no run uses', () => {
    const other = withSetting(defaultRun(), 'mae.decoderDepth', 4);
    expect(paths([defaultRun(), other])).toEqual([]);
    const mae = presetRun('mae-scenes');
    expect(paths([mae, withSetting(mae, 'mae.decoderDepth', 4)])).toEqual(['mae.decoderDepth']);
  });
});

describe('settingColumns', () => {
  const mp3 = defaultRun();
  const mae = withSetting(presetRun('mae-scenes'), 'mae.decoderDepth', 4);
  const distilled = withSetting(withSetting(defaultRun(), 'task.objective', 'selfDistillation'), 'selfDistillation.rounds', 2);
  const shown = (configs: Parameters<typeof settingColumns>[0]): Record<string, string[]> => {
    const { columns, own } = settingColumns(configs);
    return { columns: columns.map(({ path }) => path), own: own.map(({ path }) => path) };
  };

  it('puts together what only some objectives have', () => {
    const { columns, own } = shown([mp3, mae, distilled]);
    expect(columns).toContain('task.objective');
    expect(columns.some((path) => path.startsWith('selfDistillation.'))).toBe(false);
    expect(own).toEqual(['selfDistillation.rounds']);
    const all = settingColumns([mp3, mae, distilled]).own;
    expect([mp3, distilled].map((config) => ownText(config, all))).toEqual(['–', 'rounds 2']);
  });

  it('gives a column to what runs of one objective differ in', () => {
    expect(shown([mp3, mae, withSetting(mae, 'mae.decoderDepth', 1)]).columns).toContain('mae.decoderDepth');
  });
});

describe('settingText', () => {
  it('names choices by their label without its question, and says yes and no', () => {
    expect(settingText(defaultRun(), 'task.objective')).toBe('MP3');
    expect(settingText(defaultRun(), 'picture.flip')).toBe('yes');
    expect(settingText(defaultRun(), 'optimiser.learningRate')).toBe('0.0015');
  });

  it('has a dash where a run has no use for a setting', () => {
    expect(settingText(defaultRun(), 'mae.decoderDepth')).toBe('–');
  });
});

describe('mainScore', () => {
  it('names the number, as objectives share the column', () => {
    expect(mainScore(keptRun({ scores: { positionAccuracy: 0.431 } }))).toBe('Position accuracy 43.1 %');
    expect(mainScore(keptRun({ config: presetRun('mae-scenes'), scores: { maskedError: 0.634 } }))).toBe(
      'Error on removed patches 0.634',
    );
    expect(mainScore(keptRun())).toBe('–');
  });
});
