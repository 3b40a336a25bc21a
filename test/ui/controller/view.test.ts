import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { applySettings } from '../../../src/config/settings.ts';
import type { BoardReport } from '../../../src/trainer/reports.ts';
import { runInfo } from '../fakes.ts';
import { controller, fakeBrowser, running, state, types, workplace } from './openPage.ts';

fakeBrowser();

describe('ViewController', () => {
  it('asks where heads look with every new board', () => {
    const board: BoardReport = { kind: 'jigsaw', step: 10, samples: [] };
    running(defaultRun(), 10, 'paused');
    workplace.trainer.tells({ type: 'board', board });
    expect(types()).toEqual(['inspect']);
  });

  it('asks about the encoder of one sense where there are several, and not where the sample lacks it', () => {
    const config = presetRun('contrastive-pairs');
    running(config, 10, 'paused');
    expect(state().attention.sense).toBe('picture');
    controller.view.chooseSense('sound');
    expect(workplace.trainer.take()).toMatchObject([{ type: 'inspect', sample: 0, sense: 'sound' }]);
    const info = runInfo(config);
    const present = { sound: Uint8Array.of(1, 0) };
    workplace.trainer.tells({ type: 'run', info: { ...info, board: { ...info.board, present } }, cause: 'reset' });
    workplace.trainer.take();
    // The same sense as before, of a run that has it too.
    expect(state().attention.sense).toBe('sound');
    controller.view.choosePicture(1);
    expect(types()).toEqual([]);
    // One without sounds.
    const two = applySettings(config, { 'pair.senses': 'picture+text' });
    workplace.trainer.tells({ type: 'run', info: runInfo(two), cause: 'reset' });
    expect(state().attention.sense).toBe('picture');
  });
});
