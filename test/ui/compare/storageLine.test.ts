import { expect, it } from 'vitest';
import { sayStorage } from '../../../src/ui/compare/StorageLine.tsx';
import { type KeepingState, NOT_KEEPING } from '../../../src/ui/store/keeping.ts';
import { NOTHING_KEPT } from '../../../src/ui/store/runs.ts';
import { keptRun } from '../study/reports.ts';

const storage = { usage: 12 * 2 ** 20, quota: 10 * 2 ** 30, lasting: false };
const say = (keeping: Partial<KeepingState>): string =>
  sayStorage({ keeping: { ...NOT_KEEPING, ...keeping }, kept: { ...NOTHING_KEPT, runs: [keptRun({ bytes: 2 ** 20 })] } });

it('says how much room is taken, and what the browser promises', () => {
  expect(say({ storage })).toBe('12 MB of 10 GB; the browser may clear this when disk is short.');
  expect(say({ storage: { ...storage, lasting: true } })).toBe('12 MB of 10 GB; kept until you clear site data.');
  expect(say({})).toBe('1.0 MB, as long as the browser keeps it.');
});

it('says where nothing is kept', () => {
  expect(say({ storage, mode: 'stopped' })).toMatch(/no more room/);
  expect(say({ mode: 'unavailable' })).toBe('Nothing is kept here: take it home.');
  expect(say({ mode: 'off' })).toMatch(/keep=off/);
});
