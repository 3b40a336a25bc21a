/** Files of results: one line of JSON for each finished unit. Lines of several files can simply be put together. */
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { SWEEP_BASELINES } from '../../config/sweep/sweep.ts';
import { writeAtomic } from '../atomicFile.ts';
import { appendLine, readLines } from '../jsonLines.ts';
import { testedRow } from '../robustness/rows.ts';

const cost = z.object({ seconds: z.number(), gflop: z.number() });

const fit = z.object({
  testLoss: z.number(),
  trainLoss: z.number(),
  trainSamples: z.number(),
  distance: z.number(),
  relativeDistance: z.number(),
});

/** NaN, where a head has no distance, is null in JSON. */
const distances = z.array(
  z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
);

const locality = z.object({
  before: distances,
  after: distances,
  depth: z.number(),
  heads: z.number(),
  uniform: z.number(),
});

const line = z.object({
  /** `RESULTS_VERSION` of the program that wrote it; 0 of those that did not say. */
  version: z.number().default(0),
  key: z.string(),
  experiment: z.string(),
  seed: z.number(),
  /** Null when there was none, or nobody measured it. */
  pretraining: cost.nullable(),
  backend: z.string(),
  results: z.array(
    z.object({
      protocol: z.string(),
      /** Of a unit with ensembles: which member, or which of them together. */
      contender: z.string().optional(),
      /** Of an ensemble: what each member gets right alone, in the order of its name. */
      alone: z.array(z.number()).optional(),
      /** Of a unit with ensembles: of all pretraining behind it; null when there was none, or nobody measured it. */
      pretraining: cost.nullable().optional(),
      labelsPerClass: z.number(),
      accuracy: z.number(),
      /** Of the accuracy, over test pictures. */
      standardError: z.number().optional(),
      testPictures: z.number(),
      /** Of fine-tuning (`Fit`). */
      fit: fit.optional(),
      /** Where heads look, (depth, heads), before fine-tuning and after (`Locality`). */
      locality: locality.optional(),
      ...cost.shape,
    }),
  ),
  /** Where it stands in a sweep. */
  sweep: z
    .object({
      of: z.string(),
      at: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      baseline: z.enum(SWEEP_BASELINES).optional(),
      step: z.number().optional(),
    })
    .optional(),
  /** Of the pretraining on held-out samples, by metric; null what nothing was asked of. */
  scores: z.record(z.string(), z.number().nullable()).optional(),
  /** Median of its steps. */
  stepMilliseconds: z.number().optional(),
  /** The most memory that one of its steps takes, weights and optimiser included: MB of 2^20 bytes. */
  stepMegabytes: z.number().optional(),
  /** Of a robustness study, in place of `results`. */
  rows: z.array(testedRow).optional(),
  /** Why there is no result. Such a unit is run again. */
  error: z.string().optional(),
});

export type UnitResult = z.infer<typeof line>;

/**
 * Results of all files, each key once, the first one of it that has not failed; files that do not exist have none.
 *
 * @param note told of lines that are no results, such as one that a killed job left half written
 * @throws BadSettingError when a file cannot be read
 */
export function readResults(files: readonly string[], note: (line: string) => void): UnitResult[] {
  const found = new Map<string, UnitResult>();
  for (const file of files) {
    for (const [i, value] of readLines(file).entries()) {
      const parsed = line.safeParse(value);
      if (!parsed.success) note(`${file}, line ${i + 1}: not a result, left out.`);
      else if (found.get(parsed.data.key)?.error !== undefined || !found.has(parsed.data.key))
        found.set(parsed.data.key, parsed.data);
    }
  }
  return [...found.values()];
}

/** A sentence on results that another version wrote, once for all; empty when there are none. */
export function describeVersions(results: readonly UnitResult[]): string {
  const others = results.filter(({ version }) => version !== RESULTS_VERSION).length;
  if (others === 0) return '';
  return `${others} of the results are of another version of Patchwork, which may compute other numbers: they stay in the file and are not taken for finished.`;
}

export function appendResult(file: string, result: UnitResult): void {
  appendLine(file, result);
}

/** @throws BadSettingError when the file cannot be written */
export function writeResults(file: string, results: readonly UnitResult[]): void {
  try {
    writeAtomic(file, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  } catch (error) {
    throw new BadSettingError(`--out cannot write ${file}: ${messageOf(error)}.`);
  }
}
