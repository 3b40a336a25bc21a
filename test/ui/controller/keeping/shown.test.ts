import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../../../src/config/run.ts';
import { VERSION } from '../../../../src/config/version.ts';
import type { BoardReport } from '../../../../src/trainer/reports.ts';
import { pack } from '../../../../src/ui/controller/keeping/packed.ts';
import { packShown, readShown } from '../../../../src/ui/controller/keeping/shown.ts';
import { type AppState, firstState } from '../../../../src/ui/store/store.ts';
import { runInfo } from '../../fakes.ts';

const board = (step: number): BoardReport => ({
  kind: 'painting',
  step,
  borrowed: false,
  samples: [{ mask: Uint8Array.of(1, 0), predicted: new Uint8Array(3000).fill(step), error: 0.5 }],
});

function state(frames: number): AppState {
  const first = firstState();
  return {
    ...first,
    run: { ...first.run, info: runInfo(defaultRun()) },
    board: {
      ...first.board,
      pin: 2,
      photo: { name: 'cat.png', kind: 'picture', bytes: Uint8Array.of(1, 2, 3) },
      frames: Array.from({ length: frames }, (_, i) => ({ report: board(i * 10), pin: 0, maskRatio: 0.75 })),
    },
  };
}

const packed = (frames: number, most?: number): Uint8Array => packShown(state(frames), most) ?? new Uint8Array();

describe('what of a run is drawn', () => {
  it('comes back whole: samples and every board', () => {
    const { run, board: shown } = state(5);
    const { frames, photo } = shown;
    expect(readShown(packed(5))).toMatchObject({ info: run.info, frames, photo, pin: 2, latest: null });
  });

  it('is thinned out evenly where it would take too much', () => {
    const some = readShown(packed(40, 32_000));
    const steps = some?.frames.map(({ report }) => report.step) ?? [];
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.length).toBeLessThan(12);
    expect([steps[0], steps.at(-1)]).toEqual([0, 390]);
  });

  it('is nothing when another version wrote it, or it is damaged', () => {
    expect(readShown(packed(2).subarray(0, 900))).toBeNull();
    const { run } = state(1);
    expect(
      readShown(pack({ version: `${VERSION}-else`, info: run.info, frames: [], pin: 0, photo: null, latest: null })),
    ).toBeNull();
    expect(readShown(pack({ version: VERSION, info: run.info, frames: [{}], pin: 0, photo: null, latest: null }))).toBeNull();
    expect(readShown(pack({ version: VERSION, info: run.info, frames: [], pin: 0, photo: null, latest: null }))).not.toBeNull();
  });
});
