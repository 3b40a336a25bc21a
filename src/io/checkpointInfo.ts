/** What a file of weights, or of a whole run, says of itself, without reading the weights. */
import { CheckpointError } from '../base/errors.ts';
import { parseConfig } from '../config/readConfig.ts';
import type { RunConfig } from '../config/run.ts';
import { type CheckpointInfo, INFO_KEYS, readStep } from './checkpoint.ts';
import { readRunFileHead } from './runFile.ts';
import type { RunRecord } from './runFiles/record.ts';
import { recordInfo } from './runFiles/recordInfo.ts';
import { RUN_KEYS } from './runFiles/versions.ts';
import { readHeader } from './safetensorsHeader.ts';

/** Of the one encoder, or of one of several. */
const STEM = /(^|\.)patch_embed\.proj\.weight$/;
/** Where the words of a model are: (vocabulary, width). */
export const WORD_TABLE = 'text.embed.weight';

export interface ReadInfo extends Pick<CheckpointInfo, 'mean' | 'deviation' | 'classes' | 'pooling' | 'heads' | 'version'> {
  /** The settings of the run that saved it; absent when the file is not ours, or does not hold a run that is possible. */
  config: RunConfig | undefined;
  step: number;
  /** What it says of its pictures (`sayOtherData`); absent when it does not. */
  data: string | undefined;
  /** How its samples become tokens (`Tokenizer.recipe`), as JSON; absent when it does not say. */
  tokens: string | undefined;
  /** Channels of the pictures that the encoder reads. */
  channels: number;
  /** Whether it holds all that the run needs to go on, beside its weights (`readRun`). */
  whole: boolean;
}

/** Of a model of words, which have no channels. */
function wordTable(entries: readonly { name: string }[]): readonly number[] | undefined {
  return entries.some(({ name }) => name === WORD_TABLE) ? [0, 1] : undefined;
}

/**
 * Files come from anywhere: settings that no run could have are not believed, and settings that did not exist when the file was
 * saved have their defaults.
 *
 * @throws NewerRunError when a newer Patchwork wrote it
 * @throws CheckpointError when it is not safetensors, or holds neither a patch embedding nor a table of words
 */
export function readCheckpointInfo(bytes: Uint8Array): ReadInfo {
  const { entries, metadata } = readHeader(bytes);
  if (metadata[RUN_KEYS.format] !== undefined) return infoOfRun(readRunFileHead(bytes).record);
  const [, channels] = entries.find(({ name }) => STEM.test(name))?.shape ?? wordTable(entries) ?? [];
  if (channels === undefined) {
    throw new CheckpointError(
      'The file has no tensor patch_embed.proj.weight: it holds no Vision Transformer with timm’s names.',
    );
  }
  return {
    config: parseConfig(metadata[INFO_KEYS.config]),
    step: readStep(metadata[INFO_KEYS.step]),
    data: metadata[INFO_KEYS.data],
    tokens: metadata[INFO_KEYS.tokens],
    channels,
    whole: metadata[INFO_KEYS.state] !== undefined,
    ...readOptional(metadata),
  };
}

/** The same of a whole run. */
function infoOfRun(record: RunRecord): ReadInfo {
  const { data, tokens, ...info } = recordInfo(record);
  return { ...info, config: record.config, data, tokens, whole: true };
}

/** Files come from anywhere: what is not as we write it is as if it were not there. */
function readOptional(metadata: Readonly<Record<string, string>>): Partial<ReadInfo> {
  const mean = readList(metadata[INFO_KEYS.mean], isNumber);
  const deviation = readList(metadata[INFO_KEYS.deviation], isNumber);
  const classes = readList(metadata[INFO_KEYS.classes], isText);
  const pooling = (['class', 'mean'] as const).find((name) => name === metadata[INFO_KEYS.pooling]);
  const heads = Number(metadata[INFO_KEYS.heads]);
  const version = metadata[INFO_KEYS.version];
  const scaled = mean !== undefined && mean.length === deviation?.length && deviation.every((value) => value > 0);
  return {
    ...(scaled ? { mean, deviation } : {}),
    ...(classes === undefined ? {} : { classes }),
    ...(pooling === undefined ? {} : { pooling }),
    ...(Number.isSafeInteger(heads) && heads > 0 ? { heads } : {}),
    ...(version !== undefined && VERSION_TEXT.test(version) ? { version } : {}),
  };
}

const VERSION_TEXT = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function readList<T>(text: string | undefined, is: (value: unknown) => value is T): T[] | undefined {
  try {
    const found: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(found) && found.length > 0 && found.every(is) ? found : undefined;
  } catch {
    return undefined;
  }
}
