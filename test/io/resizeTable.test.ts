import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resizeCubic, resizeLinear } from '../../src/io/resizeTable.ts';

interface Entry {
  shape: [rows: number, columns: number, width: number];
  data: number[];
}
const FILE = path.resolve(import.meta.dirname, '../reference/torchFiles/torchFiles.json');
const { tables } = JSON.parse(readFileSync(FILE, 'utf8')) as { tables: Record<string, { from: Entry; to: Entry }> };

describe('positions on another grid', () => {
  it.each(Object.keys(tables))('are what PyTorch makes of them: %s', (name) => {
    const { from, to } = tables[name];
    const [rows, columns, width] = from.shape;
    const resize = name.startsWith('cubic') ? resizeCubic : resizeLinear;
    const resized = resize(Float32Array.from(from.data), { rows, columns, width }, { rows: to.shape[0], columns: to.shape[1] });
    expect(resized).toHaveLength(to.data.length);
    for (const [i, value] of to.data.entries()) expect(resized[i]).toBeCloseTo(value, 5);
  });
});
