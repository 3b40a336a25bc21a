import { expect, it } from 'vitest';
import { cutName, LEAST_ROOM, nameRoom } from '../../../src/ui/charts/nameRoom.ts';

const measure = (text: string): number => 6 * text.length;
const long = 'Self-distillation on Digits, 1,080 steps';

it('gives names the room they need, up to a third of the chart', () => {
  expect(nameRoom(['MP3'], 1300, measure)).toBe(LEAST_ROOM);
  expect(cutName(long, nameRoom([long], 1300, measure), measure)).toBe(long);
  expect(nameRoom([long], 340, measure)).toBe(119);
});

it('cuts a name that does not fit, and says so', () => {
  expect(cutName(long, 119, measure)).toBe('Self-distillatio…');
});
