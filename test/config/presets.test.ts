import { describe, expect, it } from 'vitest';
import { checkRun } from '../../src/config/check.ts';
import { OBJECTIVE_NAMES } from '../../src/config/objectives.ts';
import { ownSettings, PRESET_NAMES, presetRun, switchObjective, withObjective } from '../../src/config/presets.ts';
import { defaultRun } from '../../src/config/run.ts';
import { changedPaths, withSetting } from '../../src/config/settings.ts';

describe('switchObjective', () => {
  it.each(OBJECTIVE_NAMES)('makes the same run of %s whichever objective was there before', (objective) => {
    const fresh = withObjective(defaultRun(), objective);
    for (const before of OBJECTIVE_NAMES) {
      expect(switchObjective(withObjective(defaultRun(), before), objective)).toEqual(fresh);
    }
  });

  it('leaves nothing of a tour through all objectives', () => {
    const start = defaultRun();
    const tour = [...OBJECTIVE_NAMES, ...OBJECTIVE_NAMES.toReversed()].reduce((run, name) => switchObjective(run, name), start);
    expect(changedPaths(switchObjective(tour, 'mp3'), start)).toEqual([]);
  });

  it('keeps the pictures, the size of the model and the seed', () => {
    const mine = [
      'data.dataset=faces',
      'model.width=128',
      'model.depth=2',
      'optimiser.seed=7',
      'optimiser.weightDecay=0.1',
    ].reduce((run, text) => {
      const [path = '', value = ''] = text.split('=');
      return withSetting(run, path, Number.isNaN(Number(value)) ? value : Number(value));
    }, defaultRun());
    const there = switchObjective(mine, 'data2vec');
    expect(there.data).toEqual(mine.data);
    expect(there.model).toEqual(mine.model);
    expect(there.picture).toEqual({ ...mine.picture, patch: 4 });
    expect(there.optimiser).toMatchObject({ seed: 7, weightDecay: 0.1, batch: 16, clip: 4 });
  });

  it('gives an objective back what was its own, borrowed sections too', () => {
    const mae = ['optimiser.steps', 'mae.decoderDepth'].reduce(
      (run, path, i) => withSetting(run, path, [1234, 3][i] ?? 0),
      withObjective(defaultRun(), 'mae'),
    );
    const own = ownSettings(mae);
    const elsewhere = withSetting(switchObjective(mae, 'selfDistillation'), 'mae.decoderDepth', 1);
    expect(switchObjective(elsewhere, 'mae', own)).toEqual(mae);
  });
});

describe('presets', () => {
  it.each(PRESET_NAMES)('%s is a run that is possible', (name) => {
    expect(checkRun(presetRun(name))).toEqual([]);
  });
});
