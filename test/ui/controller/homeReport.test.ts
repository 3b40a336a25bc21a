import { describe, expect, it } from 'vitest';
import { startingRun } from '../../../src/config/presets.ts';
import { reportOfRun } from '../../../src/ui/controller/homeReport.ts';
import { firstState } from '../../../src/ui/store/store.ts';

describe('what is told of a run that is taken home', () => {
  it('is every score with its samples and chance, and curves as numbers alone', () => {
    const config = startingRun({ dataset: 'scenes', modality: 'picture' }, 'mp3');
    const state = firstState();
    const info = { config, classes: ['a', 'b'], heldOutIsTrain: false };
    const scores = { loss: 2.5, positionAccuracy: 0.25, meanError: Number.NaN };
    const report = reportOfRun({
      ...state,
      run: { ...state.run, info: info as never },
      curves: {
        ...state.curves,
        latest: { step: 9, scores, pictures: 256 } as never,
        heldOut: [{ step: 9, scores }],
        training: { bucket: 1, points: [{ step: 8, phase: 0, count: 1, values: { loss: 2.75, positionAccuracy: 0.125 } }] },
      },
    });
    expect(report?.scores).toEqual([
      { id: 'loss', label: 'Loss', value: 2.5, samples: 256, heldOut: true },
      { id: 'positionAccuracy', label: 'Position accuracy', value: 0.25, samples: 256, heldOut: true, chance: 1 / 16 },
    ]);
    expect(report?.curves).toBe(
      'of,step,phase,steps_averaged,loss,positionAccuracy,meanError\r\ntraining,8,0,1,2.75,0.125,\r\nheld-out,9,,,2.5,0.25,\r\n',
    );
    expect(reportOfRun(state)).toBeNull();
  });
});
