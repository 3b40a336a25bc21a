/** The folders for timm and transformers, loaded strictly in PyTorch under the names that these libraries have. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code } from '../../../src/home/code.ts';
import { probe } from '../../../src/home/probe.ts';
import { timm } from '../../../src/home/timm.ts';
import { transformers } from '../../../src/home/transformers.ts';
import { startWasm } from '../../tinyRun.ts';
import { writeHome } from '../folderOf.ts';
import { homeModel, KINDS } from '../homeModels.ts';
import { runPython } from './python.ts';

/** Grey ones where pixels are put in another order. */
const GREY = ['MAE', 'SimMIM'];
const CASES = KINDS.filter(({ dataset }) => dataset === 'scenes')
  .flatMap((kind) => [
    { name: kind.name, model: homeModel(kind) },
    ...(GREY.includes(kind.name) ? [{ name: `${kind.name}, grey`, model: homeModel(kind, 1) }] : []),
  ])
  .filter(({ model }) => timm.refusal?.(model) === undefined)
  .map((one) => ({ ...one, both: transformers.refusal?.(one.model) === undefined }));

describe('folders for other libraries', () => {
  const folders = new Map<string, string>();
  let differences: Record<string, Record<string, number>> = {};

  beforeAll(async () => {
    await startWasm();
    for (const { name, model, both } of CASES) {
      folders.set(name, await writeHome(model, [timm, ...(both ? [transformers] : []), code, probe]));
    }
    differences = JSON.parse(runPython(['test/home/python/check_folders.py', ...folders.values()])) as typeof differences;
  }, 240_000);

  afterAll(() => {
    for (const folder of folders.values()) rmSync(folder, { recursive: true });
  });

  it.each(CASES)('load strictly and compute what we do: $name', ({ name, model, both }) => {
    const found = differences[folders.get(name) ?? ''] ?? {};
    expect(Object.keys(found)).toContain('timm last_hidden_state');
    expect(Object.keys(found).includes('transformers last_hidden_state')).toBe(both);
    expect(Object.keys(found).includes('transformers logits')).toBe(model.subject.classes > 0);
    for (const [output, difference] of Object.entries(found)) expect(difference, output).toBeLessThan(2e-5);
  });
});
