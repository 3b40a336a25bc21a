/**
 * Runs that versions until 0.4 kept as they lie in the browser's database, whatever version of the page wrote them. Fetched with the database. What a version
 * did not know yet is unknown; a run whose settings cannot be read is no run.
 */
import * as z from 'zod/mini';
import { CARD_SIZES } from '../../config/figures/card.ts';
import { readConfig } from '../../config/readConfig.ts';
import type { RobustnessReport } from '../store/robustness.ts';
import type { KeptRun } from '../store/runs.ts';
import type { StudyReport } from '../store/study.ts';
import type { CardReport, SweepReport } from '../store/sweep.ts';

const count = z.number().check(z.nonnegative());
/** A score that nothing could be measured for is no number. */
const values = z.record(z.string(), z.union([z.number(), z.nan()]));
const cost = z.object({ seconds: z.number(), gflop: z.number() });
const trainingPoint = z.looseObject({ step: count, phase: count, values, count });
const heldOutPoint = z.looseObject({ step: count, scores: values });
const setting = z.union([z.number(), z.string(), z.boolean()]);
const mark = z.union([
  z.object({ step: count, until: z.optional(count), path: z.string(), from: setting, to: setting }),
  z.object({ step: count, text: z.string() }),
]);

const record = z.looseObject({
  id: z.number(),
  name: z.string(),
  datasetName: z.catch(z.string(), 'unknown data'),
  channels: z.catch(count, 3),
  step: count,
  scores: z.catch(values, {}),
  scoresStep: z.catch(count, 0),
  curves: z.catch(
    z.object({
      training: z.array(trainingPoint),
      heldOut: z.array(heldOutPoint),
      marks: z.optional(z.catch(z.array(mark), [])),
    }),
    { training: [], heldOut: [] },
  ),
  cost: z.catch(z.nullable(cost), null),
  stepMilliseconds: z.catch(z.nullable(z.number()), null),
  memoryBytes: z.catch(z.nullable(z.number()), null),
  backend: z.catch(z.nullable(z.string()), null),
  keptAt: z.catch(z.number(), 0),
  weightsBytes: z.catch(count, 0),
});

/** A run of then; its id was a number, and its file held weights alone. */
export type OldRun = Omit<KeptRun, 'id' | 'kind' | 'standing' | 'totalSteps' | 'bytes'> & { id: number };

/** Null when it is no run that this version can show. */
export function readKeptRun(saved: unknown): OldRun | null {
  const read = record.safeParse(saved);
  if (!read.success) return null;
  const config = readConfig(read.data.config);
  // Curves and scores have the names of then: what this version does not know, it does not draw.
  return config === undefined ? null : { ...read.data, config };
}

const study = z.looseObject({
  contenders: z.array(z.looseObject({ name: z.string(), pretrained: z.boolean() })),
  protocols: z.array(z.string()),
  sizes: z.array(z.number()),
  seeds: z.array(z.number()),
  datasetName: z.string(),
  total: z.number(),
  results: z.array(z.looseObject({ protocol: z.string(), accuracy: z.number() })),
  outcome: z.enum(['running', 'stopped', 'failed', 'finished']),
});

/** Undefined when there is none, or none that this version can show. */
export function readStudy(saved: unknown): StudyReport | undefined {
  return study.safeParse(saved).success ? (saved as StudyReport) : undefined;
}

const robustness = z.looseObject({
  key: z.string(),
  asked: z.looseObject({
    methods: z.array(z.string()),
    baselines: z.array(z.string()),
    alphas: z.array(z.number()),
    seeds: z.array(z.number()),
    labelsPerClass: z.number(),
  }),
  startName: z.string(),
  senses: z.array(z.string()),
  devices: z.array(z.string()),
  rows: z.array(
    z.looseObject({
      method: z.string(),
      trainedOn: z.string(),
      seed: z.number(),
      accuracy: z.array(z.union([z.number(), z.nan()])),
      counts: z.array(z.number()),
    }),
  ),
  outcome: z.enum(['running', 'stopped', 'failed', 'finished']),
});

/** The same for a study of what remains without some senses. */
export function readRobustness(saved: unknown): RobustnessReport | undefined {
  return robustness.safeParse(saved).success ? (saved as RobustnessReport) : undefined;
}

const points = z.looseObject({
  datasetName: z.string(),
  results: z.array(
    z.looseObject({ key: z.string(), version: z.number(), at: z.record(z.string(), setting), seed: z.number(), values }),
  ),
  skipped: z.array(z.string()),
  outcome: z.enum(['running', 'stopped', 'failed', 'finished']),
});

const sweep = z.extend(points, {
  sweep: z.looseObject({
    axes: z.array(z.looseObject({ path: z.string(), values: z.array(setting) })),
    seeds: z.array(z.number()),
  }),
});

const card = z.extend(points, { sweep: z.looseObject({ card: z.string(), size: z.enum(CARD_SIZES), files: z.boolean() }) });

/** The same for the run of a card of a paper. */
export function readCard(saved: unknown): CardReport | undefined {
  return card.safeParse(saved).success ? (saved as CardReport) : undefined;
}

/** The same for a sweep, whose base has to be a run that is still possible. */
export function readSweep(saved: unknown): SweepReport | undefined {
  const read = sweep.safeParse(saved);
  if (!read.success) return undefined;
  const report = saved as SweepReport;
  const base = readConfig(report.sweep.base);
  return base === undefined ? undefined : { ...report, sweep: { ...report.sweep, base } };
}
