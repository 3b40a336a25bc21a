import { describe, expect, it } from 'vitest';
import { relativeIndex, relativeOffsets, sinCosTable } from '../../src/model/positions.ts';

describe('sine-cosine positions', () => {
  it('tell the column first, then the row, sines before cosines', () => {
    const table = sinCosTable([2, 3], 8);
    const at = (row: number, column: number) => [...table.subarray((row * 3 + column) * 8, (row * 3 + column + 1) * 8)];
    const waves = (position: number) => [
      Math.sin(position),
      Math.sin(position / 100),
      Math.cos(position),
      Math.cos(position / 100),
    ];
    for (const row of [0, 1]) {
      for (const column of [0, 1, 2]) {
        at(row, column).forEach((value, i) => {
          expect(value).toBeCloseTo([...waves(column), ...waves(row)][i] as number, 6);
        });
      }
    }
  });

  it('use all of the width for the place on a line', () => {
    const table = sinCosTable([5], 4);
    [...table.subarray(12, 16)].forEach((value, i) => {
      expect(value).toBeCloseTo([Math.sin(3), Math.sin(0.03), Math.cos(3), Math.cos(0.03)][i] as number, 6);
    });
  });
});

describe('relative positions', () => {
  it('give two pairs one row exactly when their offsets are the same', () => {
    const index = relativeIndex([2, 3], false);
    const offset = (i: number, j: number) => `${Math.floor(i / 3) - Math.floor(j / 3)} ${(i % 3) - (j % 3)}`;
    const rowOf = new Map<string, number>();
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        const known = rowOf.get(offset(i, j));
        if (known !== undefined) expect(index[i * 6 + j]).toBe(known);
        rowOf.set(offset(i, j), index[i * 6 + j]);
      }
    }
    expect(new Set(rowOf.values()).size).toBe(rowOf.size);
    expect(Math.max(...index)).toBeLessThan(relativeOffsets([2, 3]) - 3);
  });

  it('keep three rows for the class token', () => {
    const index = relativeIndex([2, 2], true);
    const rows = relativeOffsets([2, 2]);
    expect(rows).toBe(12);
    expect(index[0]).toBe(rows - 1);
    expect([...index.subarray(1, 5)]).toEqual([rows - 3, rows - 3, rows - 3, rows - 3]);
    expect([1, 2, 3, 4].map((i) => index[i * 5])).toEqual([rows - 2, rows - 2, rows - 2, rows - 2]);
  });

  it('know lines too', () => {
    expect(relativeOffsets([4])).toBe(7 + 3);
    const index = relativeIndex([4], false);
    expect(index[0 * 4 + 3]).toBe(0);
    expect(index[3 * 4 + 0]).toBe(6);
  });
});
