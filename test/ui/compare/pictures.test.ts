import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { filesProblem, picturesOf } from '../../../src/ui/compare/pictures.ts';
import { NO_STUDY } from '../../../src/ui/store/study.ts';
import { runInfo } from '../fakes.ts';
import { keptRun } from '../study/reports.ts';

const on = (id: string, dataset: string) => keptRun({ id, config: withSetting(defaultRun(), 'data.dataset', dataset) });
const choice = { ...NO_STUDY.choice, dataset: 'scenes' as const };

describe('picturesOf', () => {
  it('takes those of all kept runs while none is ticked, and those of the ticked ones', () => {
    expect(picturesOf([on('1', 'digits'), on('2', 'digits')], choice, false)).toBe('digits');
    expect(picturesOf([on('1', 'digits'), on('2', 'faces')], choice, false)).toBe('scenes');
    expect(picturesOf([on('1', 'digits'), on('2', 'faces')], { ...choice, runs: ['2'] }, false)).toBe('faces');
  });

  it('keeps what a person chose', () => {
    expect(picturesOf([on('1', 'digits')], { ...choice, dataset: 'files', picked: true, runs: ['1'] }, true)).toBe('files');
  });

  it('takes files only while they are there', () => {
    expect(picturesOf([on('1', 'files')], choice, false)).toBe('scenes');
    expect(picturesOf([on('1', 'files')], choice, true)).toBe('files');
  });
});

describe('filesProblem', () => {
  const info = runInfo(withSetting(defaultRun(), 'data.dataset', 'files'));

  it('says before anything starts that files have no labels, or are of another kind than a run', () => {
    expect(filesProblem({ ...info, classes: [] }, [])).toMatch(/no labels/);
    expect(filesProblem({ ...info, classes: ['a', 'b'] }, [keptRun({ name: 'x', channels: 1 })])).toMatch(
      /^x has learned from grey pictures, and your files are colour pictures/,
    );
    const drums = keptRun({ name: 'x', channels: 1, config: withSetting(defaultRun(), 'data.dataset', 'drums') });
    expect(filesProblem({ ...info, classes: ['a', 'b'] }, [drums])).toMatch(
      /^x has learned from sounds, and your files are pictures: leave it out/,
    );
  });

  it('is silent when all is well, or nothing is known', () => {
    expect(filesProblem({ ...info, classes: ['a', 'b'] }, [keptRun()])).toBeNull();
    expect(filesProblem(runInfo(defaultRun()), [])).toBeNull();
    expect(filesProblem(null, [])).toBeNull();
  });
});
