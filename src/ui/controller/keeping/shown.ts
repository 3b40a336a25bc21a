/**
 * What of a run is drawn and is no number of its record: samples, boards through time, tables. It is kept beside the run's file, and drawn
 * again before the engine is up. Only the version that wrote it reads it: losing it loses pictures, not the run.
 */
import * as z from 'zod/mini';
import { MODALITY_NAMES } from '../../../config/modalities.ts';
import { VERSION } from '../../../config/version.ts';
import type { EvaluationReport } from '../../../trainer/reports.ts';
import type { RunInfo } from '../../../worker/protocol.ts';
import type { BoardFrame, KeptPhoto } from '../../store/board.ts';
import type { AppState } from '../../store/store.ts';
import { thin } from '../../store/thin.ts';
import { pack, unpackData } from './packed.ts';

export interface Shown {
  info: RunInfo;
  frames: readonly BoardFrame[];
  /** Which photo is pinned now: see `BoardState.pin`. */
  pin: number;
  /** See `BoardState.photo`. */
  photo: KeptPhoto | null;
  latest: EvaluationReport | null;
}

/** Of the boards; those in between go first. */
const MOST_BYTES = 16 * 2 ** 20;

/** @param mostBytes of boards: more are thinned out evenly */
export function packShown({ run, board, curves }: AppState, mostBytes = MOST_BYTES): Uint8Array<ArrayBuffer> | null {
  const { info } = run;
  if (info === null) return null;
  const { frames, pin, photo } = board;
  const [size] = frames.slice(-1).map((frame) => pack(frame).length);
  const most = size === undefined ? 0 : Math.max(2, Math.floor(mostBytes / size));
  const kept = thin(frames, most, ({ report }) => report.step);
  return pack({ version: VERSION, info, frames: kept, pin, photo, latest: curves.latest } satisfies Shown & { version: string });
}

const bytes = z.instanceof(Uint8Array);
const gallery = z.looseObject({ modality: z.string(), pixels: bytes, count: z.number() });
const shown = z.looseObject({
  version: z.literal(VERSION),
  info: z.looseObject({ config: z.looseObject({}), board: gallery, thumbnails: gallery, tokens: z.looseObject({}) }),
  frames: z.array(
    z.looseObject({ report: z.looseObject({ kind: z.string(), step: z.number(), samples: z.array(z.unknown()) }) }),
  ),
  pin: z.number(),
  photo: z.nullable(z.object({ name: z.string(), kind: z.enum(MODALITY_NAMES), bytes })),
  latest: z.nullable(z.looseObject({ step: z.number() })),
});

/** Null when it is not whole, or another version wrote it. */
export function readShown(packed: Uint8Array): Shown | null {
  const found = unpackData(packed);
  return isShown(found) ? found : null;
}

/** The checksum says that it is what this very version wrote. */
function isShown(value: unknown): value is Shown {
  return shown.safeParse(value).success;
}
