import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  packages: Record<string, { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The places where Node looks for a package that the one at `place` asks for. */
function candidates(place: string, name: string): string[] {
  const folders = place.split('/node_modules/').map((_, i, all) => all.slice(0, i + 1).join('/node_modules/'));
  return ['', ...folders].map((folder) => (folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`));
}

it('locks every package that another one asks for, those of other platforms too: npm ci refuses anything less', () => {
  const { packages }: Locked = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const missing = Object.entries(packages).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !candidates(place, name).some((candidate) => candidate in packages))
      .map((name) => `${name}, for ${place}`),
  );
  expect(missing).toEqual([]);
});
