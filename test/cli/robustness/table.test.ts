import { expect, it } from 'vitest';
import { accuracyTable } from '../../../src/cli/robustness/table.ts';

it('says how many samples each column is tested on', () => {
  const row = { method: 'LP' as const, seed: 1, senses: 'picture+text', accuracy: [1, 0.5, 0.25], counts: [9, 10, 6] };
  const lines = accuracyTable([{ ...row, trainedOn: 'picture' }]).split('\n');
  expect(lines.slice(0, 3).map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['labels for \\ tested on', 'picture', 'text', 'picture+text'],
    ['test samples', '9', '10', '6'],
    ['picture', '100.0', '50.0', '25.0'],
  ]);
});
