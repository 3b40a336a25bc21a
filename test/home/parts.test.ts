import { beforeAll, describe, expect, it } from 'vitest';
import type { HomeFile } from '../../src/home/part.ts';
import { HOME_PARTS } from '../../src/home/parts.ts';
import { startWasm } from '../tinyRun.ts';
import { homeModel, kindNamed } from './homeModels.ts';

beforeAll(startWasm);

describe('the parts that are taken home', () => {
  it('make files below the paths that they name, no two of one name', async () => {
    const report = { scores: [], scoresStep: 0, curves: 'step', device: null };
    const model = { ...homeModel(kindNamed('MAE')), report, run: new Uint8Array(3) };
    const files: HomeFile[] = [];
    for (const { id, path, build } of HOME_PARTS) {
      const before = files.length;
      for await (const file of build(model)) {
        files.push(file);
        expect(
          path.some((place) => file.path === place || (place.endsWith('/') && file.path.startsWith(place))),
          `${file.path} of ${id}`,
        ).toBe(true);
      }
      expect(files.length).toBeGreaterThan(before);
    }
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect(new Set(HOME_PARTS.map(({ id }) => id)).size).toBe(HOME_PARTS.length);
  });
});
