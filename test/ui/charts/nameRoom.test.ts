import { expect, it } from 'vitest';
import { cutName, cutNames, LEAST_ROOM, nameRoom, namesFit } from '../../../src/ui/charts/nameRoom.ts';

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

it('finds out where whole names stand at the ends of lines, and where a legend is needed', () => {
  const size = { width: 654, height: 224 };
  // 31 letters are 186 wide, and a third of the chart is 228.
  const names = ['Fine-tuned, missing, over alpha', 'MASD, missing, over alpha'];
  expect(namesFit(names, size, measure)).toBe(true);
  expect(namesFit(names, { ...size, width: 342 }, measure)).toBe(false);
  expect(namesFit(['Probe'], { ...size, width: 100 }, measure)).toBe(true);
  const many = (count: number) => Array.from({ length: count }, () => 'Probe');
  expect(namesFit(many(13), size, measure)).toBe(true);
  // A name needs 14 px, and lines have 186.
  expect(namesFit(many(14), size, measure)).toBe(false);
});
