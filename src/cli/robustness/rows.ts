/** Files of rows: one line of JSON for each tested model. Lines of several jobs can simply be put together. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { ROBUST_BASELINES, ROBUST_METHODS } from '../../trainer/robustness/plan.ts';

const line = z.object({
  /** Names all that decides the numbers of a study: rows of another one do not count here. */
  study: z.string(),
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

export type SavedRow = z.infer<typeof line>;

/** @param note told of lines that are no rows, such as one that a killed job left half written */
export function readRows(files: readonly string[], note: (line: string) => void): SavedRow[] {
  return files.filter(existsSync).flatMap((file) =>
    linesOf(file).flatMap((text, i) => {
      const parsed = line.safeParse(parseJson(text));
      if (parsed.success) return [parsed.data];
      note(`${file}, line ${i + 1}: not a row of a robustness study, left out.`);
      return [];
    }),
  );
}

/** One write: lines of jobs that share a file do not mix. */
export function appendRow(file: string, row: SavedRow): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // Half a line that a killed job left does not spoil this one.
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  appendFileSync(file, `${separator}${JSON.stringify(row)}\n`);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((text) => text.trim() !== '');
  } catch (error) {
    throw new BadSettingError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
