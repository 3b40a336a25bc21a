/** What happened to a run that its settings do not tell. */
import { now } from '../base/now.ts';
import type { SettingValue } from '../config/field.ts';
import type { RunConfig } from '../config/run.ts';
import { changedPaths, getSetting } from '../config/settings.ts';
import { VERSION } from '../config/version.ts';
import type { EngineInfo } from '../engine/backend.ts';
import type { EngineSpan, LiveChange, RunRecord } from '../io/runFiles/record.ts';

export type RunHistory = Pick<RunRecord, 'engine' | 'liveChanges' | 'startedAt'>;

/** Of a run that begins now. @param step updates done already, where it begins with those of a file */
export function newHistory(engine: EngineInfo, step = 0): RunHistory {
  return { engine: [{ ...engine, version: VERSION, since: step }], liveChanges: [], startedAt: now() };
}

/** Of a run that goes on from a file. @param record absent where the file did not say so much */
export function historyOf(record: RunHistory | undefined, engine: EngineInfo, step: number): RunHistory {
  if (record === undefined) return newHistory(engine, step);
  const { engine: spans, liveChanges, startedAt } = record;
  return onEngine({ engine: spans, liveChanges, startedAt }, engine, step);
}

/** The same run after it has gone on with another engine, or with the same one: then nothing changes. */
export function onEngine(history: RunHistory, engine: EngineInfo, step: number): RunHistory {
  const span: EngineSpan = { ...engine, version: VERSION, since: step };
  const before = history.engine.at(-1);
  if (before !== undefined && sameSpan(before, span)) return history;
  // Nothing was computed with the one before.
  const kept = before?.since === step ? history.engine.slice(0, -1) : history.engine;
  return { ...history, engine: [...kept, span] };
}

function sameSpan(a: EngineSpan, b: EngineSpan): boolean {
  return a.backend === b.backend && a.device === b.device && a.variant === b.variant && a.version === b.version;
}

/**
 * Whether the same step gives the same bits with both. Threads change no bit of WebAssembly's, but another device or another variant of
 * the matrix products adds in another order, and what another version computes nobody knows.
 */
export function sameNumbers(a: EngineSpan, b: EngineSpan): boolean {
  const sameDevice = a.backend !== 'webgpu' || (a.device === b.device && a.variant === b.variant);
  return a.backend === b.backend && a.version === b.version && sameDevice;
}

/** The same run after settings were changed before a step. A setting that is changed several times there has changed once. */
export function withChanges(history: RunHistory, step: number, before: RunConfig, after: RunConfig): RunHistory {
  return changedPaths(before, after).reduce(
    (changed, path) => withChange(changed, step, path, getSetting(before, path), getSetting(after, path)),
    history,
  );
}

function withChange(history: RunHistory, step: number, path: string, from: SettingValue, to: SettingValue): RunHistory {
  const isSame = (change: LiveChange): boolean => change.step === step && change.path === path;
  const first = history.liveChanges.find(isSame)?.from ?? from;
  const others = history.liveChanges.filter((change) => !isSame(change));
  return { ...history, liveChanges: first === to ? others : [...others, { step, path, from: first, to }] };
}
