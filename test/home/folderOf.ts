import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HomeModel, HomePart } from '../../src/home/part.ts';

/** A folder of what some parts make of a model. */
export async function writeHome(model: HomeModel, parts: readonly HomePart[]): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'home-'));
  for (const part of parts) {
    for await (const file of part.build(model)) {
      const target = path.join(folder, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.bytes);
    }
  }
  return folder;
}
