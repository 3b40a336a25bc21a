import { expect, it } from 'vitest';
import { cutName, cutNames, LEAST_ROOM, nameRoom } from '../../../src/ui/charts/nameRoom.ts';

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

it('tells names apart that begin alike, and leaves others as they are', () => {
  const names = ['MP3 on Digits, 60 steps', 'MP3 on Digits, 60 steps, two seeds', 'From scratch'];
  expect(cutNames(names, 119, measure)).toEqual(['MP3 on…, 60 steps', 'MP3 on…two seeds', 'From scratch']);
  expect(cutNames(names, 400, measure)).toEqual(names);
  // One name twice is one name.
  expect(cutNames([long, long], 119, measure)).toEqual(['Self-distillatio…', 'Self-distillatio…']);
});
