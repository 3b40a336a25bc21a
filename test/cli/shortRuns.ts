/** What tests of the command line run: a model and a run of moments, and a folder of their own that goes with them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Four patches of drawn digits, one narrow block. */
export const TINY = {
  'data.dataset': 'digits',
  'picture.size': 28,
  'picture.patch': 14,
  'model.width': 16,
  'model.depth': 1,
  'model.heads': 1,
};

export const SHORT = { 'optimiser.batch': 4, 'optimiser.steps': 3 };

/** @returns the path of a file in a new folder, which is removed when the tests of this file are done; of no name, the folder's own */
export function ownFolder(name: string): (...names: string[]) => string {
  const folder = mkdtempSync(path.join(tmpdir(), `patchwork-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (...names) => path.join(folder, ...names);
}
