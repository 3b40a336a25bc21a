/** The command as a shell runs it: exit codes, and what goes to which stream. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Ended {
  code: number | string | null | undefined;
  out: string;
  err: string;
}

function bench(line: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const args = ['scripts/cli.mjs', 'bench', ...line.split(' ')];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, out, err }),
    );
  });
}

describe('bench as a process', { timeout: 90_000 }, () => {
  // The first start of all bundles the sources.
  beforeAll(() => bench('--help'), 60_000);

  it('explains itself', async () => {
    expect(await bench('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--parity-steps N'), err: '' });
  });

  it('refuses bad use, and says why', async () => {
    const ended = await bench('--steps 0');
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('--steps must be a whole number');
  });

  it('fails where there is no browser', async () => {
    const ended = await bench('--where chromium', { CHROMIUM_PATH: path.join(ROOT, 'no-such-browser') });
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain('no-such-browser');
  });

  it('counts without executing, in JSON lines alone', async () => {
    const { code, out } = await bench('--backend null --contenders jax-js-by-hand --steps 1 --json');
    expect(code).toBe(0);
    const [machine, row, ...more] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(machine).toMatchObject({ event: 'machine', place: expect.stringMatching(/^Node/) });
    expect(row).toMatchObject({ event: 'row', config: 'tiny', contender: 'jax-js by hand', medianMs: null, parity: null });
    expect(row.dispatches).toBeGreaterThan(100);
    expect(row.submits).toBeGreaterThan(100);
    expect(row.gpuBytes).toBeGreaterThan(1e6);
    expect(row.jsMs).toBeGreaterThan(0);
    expect(more).toEqual([]);
  });
});
