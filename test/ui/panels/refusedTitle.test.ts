import { describe, expect, it } from 'vitest';
import { refusedTitle } from '../../../src/ui/panels/data/refusedTitle.ts';

const file = { name: 'notes.txt', reason: 'is text, not a picture.' };
const copies = { name: '40 pictures', reason: 'left out as copies of others, byte for byte.', pictures: 40 };
const classes = { name: '1,200 classes', reason: 'are more than are told apart.', pictures: 0 };

describe('the heading of what was not used', () => {
  it('counts files as files, and lines that sum up as the pictures they are of', () => {
    const title = (refused: (typeof file)[], used: number) => refusedTitle({ refused, used, notes: [] });
    expect(title([file], 512)).toBe('1 file not used, 512 pictures used');
    expect(title([file, file, copies], 512)).toBe('2 files and 40 pictures not used, 512 pictures used');
    expect(title([copies, classes], 1)).toBe('40 pictures not used, 1 picture used');
    expect(title([classes], 512)).toBe('All files used, with a remark, 512 pictures used');
    expect(title([file], 0)).toBe('1 file not used');
  });
});
