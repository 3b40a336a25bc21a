import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import type { Gallery } from '../../../src/data/gallery.ts';
import type { Found } from '../../../src/trainer/reports.ts';
import { runInfo } from '../fakes.ts';
import { blob, controller, fakeBrowser, open, state, workplace } from './openPage.ts';

fakeBrowser();

const CONFIG = presetRun('contrastive-pairs');
const RASTERS = { pixels: new Uint8Array(1024), width: 32, height: 32, channels: 1 } as const;
const SHOWN: Gallery = { modality: 'pair', count: 0, classes: [], ...RASTERS };
const FOUND: Found = { step: 7, asked: ['text'], of: 256, lists: [], shown: SHOWN, seen: {}, notes: [] };
const CAT = { path: 'cat.png', file: new File([blob], 'cat.png', { type: 'image/png' }) };

function running(objective: 'contrastive' | 'robust'): void {
  const config = { ...CONFIG, task: { ...CONFIG.task, objective } };
  open(config);
  const info = runInfo(config);
  const board = { ...info.board, members: { picture: RASTERS } };
  workplace.trainer.tells({ type: 'run', info: { ...info, board }, cause: 'reset' });
  workplace.trainer.take();
  workplace.loader.take();
}

const asked = () => workplace.trainer.take().filter(({ type }) => type === 'find');
/** Lets promises that nothing holds up go on. */
const settle = async () => {
  for (let i = 0; i < 8; i++) await Promise.resolve();
};

describe('FindController', () => {
  it('asks by words, and heeds the newest question only', async () => {
    running('contrastive');
    controller.finding.look({ from: 'own', text: 'a small seven' });
    await settle();
    expect(asked()).toMatchObject([{ query: { from: 'own', text: 'a small seven' } }]);
    controller.finding.look({ text: 'a large two' });
    await settle();
    expect(asked()).toMatchObject([{ query: { text: 'a large two' } }]);
    workplace.trainer.tells({ type: 'found', found: FOUND });
    await settle();
    expect(state().finding.found).toBe(FOUND);
    // Of other weights it says nothing.
    workplace.trainer.tells({ type: 'run', info: runInfo(CONFIG), cause: 'loaded' });
    expect(state().finding.found).toBeNull();
  });

  it('says why nothing was found', async () => {
    running('contrastive');
    controller.finding.look({ from: 'own', text: 'quid novi' });
    await settle();
    const { request } = workplace.trainer;
    workplace.trainer.tells({
      type: 'error',
      about: { request },
      error: { name: 'BadDataError', message: 'None of these words.' },
    });
    await settle();
    expect(state().finding).toMatchObject({ found: null, problem: 'None of these words.' });
  });

  it('takes a picture that is dropped on a contrastive run, read in the form of its members', () => {
    running('contrastive');
    controller.experiment.add([CAT]);
    expect(workplace.loader.take()).toMatchObject([{ type: 'sample', modality: 'picture', options: { size: 32 }, channels: 1 }]);
    expect(state().finding).toMatchObject({ from: 'own', picture: CAT });
    expect(controller.finding.takes('text')).toBe(false);
  });

  it('leaves it to the board elsewhere', () => {
    running('robust');
    controller.experiment.add([CAT]);
    expect(state().finding.picture).toBeNull();
  });
});
