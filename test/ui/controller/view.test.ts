import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import type { BoardReport } from '../../../src/trainer/reports.ts';
import { fakeBrowser, running, types, workplace } from './openPage.ts';

fakeBrowser();

describe('ViewController', () => {
  it('asks where heads look with every new board, but not where there are several encoders', () => {
    const board: BoardReport = { kind: 'jigsaw', step: 10, samples: [] };
    running(defaultRun(), 10, 'paused');
    workplace.trainer.tells({ type: 'board', board });
    expect(types()).toEqual(['inspect']);
    running(presetRun('contrastive-pairs'), 10, 'paused');
    workplace.trainer.tells({ type: 'board', board });
    expect(types()).toEqual([]);
  });
});
