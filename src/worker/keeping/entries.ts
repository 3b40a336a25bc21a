/** What is listed of kept runs, whatever version of the page wrote it. The runs' own files are what counts: an index that is lost is made anew. */
import * as z from 'zod/mini';
import { totalSteps } from '../../config/phases.ts';
import { readConfig } from '../../config/readConfig.ts';
import type { RunConfig } from '../../config/run.ts';
import type { RunRecord } from '../../io/runFiles/record.ts';
import type { PageRecord } from './messages.ts';

/**
 * `run`: it can go on; `weights`: a file of weights alone, as older versions kept them.
 */
export type EntryKind = 'run' | 'weights';

/** `damaged`: nothing of it is whole; `newer`: a newer Patchwork wrote it. */
export type EntryState = 'unfinished' | 'finished' | 'damaged' | 'newer';

export interface RunEntry {
  id: string;
  kind: EntryKind;
  state: EntryState;
  /** What somebody called it; null when nobody has. */
  name: string | null;
  /** Somebody asked for it: it makes room for no other. */
  wanted: boolean;
  /** When it was deleted, to be brought back for a while; null when it was not. */
  deletedAt: number | null;
  config: RunConfig;
  step: number;
  totalSteps: number;
  datasetName: string;
  channels: number;
  /** Where its samples lie in this browser (`dataKey`), as far as they do; null for those that are drawn. */
  data: string | null;
  /** Milliseconds since 1970. */
  startedAt: number;
  savedAt: number;
  /** Of the newest file. */
  bytes: number;
  page: PageRecord | null;
  /** Who wrote it last (`RunWriter`); null when nobody of now has. */
  writer: string | null;
}

/** Somebody asked for it, or it came to its end: it is not written over, and going on with it makes another one. */
export function isKept({ wanted, state, kind }: Pick<RunEntry, 'wanted' | 'state' | 'kind'>): boolean {
  return wanted || kind === 'weights' || state === 'finished';
}

const count = z.number().check(z.nonnegative());
const entry = z.looseObject({
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  kind: z.enum(['run', 'weights']),
  state: z.enum(['unfinished', 'finished', 'damaged', 'newer']),
  name: z.nullable(z.string()),
  wanted: z.boolean(),
  deletedAt: z.nullable(z.number()),
  step: count,
  datasetName: z.string(),
  channels: count,
  data: z.nullable(z.string()),
  startedAt: count,
  savedAt: count,
  bytes: count,
  page: z.nullable(z.record(z.string(), z.unknown())),
  writer: z.nullable(z.string()),
});

/** Undefined when it is no run that this version can show. */
export function readEntry(saved: unknown): RunEntry | undefined {
  const read = entry.safeParse(saved);
  if (!read.success) return undefined;
  const config = readConfig(read.data.config);
  return config && { ...read.data, config, totalSteps: totalSteps(config) };
}

/** What of a file's record is listed. */
export type ListedRecord = Pick<RunRecord, 'config' | 'steps' | 'data' | 'startedAt' | 'savedAt' | 'page'>;

/** Of a run as its file tells it. @param before what is known of it beside its file */
export function entryOf(id: string, record: ListedRecord, bytes: number, before?: Partial<RunEntry>): RunEntry {
  const { config, steps, data, startedAt, savedAt } = record;
  const all = totalSteps(config);
  return {
    id,
    kind: 'run',
    state: steps >= all ? 'finished' : 'unfinished',
    name: before?.name ?? null,
    wanted: before?.wanted ?? false,
    deletedAt: before?.deletedAt ?? null,
    config,
    step: steps,
    totalSteps: all,
    datasetName: data.name,
    channels: data.traits.channels,
    data: before?.data ?? null,
    startedAt,
    savedAt,
    bytes,
    page: pageOf(record),
    writer: before?.writer ?? null,
  };
}

/** What the page wanted back; null where there was nothing. */
export function pageOf({ page }: Pick<RunRecord, 'page'>): PageRecord | null {
  return typeof page === 'object' && page !== null && !Array.isArray(page) ? { ...page } : null;
}
