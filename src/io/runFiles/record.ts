/** What a run file says of its run, beside the numbers: plain data, believed only when all of it makes sense. */
import * as z from 'zod/mini';
import { CheckpointError } from '../../base/errors.ts';
import type { BackendName } from '../../config/backends.ts';
import type { SettingValue } from '../../config/field.ts';
import type { Traits } from '../../config/modalities/tokens.ts';
import { phasesOf } from '../../config/phases.ts';
import { readConfig } from '../../config/readConfig.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Fingerprint } from '../../data/fingerprint.ts';
import type { Recipe } from '../../data/samples.ts';
import { firstDuplicateKey } from '../jsonKeys.ts';
import type { StatePlace } from '../runState.ts';

/** What some steps were computed with: a backend here, or `train_patchwork.py`. */
export interface EngineSpan {
  backend: BackendName | 'torch';
  /** As people read it: "WebAssembly, 2 threads"; "PyTorch 2.4 on 4 x H100, with 10,000 samples of photos". */
  device: string;
  /** Of the matrix products, on a GPU: others add in another order. */
  variant?: string;
  /** Of Patchwork. */
  version: string;
  /** Updates done before the first with it. */
  since: number;
}

/** A setting that was changed while the run was under way: its link alone no longer tells its numbers. */
export interface LiveChange {
  /** Updates started before it. */
  step: number;
  path: string;
  from: SettingValue;
  to: SettingValue;
}

/** What it learns from. */
export interface RecordedData {
  name: string;
  /** Absent for samples that are drawn: settings and seed name them. */
  fingerprint?: Fingerprint;
  /** Samples to learn from. */
  count: number;
  heldOutCount: number;
  classes: readonly string[];
  /** What the model has to know of the samples to be built. */
  traits: Traits;
  /** Of the numbers of a sample (`Tokenizer.statistics`); empty where there are none. */
  mean: readonly number[];
  deviation: readonly number[];
  /** How samples become tokens (`Tokenizer.recipe`). */
  recipe: Recipe;
}

export interface RunRecord extends StatePlace {
  config: RunConfig;
  /** Whether it stands at a step whose loss or gradient was not finite. */
  halted: boolean;
  /** See `layoutOf`. */
  layout: number;
  /** The last one is what it ran on when it was saved; at least one. */
  engine: readonly EngineSpan[];
  data: RecordedData;
  /** What the page wants back with the run: whatever it gave. Only the page reads it. */
  page?: unknown;
  liveChanges: readonly LiveChange[];
  /** Milliseconds since 1970. */
  startedAt: number;
  savedAt: number;
}

const count = z.int().check(z.nonnegative());
const uint32 = z.int().check(z.nonnegative(), z.maximum(0xffff_ffff));
const text = z.string();
const setting = z.union([z.number(), z.string(), z.boolean()]);
const finite = z.array(z.number());
const object = z.custom<Recipe>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

const print = z.strictObject({ count, samples: uint32, labels: uint32 });
const channels = z.union([z.literal(1), z.literal(3)]);
const vocabulary = z.exactOptional(count);
const member = z.exactOptional(z.strictObject({ channels, vocabulary }));
const members = z.exactOptional(z.strictObject({ picture: member, sound: member, text: member }));

const shape = z.strictObject({
  steps: count,
  cursor: count,
  phase: count,
  optimiserSince: count,
  config: z.unknown(),
  halted: z.boolean(),
  layout: uint32,
  engine: z
    .array(
      z.strictObject({
        backend: z.enum(['webgpu', 'wasm', 'cpu', 'torch']),
        device: text,
        variant: z.exactOptional(text),
        version: text,
        since: count,
      }),
    )
    .check(z.minLength(1)),
  data: z.strictObject({
    name: text,
    fingerprint: z.exactOptional(z.strictObject({ all: print, heldOut: z.nullable(print) })),
    count,
    heldOutCount: count,
    classes: z.array(text),
    traits: z.strictObject({ channels, vocabulary, members }),
    mean: finite,
    deviation: finite,
    recipe: object,
  }),
  page: z.exactOptional(z.unknown()),
  liveChanges: z.array(z.strictObject({ step: count, path: text, from: setting, to: setting })),
  startedAt: z.number().check(z.nonnegative()),
  savedAt: z.number().check(z.nonnegative()),
});

/**
 * Settings that did not exist yet when it was written are as they were in effect then (`readConfig`).
 *
 * @param text JSON
 * @throws CheckpointError when it is not all of a record, or its numbers contradict each other
 */
export function readRecord(text: string): RunRecord {
  const found = shape.safeParse(parse(text));
  if (!found.success) throw damaged(found.error.issues[0]?.path.join('.') ?? '');
  const config = readConfig(found.data.config);
  if (config === undefined) {
    throw new CheckpointError('The settings of the run in this file are none that a run can have, so nothing was taken from it.');
  }
  const { steps, phase, optimiserSince } = found.data;
  if (phase >= phasesOf(config).length) throw damaged('phase');
  if (optimiserSince > steps) throw damaged('optimiserSince');
  return { ...found.data, config };
}

function parse(text: string): unknown {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw damaged('');
  }
  // Of two equal keys one would be taken in silence.
  if (firstDuplicateKey(text) !== undefined) throw damaged('');
  return found;
}

function damaged(where: string): CheckpointError {
  const place = where === '' ? '' : ` (${where})`;
  return new CheckpointError(
    `The run in this file is damaged: what it says of itself makes no sense${place}. Nothing was taken from it.`,
  );
}
