import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../../../src/config/run.ts';
import { curvesOf, describePage, readPageRecord, toJson } from '../../../../src/ui/controller/keeping/pageRecord.ts';
import { appendSteps, EMPTY_CURVE } from '../../../../src/ui/store/curve.ts';
import { NO_CURVES } from '../../../../src/ui/store/curves.ts';
import { type AppState, firstState } from '../../../../src/ui/store/store.ts';
import { stepReport } from '../../fakes.ts';

const cost = { seconds: 12.5, gflop: 3, steps: 300 };

function shown(): AppState {
  const state = firstState();
  const steps = Array.from({ length: 300 }, (_, i) => stepReport(i + 1));
  return {
    ...state,
    run: { ...state.run, step: 300, stepMilliseconds: 9, memoryBytes: 5, origin: 'mae.safetensors' },
    curves: {
      ...state.curves,
      training: appendSteps(EMPTY_CURVE, steps),
      heldOut: [{ step: 300, scores: { loss: 2, cosine: Number.NaN } }],
      references: { 'content only': 0.2 },
      marks: [
        { step: 20, path: 'task.maskRatio', from: 0.75, to: 0.4, time: 1234 },
        { step: 100, text: 'went on with WebAssembly', upright: true },
      ],
      latest: {
        step: 300,
        scores: { loss: 2, cosine: Number.NaN },
        pictures: 256,
        errors: { loss: 0.1 },
        maskRatioCurve: [{ maskRatio: 0.5, value: 0.3, step: 300 }],
        uniformDistance: 1.9,
        confusion: { of: 'positions', counts: new Uint32Array(4), side: 2 },
      },
    },
    fineTune: {
      ...state.fineTune,
      run: {
        config: defaultRun(),
        startName: 'a kept run',
        state: 'begun',
        before: { distances: Float32Array.of(1, 2), uniform: 1.9 },
      },
    },
    keeping: { ...state.keeping, name: 'Ours' },
  };
}

const written = (): unknown => JSON.parse(JSON.stringify(toJson(describePage(shown(), cost))));

describe('the record of the page', () => {
  it('brings back numbers, curves, marks and where the run came from', () => {
    const read = readPageRecord(written());
    const { curves, fineTune } = shown();
    expect(read).toMatchObject({ name: 'Ours', cost, stepMilliseconds: 9, memoryBytes: 5, origin: 'mae.safetensors' });
    expect(read.fineTuning).toEqual(fineTune.run);
    const { confusion, ...latest } = curves.latest ?? {};
    expect(confusion).toBeDefined();
    const marks = curves.marks.map((mark) => ('path' in mark ? { step: 20, path: mark.path, from: 0.75, to: 0.4 } : mark));
    expect(curvesOf(read, NO_CURVES)).toEqual({ ...curves, latest, marks });
  });

  it('is small: it is told once a second', () => {
    expect(JSON.stringify(written()).length).toBeLessThan(60_000);
  });

  it('leaves out what it cannot read, and no more', () => {
    const wrong = { ...(written() as object), heldOut: [{ step: 'ten' }], cost: { seconds: -1 }, fineTuning: { config: {} } };
    const read = readPageRecord(wrong);
    expect(read).toMatchObject({ name: 'Ours', heldOut: [], cost: { seconds: 0, gflop: 0, steps: 0 }, fineTuning: null });
    expect(read.training.points.length).toBeGreaterThan(100);
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    { training: null },
    JSON.parse('{"__proto__": {"polluted": 1}, "marks": [{"step": 1}]}'),
  ])('has empty curves where there is none: %j', (saved) => {
    expect(curvesOf(readPageRecord(saved), NO_CURVES)).toEqual(NO_CURVES);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
