import { expect, it } from 'vitest';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { phaseLines } from '../../../src/ui/store/phases.ts';

const config = withObjective(defaultRun(), 'selfDistillation');
const heldOut = [
  { step: 1000, scores: { maskedError: 0.7 } },
  { step: 1200, scores: { distance: 2 } },
  { step: 1500, scores: { distance: 5 } },
  { step: 1600, scores: { distance: 1 } },
];

it('tells what is done, what is under way, and how far each phase led', () => {
  const lines = phaseLines(config, 1600, heldOut, 'Scenes');
  expect(lines.map(({ done }) => done)).toEqual([1000, 500, 100]);
  expect(lines.map(({ isCurrent }) => isCurrent)).toEqual([false, false, true]);
  expect(lines.map(({ distance }) => distance)).toEqual([null, 5, 1]);
});

it('names the pictures and the start of each phase', () => {
  const lines = phaseLines(config, 0, [], 'Scenes');
  expect(lines.map(({ data }) => data)).toEqual(['Faces', 'Scenes', 'Scenes']);
  expect(lines.map(({ start }) => start)).toEqual([null, 'goes on', 'from the pretrained weights']);
  expect(lines.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
});
