/** The short form of `npm run kills`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { killAndResume } from '../../src/cli/kills/kill.ts';
import { noisyPictures, TINY_TRAINING } from './noisyPictures.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/cli.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-kills-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
it('a training that is killed ends as if it had not been', { timeout: 240_000 }, async () => {
  await noisyPictures(path.join(folder, 'pictures'));
  const { kills, finished, equal } = await killAndResume({
    command: [process.execPath, SCRIPT, 'train'],
    training: ['--data', path.join(folder, 'pictures'), ...TINY_TRAINING, '--backend', 'cpu', '--steps', '400'],
    folder,
    signals: ['SIGKILL', 'SIGUSR1', 'SIGTERM'],
    seed: 3,
    every: 0,
    mostSteps: 60,
    mostMilliseconds: 5,
  });
  expect(kills.map(({ signal, code }) => [signal, code])).toEqual([
    ['SIGKILL', null],
    ['SIGUSR1', 75],
    ['SIGTERM', 143],
  ]);
  for (const { step, kept, unreadable } of kills) {
    expect(unreadable).toBe(false);
    // Writing takes 2 % of the time, so not every step is written.
    expect(kept).toBeGreaterThanOrEqual(0);
    expect(kept).toBeLessThanOrEqual(step + 1);
  }
  // Asked to end, it loses nothing.
  for (const { step, kept } of kills.slice(1)) expect(kept).toBeGreaterThanOrEqual(step);
  expect({ finished, equal }).toEqual({ finished: 1, equal: 1 });
});
