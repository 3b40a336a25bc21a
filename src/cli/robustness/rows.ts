/** Files of rows: one line of JSON for each tested model. Lines of several jobs can simply be put together. */
import { z } from 'zod';
import { ROBUST_BASELINES, ROBUST_METHODS } from '../../config/robustMethods.ts';
import { readLines } from '../jsonLines.ts';

/** One tested model. */
export const testedRow = z.object({
  method: z.enum([...ROBUST_METHODS, ...ROBUST_BASELINES]),
  alpha: z.number().optional(),
  trainedOn: z.string(),
  seed: z.number(),
  /** Senses of the study, in the order of its subsets. */
  senses: z.string(),
  accuracy: z.array(
    z
      .number()
      .nullable()
      .transform((value) => value ?? Number.NaN),
  ),
  counts: z.array(z.number()),
  cost: z.object({ seconds: z.number(), gflop: z.number() }).optional(),
});

export type TestedRow = z.infer<typeof testedRow>;

const line = testedRow.extend({
  /** Names all that decides the numbers of a study: rows of another one do not count here. */
  study: z.string(),
});

export type SavedRow = z.infer<typeof line>;

/** @param note told of lines that are no rows, such as one that a killed job left half written */
export function readRows(files: readonly string[], note: (line: string) => void): SavedRow[] {
  return files.flatMap((file) =>
    readLines(file).flatMap((value, i) => {
      const parsed = line.safeParse(value);
      if (parsed.success) return [parsed.data];
      note(`${file}, line ${i + 1}: not a row of a robustness study, left out.`);
      return [];
    }),
  );
}
