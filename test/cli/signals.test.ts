import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Signals, Stopped } from '../../src/cli/signals.ts';

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const;
const notes: string[] = [];
const exits: unknown[] = [];
const before = NAMES.map((name) => [name, process.listeners(name)] as const);

beforeEach(() => {
  notes.length = 0;
  exits.length = 0;
  vi.spyOn(process, 'exit').mockImplementation((code): never => {
    exits.push(code);
    throw new Error('the process ends');
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const [name, listeners] of before) {
    process.removeAllListeners(name);
    for (const listener of listeners) process.on(name, listener);
  }
});
const listen = (requeueExit?: number) => new Signals((line) => notes.push(line), requeueExit);
const send = (name: (typeof NAMES)[number]) => () => process.emit(name);

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGUSR1', 75],
  ] as const)('%s ends with %i, after saving', async (name, code) => {
    const signals = listen();
    const saved: string[] = [];
    const save = () => void saved.push('saved');
    await signals.during(async () => {
      await signals.stopIfAsked(save, 'Go on.');
      expect(signals.isAsked).toBe(false);
      send(name)();
      expect([signals.isAsked, saved.length]).toEqual([true, 0]);
      const stop = signals.stopIfAsked(save, 'Go on.');
      await expect(stop).rejects.toBeInstanceOf(Stopped);
      await expect(stop).rejects.toMatchObject({ exitCode: code });
    });
    expect(saved).toEqual(['saved']);
    expect(exits).toEqual([]);
    expect(notes).toEqual([`${name}: saving after this step. Once more ends at once.`]);
  });

  it('ends at once where there is nothing to save', () => {
    listen();
    for (const name of NAMES) expect(send(name), name).toThrow();
    expect(exits).toEqual([130, 143, 129, 75]);
  });

  it('ends at once when it comes twice, and asks nobody to run it again then', async () => {
    const signals = listen();
    await signals.during(async () => {
      send('SIGUSR1')();
      expect(send('SIGUSR1')).toThrow();
    });
    expect(exits).toEqual([128 + 10]);
  });

  it('ends with what the scheduler wants', async () => {
    const signals = listen(99);
    await signals.during(async () => {
      send('SIGUSR1')();
      await expect(signals.stopIfAsked(() => {}, '')).rejects.toMatchObject({ exitCode: 99 });
    });
  });

  it('is no success when saving fails', async () => {
    const signals = listen();
    await signals.during(async () => {
      send('SIGTERM')();
      const full = new Error('the disk is full');
      await expect(signals.stopIfAsked(() => Promise.reject(full), '')).rejects.toBe(full);
    });
  });
});
