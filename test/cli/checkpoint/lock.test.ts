import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { BadSettingError } from '../../../src/base/errors.ts';
import { lock } from '../../../src/cli/checkpoint/lock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-lock-'));
const file = path.join(folder, 'run.patchwork');
const place = `${file}.lock`;
const job = { id: process.env.SLURM_JOB_ID, start: process.env.SLURM_RESTART_COUNT };
afterEach(() => {
  rmSync(place, { force: true });
  restore('SLURM_JOB_ID', job.id);
  restore('SLURM_RESTART_COUNT', job.start);
});
afterAll(() => rmSync(folder, { recursive: true }));

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
const own = () => JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>;
const left = (changes: object) => {
  rmSync(place, { force: true });
  const unlock = lock(file);
  const text = JSON.stringify({ ...own(), ...changes });
  unlock();
  writeFileSync(place, text);
};

it('is had by one, and given back', () => {
  const unlock = lock(file);
  expect(own()).toMatchObject({ pid: process.pid, host: hostname() });
  expect(() => lock(file)).toThrow(BadSettingError);
  expect(() => lock(file)).toThrow(`process ${process.pid} on ${hostname()}`);
  unlock();
  expect(existsSync(place)).toBe(false);
  lock(file)();
});

it('is taken over from a process of this host that is gone, or whose number another one has now', () => {
  const { pid } = spawnSync('true');
  left({ pid });
  lock(file)();
  left({ born: 'another boot 77' });
  lock(file)();
  writeFileSync(place, '{"pid":1,"ho');
  lock(file)();
  expect(existsSync(place)).toBe(false);
});

it('is left to another host, unless the same job was started again', () => {
  left({ host: 'elsewhere' });
  expect(() => lock(file)).toThrow(/on elsewhere.*delete .*\.lock/);
  process.env.SLURM_JOB_ID = '4711';
  left({ host: 'elsewhere', job: '4711/0' });
  process.env.SLURM_RESTART_COUNT = '0';
  expect(() => lock(file)).toThrow(/elsewhere/);
  process.env.SLURM_RESTART_COUNT = '1';
  left({ host: 'elsewhere', job: '4712/0' });
  expect(() => lock(file)).toThrow(/elsewhere/);
  left({ host: 'elsewhere', job: '4711/0' });
  lock(file)();
});

it('is not given back by one who lost it', () => {
  const unlock = lock(file);
  writeFileSync(place, 'another');
  unlock();
  expect(readFileSync(place, 'utf8')).toBe('another');
});

it('cannot be had where nothing can be written', () => {
  expect(() => lock(path.join(folder, 'no/such/run'))).toThrow(/cannot be written/);
});
