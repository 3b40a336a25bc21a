import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { share } from '../../../src/ui/controller/address.ts';
import { withDraft } from '../../../src/ui/store/settings.ts';
import { update } from '../../../src/ui/store/store.ts';
import { type FakeWorkplace, fakeWorkplace } from '../fakes.ts';

let workplace: FakeWorkplace;
const writeText = vi.fn();

beforeEach(() => {
  workplace = fakeWorkplace();
  vi.stubGlobal('location', { pathname: '/', hash: '', href: 'http://here/' });
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
