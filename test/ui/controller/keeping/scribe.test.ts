import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultRun, type RunConfig } from '../../../../src/config/run.ts';
import type { EvaluationReport } from '../../../../src/trainer/reports.ts';
import { readPageRecord } from '../../../../src/ui/controller/keeping/pageRecord.ts';
import { Scribe } from '../../../../src/ui/controller/keeping/scribe.ts';
import { readShown } from '../../../../src/ui/controller/keeping/shown.ts';
import { RunController } from '../../../../src/ui/controller/runs.ts';
import { update } from '../../../../src/ui/store/store.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo, stepReport } from '../../fakes.ts';
import { type FakeTab, fakeTab } from './fakeTab.ts';

const config: RunConfig = defaultRun();
let tab: FakeTab;
let workplace: FakeWorkplace;
let runs: RunController;

beforeEach(() => {
  vi.useFakeTimers();
  tab = fakeTab();
  workplace = fakeWorkplace();
  runs = new RunController(workplace, 'auto');
  new Scribe(workplace, runs);
  begin();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A new run, at its start. */
function begin(): void {
  if (runs.link.isOpen) runs.restart(config);
  else runs.open(config);
  workplace.trainer.tells({ type: 'run', info: runInfo(config), cause: 'reset' });
  workplace.trainer.take();
}

function trains(to: number): void {
  const { phase, step } = workplace.store.getState().run;
  if (phase !== 'running') workplace.trainer.tells({ type: 'phase', phase: 'running', step });
  workplace.trainer.tells({ type: 'steps', steps: [stepReport(to)], memoryBytes: 1 });
}

const evaluationAt = (step: number): EvaluationReport => ({
  step,
  scores: { loss: 1 },
  pictures: 8,
  errors: {},
  maskRatioCurve: [],
  uniformDistance: 1,
});
const sent = () => workplace.trainer.take();
const keepingId = () => workplace.store.getState().keeping.id;

describe('what the trainer is told to keep', () => {
  it('is a run from its first step on, once, under an id that this tab remembers', () => {
    workplace.trainer.tells({ type: 'phase', phase: 'ready', step: 0 });
    expect(sent()).toEqual([]);
    trains(3);
    expect(sent()).toEqual([{ type: 'keep', run: 1, id: expect.stringMatching(/^[0-9a-f]{32}$/), page: expect.anything() }]);
    expect(JSON.parse(tab.session.get('patchwork-run') ?? '')).toMatchObject({
      id: keepingId(),
      step: 3,
      training: true,
      search: '?a=1',
    });
    trains(4);
    expect(sent()).toEqual([]);
  });

  it('is told again at most once a second while it changes, and at once when it pauses', () => {
    trains(3);
    sent();
    vi.advanceTimersByTime(1100);
    expect(sent()).toEqual([]);
    trains(9);
    const [told] = sent();
    expect(told).toMatchObject({ type: 'describe', run: 1, step: 9 });
    expect(readPageRecord(told?.type === 'describe' ? told.page : null).training.points.map(({ step }) => step)).toEqual([3, 9]);
    trains(10);
    expect(sent()).toEqual([]);
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 10 });
    expect(sent()).toMatchObject([{ type: 'describe', step: 10 }]);
    expect(JSON.parse(tab.session.get('patchwork-run') ?? '')).toMatchObject({ step: 10, training: false });
    // What is measured at rest is the last that is heard.
    workplace.trainer.tells({ type: 'evaluation', evaluation: evaluationAt(10) });
    expect(sent()).toEqual([]);
    vi.advanceTimersByTime(1100);
    expect(sent()).toMatchObject([{ type: 'describe', step: 10, page: { heldOut: [{ step: 10 }] } }]);
  });

  it('is everything at once when the page is hidden or goes', () => {
    trains(3);
    workplace.trainer.tells({ type: 'board', board: { kind: 'jigsaw', step: 3, samples: [] } });
    sent();
    tab.hide();
    const all = sent();
    expect(all.map(({ type }) => type)).toEqual(['describe', 'keepBoard', 'saveNow']);
    const board = all.find((command) => command.type === 'keepBoard')?.board ?? new Uint8Array();
    expect(readShown(board)?.frames.map(({ report }) => report.step)).toEqual([3]);
    tab.go();
    // The boards are there already.
    expect(sent().map(({ type }) => type)).toEqual(['describe', 'saveNow']);
  });

  it('is another run under another id, and this tab forgets the one before', () => {
    trains(3);
    const before = keepingId();
    begin();
    expect(keepingId()).toBeNull();
    expect(tab.session.size).toBe(0);
    tab.hide();
    expect(sent()).toEqual([]);
    trains(2);
    expect(sent()).toMatchObject([{ type: 'keep', run: 2 }]);
    expect(keepingId()).not.toBe(before);
  });

  it('goes on under its own id when Undo has brought it back', () => {
    trains(3);
    const before = keepingId();
    runs.restart(config, { what: 'Reset' });
    workplace.trainer.tells({ type: 'run', info: runInfo(config), cause: 'reset', left: { run: 1, step: 3 } });
    const past = runs.history.last;
    expect(past?.keeping.id).toBe(before);
    if (past === null) return;
    runs.goBack(past, {});
    workplace.trainer.tells({ type: 'run', info: runInfo(config), cause: 'returned', step: 3 });
    sent();
    workplace.trainer.tells({ type: 'phase', phase: 'paused', step: 3 });
    expect(sent()[0]).toMatchObject({ type: 'keep', run: 3, id: before });
  });

  it('leaves a finished run as it is: before it changes it is another one', () => {
    trains(3);
    workplace.trainer.tells({ type: 'phase', phase: 'finished', step: 3 });
    const before = keepingId();
    sent();
    tab.hide();
    expect(sent().map(({ type }) => type)).not.toContain('keep');
    runs.link.send({ type: 'train', run: 1 });
    expect(sent().map(({ type }) => type)).toEqual(['keep', 'train']);
    expect(keepingId()).not.toBe(before);
    trains(4);
    runs.link.send({ type: 'step', run: 1 });
    expect(sent().map(({ type }) => type)).toEqual(['step']);
  });

  it('is nothing where nothing is to be written', () => {
    update(workplace.store, 'keeping', (keeping) => ({ ...keeping, mode: 'off' }));
    trains(3);
    tab.hide();
    expect(sent()).toEqual([]);
    expect(tab.session.size).toBe(0);
  });
});
