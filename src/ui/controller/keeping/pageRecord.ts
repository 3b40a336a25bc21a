/**
 * What the page wants back of a run, in numbers: its name, curves, marks, measured levels, what it cost, what it started from. It lies in the run's
 * file as JSON (`RunRecord.page`), whatever version of the page wrote it: what cannot be read is as if it had not been there.
 */
import * as z from 'zod/mini';
import type { Scores } from '../../../config/metrics.ts';
import { readConfig } from '../../../config/readConfig.ts';
import type { EvaluationReport, MaskRatioPoint } from '../../../trainer/reports.ts';
import { CURVE_POINTS, type Curve } from '../../store/curve.ts';
import type { CurvesState, HeldOutPoint } from '../../store/curves.ts';
import type { FineTuning } from '../../store/fineTune.ts';
import type { RunMark } from '../../store/marks.ts';
import type { AppState } from '../../store/store.ts';
import type { Tallied } from '../costTally.ts';

export interface PageRecord {
  /** That somebody gave it; null where it follows from what the run is. */
  name: string | null;
  training: Curve;
  heldOut: readonly HeldOutPoint[];
  marks: readonly RunMark[];
  references: Readonly<Record<string, number>>;
  /** The newest evaluation, as far as it is numbers; pictures and tables lie with the board. */
  latest: LatestRecord | null;
  cost: Tallied;
  stepMilliseconds: number | null;
  memoryBytes: number | null;
  backend: string | null;
  /** What it started from, where that were not random weights. */
  origin: string | null;
  fineTuning: FineTuning | null;
}

type LatestRecord = Pick<
  EvaluationReport,
  'step' | 'scores' | 'pictures' | 'errors' | 'maskRatioCurve' | 'uniformDistance' | 'references'
>;

/** The run that the page shows. */
export function describePage(state: AppState, cost: Tallied): PageRecord {
  const { run, curves, fineTune } = state;
  const { stepMilliseconds, memoryBytes, backend, origin } = run;
  return {
    name: state.keeping.name,
    training: curves.training,
    heldOut: curves.heldOut,
    marks: curves.marks.map((mark) => ('path' in mark ? { ...mark, time: undefined } : mark)),
    references: curves.references,
    latest: curves.latest === null ? null : latestOf(curves.latest),
    cost,
    stepMilliseconds,
    memoryBytes: memoryBytes > 0 ? memoryBytes : null,
    backend: backend?.label ?? null,
    origin,
    fineTuning: fineTune.run?.state === 'making' ? fineTune.replaced : fineTune.run,
  };
}

function latestOf({
  step,
  scores,
  pictures,
  errors,
  maskRatioCurve,
  uniformDistance,
  references,
}: EvaluationReport): LatestRecord {
  return { step, scores, pictures, errors, maskRatioCurve, uniformDistance, ...(references && { references }) };
}

/** The record as plain JSON: numbers that are none become null, arrays of numbers lists. */
export function toJson(record: PageRecord): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(record, (_, value) => (value instanceof Float32Array ? [...value] : value)));
}

// ---------------------------------------------------------------- reading

const count = z.number().check(z.nonnegative());
/** JSON writes null for what is no number. */
const measured = z.pipe(
  z.nullable(z.number()),
  z.transform((value) => value ?? Number.NaN),
);
const values = z.record(z.string(), measured);
const levels = z.record(z.string(), z.number());
const setting = z.union([z.number(), z.string(), z.boolean()]);
const training = z.object({
  bucket: z.number().check(z.positive()),
  points: z.array(z.object({ step: count, phase: count, values, count })).check(z.maxLength(4 * CURVE_POINTS)),
});
const mark = z.union([
  z.object({ step: count, until: z.optional(count), path: z.string(), from: setting, to: setting }),
  z.object({ step: count, text: z.string(), upright: z.optional(z.boolean()) }),
]);
const point = z.object({ maskRatio: z.number(), value: measured, step: count, references: z.optional(levels) });
const latest = z.object({
  step: count,
  scores: values,
  pictures: count,
  errors: values,
  maskRatioCurve: z.array(point),
  uniformDistance: measured,
  references: z.optional(levels),
});
const locality = z.object({ distances: z.array(measured), uniform: measured });
const fineTuning = z.object({ config: z.unknown(), startName: z.string(), state: z.string(), before: z.nullable(locality) });
const text = z.nullable(z.string().check(z.maxLength(500)));
const record = z.object({
  name: z.catch(text, null),
  training: z.catch(training, { bucket: 1, points: [] }),
  heldOut: z.catch(z.array(z.object({ step: count, scores: values })), []),
  marks: z.catch(z.array(mark), []),
  references: z.catch(levels, {}),
  latest: z.catch(z.nullable(latest), null),
  // A cost that was not written down is not known: no step was counted.
  cost: z.catch(z.object({ seconds: count, gflop: count, steps: count }), { seconds: 0, gflop: 0, steps: 0 }),
  stepMilliseconds: z.catch(z.nullable(count), null),
  memoryBytes: z.catch(z.nullable(count), null),
  backend: z.catch(text, null),
  origin: z.catch(text, null),
  fineTuning: z.catch(z.nullable(fineTuning), null),
});

/** What is there of it; a run without any has empty curves. */
export function readPageRecord(saved: unknown): PageRecord {
  const read = record.parse(typeof saved === 'object' && saved !== null && !Array.isArray(saved) ? saved : {});
  return {
    ...read,
    heldOut: read.heldOut.map(({ step, scores }) => ({ step, scores: scores as Scores })),
    training: read.training as Curve,
    latest: read.latest && readLatest(read.latest),
    fineTuning: read.fineTuning && readFineTuning(read.fineTuning),
  };
}

function readLatest({ references, ...found }: z.infer<typeof latest>): LatestRecord {
  const curve = found.maskRatioCurve.map(
    ({ references: beside, ...at }): MaskRatioPoint => ({ ...at, ...(beside && { references: beside }) }),
  );
  return { ...found, maskRatioCurve: curve, ...(references && { references }) };
}

function readFineTuning({ config, startName, before }: z.infer<typeof fineTuning>): FineTuning | null {
  const read = readConfig(config);
  if (read === undefined) return null;
  const distances = before && { distances: Float32Array.from(before.distances), uniform: before.uniform };
  return { config: read, startName, state: 'begun', before: distances };
}

/** The curves as the page shows them. */
export function curvesOf(page: PageRecord, before: CurvesState): CurvesState {
  const { training, heldOut, marks, references, latest } = page;
  return { ...before, training, heldOut, marks, references, latest };
}
