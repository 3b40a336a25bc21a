import { afterEach, expect, it, vi } from 'vitest';
import { rememberRun, runOfTab, type TabRun } from '../../../../src/ui/controller/keeping/tabRun.ts';
import { fakeTab } from './fakeTab.ts';

const run: TabRun = { id: '0123456789abcdef'.repeat(2), search: '?a=1', training: true, step: 1240, seenAt: 5 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('comes back when the tab is loaded again, and when its own entry is gone back to', () => {
  for (const navigation of ['reload', 'back_forward'] as const) {
    fakeTab(navigation);
    expect(runOfTab()).toBeNull();
    rememberRun(run);
    expect(runOfTab()).toEqual(run);
    rememberRun(null);
    expect(runOfTab()).toBeNull();
  }
});

it('stays away where a link was followed, or another entry gone back to', () => {
  fakeTab('navigate');
  rememberRun(run);
  expect(runOfTab()).toBeNull();
  fakeTab('back_forward');
  rememberRun({ ...run, search: '?b=2' });
  expect(runOfTab()).toBeNull();
});

it('comes back when the browser had put the tab away', () => {
  fakeTab('navigate');
  rememberRun(run);
  Object.assign(document, { wasDiscarded: true });
  expect(runOfTab()).toEqual(run);
});

it('believes nothing that is no run of a tab, and does without storage', () => {
  for (const text of [
    '',
    'x',
    '7',
    '[]',
    '{}',
    JSON.stringify({ ...run, id: '../../etc' }),
    JSON.stringify({ ...run, step: 'x' }),
  ]) {
    fakeTab('reload', new Map([['patchwork-run', text]]));
    expect(runOfTab()).toBeNull();
  }
  vi.stubGlobal('sessionStorage', undefined);
  rememberRun(run);
  expect(runOfTab()).toBeNull();
});
