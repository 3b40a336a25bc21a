/** `--resume`: going on from a run file, or from nothing where there is none yet. */
import { existsSync, readFileSync } from 'node:fs';
import { BadDataError, BadSettingError, CheckpointError, messageOf } from '../../base/errors.ts';
import { differsLiveOnly } from '../../config/applies.ts';
import type { RunConfig } from '../../config/run.ts';
import { changedPaths, getSetting } from '../../config/settings.ts';
import type { Dataset } from '../../data/samples.ts';
import { currentEngine } from '../../engine/backend.ts';
import { type RunFile, readRunFile } from '../../io/runFile.ts';
import { layoutOf } from '../../io/runFiles/layout.ts';
import type { EngineSpan } from '../../io/runFiles/record.ts';
import { historyOf, type RunHistory, sameNumbers, withChanges } from '../../trainer/history.ts';
import type { Run } from '../../trainer/run.ts';

/** @returns undefined when there is no such file yet @throws BadSettingError, CheckpointError when it cannot be gone on from */
export function readResumed(file: string): RunFile | undefined {
  if (!existsSync(file)) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new BadSettingError(`--resume cannot read ${file}: ${messageOf(error)}.`);
  }
  const found = readRunFile(bytes);
  if (!found.record.halted) return found;
  throw new BadSettingError(
    `The run in ${file} broke down after step ${found.record.steps}: it would again. Start from its weights with another learning rate: --from ${file}.`,
  );
}

/** @throws BadSettingError where the command asks for another run than the file's */
export function refuseOtherRun(file: string, saved: RunConfig, asked: RunConfig): void {
  if (differsLiveOnly(saved, asked)) return;
  const paths = changedPaths(saved, asked);
  const [theirs, own] = [saved, asked].map((config) => paths.map((path) => `${path}=${getSetting(config, path)}`).join(', '));
  throw new BadSettingError(
    `${file} holds a run with ${theirs}, and the command asks for ${own}. Leave them out, or name another file.`,
  );
}

/** @throws BadDataError where the samples are not those that the run learned from */
export function refuseOtherSamples(file: string, { record }: RunFile, { name, fingerprint, train, heldOut }: Dataset): void {
  const { data } = record;
  const same =
    data.count === train.count &&
    data.heldOutCount === heldOut.count &&
    data.classes.join('\n') === train.classes.join('\n') &&
    (data.fingerprint === undefined ||
      fingerprint === undefined ||
      JSON.stringify(data.fingerprint) === JSON.stringify(fingerprint));
  if (same) return;
  throw new BadDataError(
    `The run in ${file} learned from other samples (${data.name}: ${data.count} to learn from, ${data.heldOutCount} held out) than are here (${name}: ${train.count}, ${heldOut.count}). Name the same with --data, or start anew from its weights: --from ${file}.`,
  );
}

export interface Resumed {
  history: RunHistory;
  /** What there is to say of it, for people. */
  notes: string[];
}

/**
 * Puts a run where the file's was.
 *
 * @param run of the file's settings, or of some that differ in live ones
 * @throws CheckpointError when its parameters are others
 */
export function goOn(run: Run, file: string, found: RunFile): Resumed {
  const { record, state } = found;
  const { steps } = state;
  if (record.layout !== layoutOf(run.parameters.placements)) {
    throw new CheckpointError(`The run in ${file} has other parameters than its settings make in this version of Patchwork.`);
  }
  run.restore(state);
  const before = historyOf(record, currentEngine(), steps);
  const history = withChanges(before, steps, record.config, run.config);
  const [then, now] = [record.engine, history.engine].map((spans) => spans.at(-1) as EngineSpan);
  const changes = changedPaths(record.config, run.config).map((path) => `${path}=${getSetting(run.config, path)}`);
  return {
    history,
    notes: [
      `Goes on from step ${steps} of ${run.totalSteps} in ${file}.`,
      ...(sameNumbers(then, now)
        ? []
        : [
            `It was computed on ${describe(then)}, now on ${describe(now)}: numbers will differ in the last digits from here on.`,
          ]),
      ...(changes.length === 0 ? [] : [`From here on ${changes.join(', ')}: the file says so.`]),
    ],
  };
}

function describe({ device, variant, version }: EngineSpan): string {
  return `${device}${variant === undefined ? '' : ` (${variant})`}, Patchwork ${version}`;
}
