import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../src/data/samples.ts';
import { refusedTitle } from '../../../src/ui/panels/data/refusedTitle.ts';

const file = { name: 'notes.txt', reason: 'is text, not a picture.' };
const copies = {
  name: '40 pictures',
  reason: 'left out as copies of others, byte for byte.',
  sums: { modality: 'picture', count: 40 },
} as const;
const classes = {
  name: '1,200 classes',
  reason: 'are more than are told apart.',
  sums: { modality: 'picture', count: 0 },
} as const;

describe('the heading of what was not used', () => {
  it('counts files as files, and lines that sum up as the pictures they are of', () => {
    const title = (refused: Refusal[], used: number) =>
      refusedTitle({ modality: 'picture', refused, shortened: [], used, notes: [] });
    expect(title([file], 512)).toBe('1 file not used, 512 pictures used');
    expect(title([file, file, copies], 512)).toBe('2 files and 40 pictures not used, 512 pictures used');
    expect(title([copies, classes], 1)).toBe('40 pictures not used, 1 picture used');
    expect(title([classes], 512)).toBe('All files used, with a remark, 512 pictures used');
    expect(title([file], 0)).toBe('1 file not used');
  });

  it('counts shortened sounds apart from what was left out', () => {
    const others = { name: '17 pictures', reason: 'left out', sums: { modality: 'picture', count: 17 } } as const;
    const cut = { name: 'a.wav', reason: 'shortened: 1.2 of 3.0 s' };
    const title = (refused: Refusal[]) => refusedTitle({ modality: 'sound', refused, shortened: [cut], used: 30, notes: [] });
    expect(title([others])).toBe('17 pictures not used, 1 shortened, 30 sounds used');
    expect(title([])).toBe('1 shortened, 30 sounds used');
  });
});
