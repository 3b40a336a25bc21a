import { expect, it } from 'vitest';
import { withSetting } from '../../../src/config/settings.ts';
import { scoreRow, settingRows } from '../../../src/ui/compare/settingRows.ts';
import { keptRun } from '../study/reports.ts';

const first = keptRun({ scores: { positionAccuracy: 0.4 } });

it('shows what differs between two runs, and nothing else', () => {
  const config = withSetting(withSetting(first.config, 'model.depth', 1), 'task.maskRatio', 0.25);
  const marks = [{ step: 20, path: 'task.maskRatio', from: 0.75, to: 0.25 }];
  const second = keptRun({ config, step: 60, curves: { ...first.curves, marks } });
  const rows = settingRows(first, second);
  expect(rows.map(({ label }) => label)).toEqual(['Mask ratio', 'Depth', 'Steps done', 'Changed on the way']);
  expect(rows.find(({ label }) => label === 'Depth')).toMatchObject({ first: String(first.config.model.depth), second: '1' });
  expect(rows.at(-1)).toMatchObject({ first: 'nothing', second: 'mask ratio 0.75 → 0.25 at step 20' });
  expect(scoreRow(first, second)).toMatchObject({ first: 'Position accuracy 40.0 %', second: '–' });
});

it('has nothing to show of equal runs', () => {
  expect(settingRows(first, first)).toEqual([]);
});
