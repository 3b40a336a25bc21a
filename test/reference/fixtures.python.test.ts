import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findTorch } from '../../scripts/python.mjs';

const run = promisify(execFile);

describe('fixtures', () => {
  it.each(['mae', 'simmim', 'data2vec', 'selfDistillation', 'finetune', 'regularisers', 'dropPos', 'mp3', 'words', 'senses'])(
    'of %s.py are what it computes today',
    async (name) => {
      const { stdout } = await run(findTorch() ?? 'python3', [`${name}.py`, '--check'], { cwd: import.meta.dirname });
      expect(stdout).toContain('finite differences within');
    },
  );
});
