import { expect, it } from 'vitest';
import { presetRun } from '../../src/config/presets.ts';
import { checkSweep } from '../../src/config/sweep/check.ts';
import type { Sweep } from '../../src/config/sweep/sweep.ts';
import { readSweep, sweepLink, writeSweep } from '../../src/io/sweepUrl.ts';
import { readUrl } from '../../src/io/urlState.ts';

const base = presetRun('mae-scenes');

it('holds a whole sweep in a link', () => {
  const sweep: Sweep = {
    base,
    labels: { 'supervised.labelsPerClass': 20, 'supervised.train': '1' },
    axes: [
      { path: 'task.maskRatio', values: [0.25, 0.75] },
      { path: 'mae.mask', values: ['random', 'block'] },
    ],
    seeds: [1, 2, 3],
    measures: ['scores', 'finetune', 'stepTime'],
    baselines: ['scratch'],
    checkpointsAt: [10, 20],
    onePretraining: true,
  };
  expect(readSweep(writeSweep(sweep), base)).toEqual(sweep);
  const small = { ...sweep, labels: {}, baselines: [], checkpointsAt: [], onePretraining: false };
  expect(readSweep(writeSweep(small), base)).toEqual(small);
});

it('opens the page of sweeps by its link, with the settings of its base', () => {
  const sweep = readSweep('task.maskRatio=0.25,0.75&seeds=1&measures=scores', base);
  const link = new URL(`https://example.org/${sweepLink(sweep)}`);
  expect(link.hash).toBe('#compare');
  const { config, problems } = readUrl(link.search, ['sweep']);
  expect(problems).toEqual([]);
  expect(readSweep(link.searchParams.get('sweep') ?? '', config)).toEqual(sweep);
});

it('leaves what nobody understands to be refused', () => {
  const sweep = readSweep('task.maskRatio=0.5,many&seeds=x&measures=scores,magic', base);
  expect(sweep.measures).toEqual(['scores']);
  expect(checkSweep(sweep).map(({ at }) => at)).toEqual(expect.arrayContaining(['axes', 'seeds']));
  expect(checkSweep(readSweep('', base)).map(({ at }) => at)).toEqual(expect.arrayContaining(['axes', 'seeds', 'measures']));
});
