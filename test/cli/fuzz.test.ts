/** The short form of `npm run fuzz`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { mutateBytes, mutateJson } from '../../src/cli/fuzz/mutate.ts';
import { fuzzRunFile } from '../../src/cli/fuzz/runFiles.ts';

const FILE = readFileSync(path.join(import.meta.dirname, '../formats/run1/run.patchwork'));

describe('run files that were damaged or forged', () => {
  it('are refused in words, or make sense', { timeout: 60_000 }, () => {
    const { findings, refused, same, other } = fuzzRunFile(FILE, 7, 600);
    expect(findings).toEqual([]);
    expect(refused + same + other).toBe(600);
    expect(refused).toBeGreaterThan(400);
  });

  it('are the same for a seed, and another for the next', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => mutateBytes(FILE, new Random(seed, 'x')));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(mutateJson('{"a":1}', new Random(3, 'y'))).not.toBe('{"a":1}');
  });
});
