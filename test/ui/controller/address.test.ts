import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { readAddress, share } from '../../../src/ui/controller/address.ts';
import { withDraft } from '../../../src/ui/store/settings.ts';
import { update } from '../../../src/ui/store/store.ts';
import { type FakeWorkplace, fakeWorkplace } from '../fakes.ts';

let workplace: FakeWorkplace;
const writeText = vi.fn();

beforeEach(() => {
  workplace = fakeWorkplace();
  vi.stubGlobal('location', { pathname: '/', hash: '', href: 'http://here/', hostname: 'here' });
  vi.stubGlobal('history', { state: null, replaceState: () => {} });
  vi.stubGlobal('navigator', { clipboard: { writeText } });
});

afterEach(() => vi.unstubAllGlobals());

async function said(): Promise<string> {
  await share(workplace.store, 'auto');
  return workplace.store.getState().notices.at(-1)?.text ?? '';
}

it('shares a link that holds all of a run', async () => {
  expect(await said()).toBe('Link copied. It holds every setting and the seed.');
  expect(writeText).toHaveBeenCalledWith('http://here/');
});

it('says what a link does not hold: the weights that the run started from, and files', async () => {
  update(workplace.store, 'run', (run) => ({ ...run, origin: 'MAE on Digits, 20 steps' }));
  expect(await said()).toMatch(/not hold the weights that this run started from \(MAE on Digits, 20 steps\).* Save writes\.$/);
  const config = { ...defaultRun(), data: { ...defaultRun().data, dataset: 'files' as const } };
  workplace.store.setState({ settings: withDraft(config, true) });
  expect(await said()).toMatch(/Save writes\. Your files stay here/);
});

it.each(['localhost', '127.0.0.1', '[::1]', 'patchwork.localhost'])(
  'says that a link to %s works on this computer only',
  async (hostname) => {
    vi.stubGlobal('location', { pathname: '/', hash: '', href: `http://${hostname}:8000/`, hostname });
    expect(await said()).toContain('on this computer only');
  },
);

it.each(['example.org', '192.168.1.7', 'localhost.example.org'])('says nothing of the kind of a link to %s', async (hostname) => {
  vi.stubGlobal('location', { pathname: '/', hash: '', href: `http://${hostname}/`, hostname });
  expect(await said()).toBe('Link copied. It holds every setting and the seed.');
});

it('takes what was refused out of the address, and keeps what was taken', () => {
  const replaceState = vi.fn();
  vi.stubGlobal('history', { state: null, replaceState });
  expect(readAddress(workplace.store, '?model.depth=2&backend=wasm')).toBe('wasm');
  expect(replaceState).not.toHaveBeenCalled();
  expect(readAddress(workplace.store, '?model.depth=2&model.heads=99&junk=1&backend=wasm')).toBe('wasm');
  expect(replaceState).toHaveBeenCalledWith(null, '', '/?model.depth=2&backend=wasm');
  const [notice] = workplace.store.getState().notices;
  expect(notice.details.join(' ')).toMatch(/Heads.*"junk" means nothing here/);
});

it('opens the Compare page for a sweep whose link names no page', () => {
  const replaceState = vi.fn();
  vi.stubGlobal('history', { state: null, replaceState });
  const search = '?sweep=task.maskRatio%3D0.5';
  readAddress(workplace.store, search);
  expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', `/${search}#compare`);
  vi.stubGlobal('location', { pathname: '/', hash: '#compare', href: 'http://here/', hostname: 'here' });
  readAddress(workplace.store, search);
  expect(replaceState).toHaveBeenCalledOnce();
});
