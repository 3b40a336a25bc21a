import { describe, expect, it } from 'vitest';
import { PRESET_NAMES, presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { presetOf, sortChanges, withDraft } from '../../../src/ui/store/settings.ts';

describe('a draft', () => {
  it('says at which control it cannot run', () => {
    const { problems } = withDraft(withSetting(defaultRun(), 'model.heads', 3), false);
    expect(problems.map(({ path }) => path)).toEqual(['model.heads']);
  });

  it('asks for files only while there are none', () => {
    const draft = withSetting(defaultRun(), 'data.dataset', 'files');
    expect(withDraft(draft, false).problems.map(({ path }) => path)).toEqual(['data.dataset']);
    expect(withDraft(draft, true).problems).toEqual([]);
  });
});

describe('changes', () => {
  it('are told apart by what they do to the run', () => {
    const running = defaultRun();
    const draft = withSetting(withSetting(running, 'task.maskRatio', 0.5), 'model.depth', 2);
    expect(sortChanges(draft, running)).toEqual({ live: ['task.maskRatio'], restart: ['model.depth'] });
    expect(sortChanges(running, running)).toEqual({ live: [], restart: [] });
  });
});

describe('presets', () => {
  it.each(PRESET_NAMES)('%s is known again, with any seed', (name) => {
    expect(presetOf(withSetting(presetRun(name), 'optimiser.seed', 77))).toBe(name);
  });

  it('are not claimed for settings of one’s own', () => {
    expect(presetOf(withSetting(defaultRun(), 'model.depth', 1))).toBeNull();
  });
});
