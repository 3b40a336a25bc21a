/** Files that somebody brought, and the settings of a run on them. */
import { describe, expect, it } from 'vitest';
import { switchToFiles } from '../../src/config/ownFiles.ts';
import { withSetting } from '../../src/config/settings.ts';
import { membersOf } from '../../src/data/samples.ts';
import { Datasets } from '../../src/worker/datasets.ts';
import { rampPairs, tinyPairsConfig } from '../tinyPairs.ts';

describe('pairs that have two senses of three', () => {
  const files = rampPairs();
  const asking = (senses: string) => withSetting(tinyPairsConfig(), 'pair.senses', senses);

  it('are learned from by settings that ask for no others', async () => {
    const members = membersOf(files.train);
    expect(members).toEqual(['picture', 'text']);
    for (const asked of ['picture+sound+text', 'picture+sound', 'picture+text']) {
      const config = switchToFiles(asking(asked), 'pair', members);
      expect(config.pair.senses).toBe('picture+text');
      const { target } = await new Datasets().of(config, async () => {}, files);
      expect(target).toBe(files);
    }
    // What people leave out of more stays out.
    expect(switchToFiles(asking('picture+text'), 'pair', ['picture', 'sound', 'text']).pair.senses).toBe('picture+text');
  });

  it('say which they do not have', async () => {
    const loading = new Datasets().of(asking('picture+sound'), async () => {}, files);
    await expect(loading).rejects.toThrow('The files hold no sounds to learn from: take sound out of Senses.');
  });
});
