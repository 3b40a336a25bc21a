/** modeling_patchwork.py, as it is taken home, against what the models that are trained here compute. */

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code } from '../../../src/home/code.ts';
import { probe } from '../../../src/home/probe.ts';
import { weights } from '../../../src/home/weights.ts';
import { startWasm } from '../../tinyRun.ts';
import { writeHome } from '../folderOf.ts';
import { homeModel, KINDS, kindNamed } from '../homeModels.ts';
import { runPython } from './python.ts';

/** What reads pictures is tried on grey ones too, where channels and pixels could be mixed up. */
const GREY = ['MP3', 'MAE', 'SimMIM', 'labels'];
const CASES = [
  ...KINDS.map((kind) => ({ kind, channels: 3 as const, name: kind.name })),
  ...GREY.map((name) => ({ kind: kindNamed(name), channels: 1 as const, name: `${name}, grey` })),
];

describe('modeling_patchwork.py', () => {
  const folders = new Map<string, string>();
  let differences: Record<string, Record<string, number>> = {};

  beforeAll(async () => {
    await startWasm();
    for (const { kind, channels, name } of CASES) {
      folders.set(name, await writeHome(homeModel(kind, channels), [weights, code, probe]));
    }
    differences = JSON.parse(runPython(['test/home/python/check_modeling.py', ...folders.values()])) as typeof differences;
  }, 240_000);

  afterAll(() => {
    for (const folder of folders.values()) rmSync(folder, { recursive: true });
  });

  it.each(CASES)('computes what we do: $name', ({ kind, name }) => {
    const found = differences[folders.get(name) ?? ''] ?? {};
    expect(Object.keys(found).length).toBeGreaterThan(1);
    expect('tokens' in found).toBe(kind.dataset === 'scenes' || kind.dataset === 'syllables');
    for (const [output, difference] of Object.entries(found)) expect(difference, output).toBeLessThan(2e-5);
  });
});
