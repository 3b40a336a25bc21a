/** Where the real pictures for tests are, when there are any. None of them belongs to the project. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = process.env.PATCHWORK_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data');

/** The place of real data, or undefined where it is not there. */
export function realData(name: string): string | undefined {
  const place = path.join(ROOT, name);
  return existsSync(place) ? place : undefined;
}
