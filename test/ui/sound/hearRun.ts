/** A run on built-in sounds, with what its board shows. */

import type { ObjectiveName } from '../../../src/config/objectives.ts';
import { startingRun } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import type { Gallery } from '../../../src/data/gallery.ts';
import { type SoundSet, synthesisedSet } from '../../../src/data/sound/soundSet.ts';
import { SoundTokenizer } from '../../../src/data/sound/soundTokenizer.ts';
import type { RunInfo } from '../../../src/worker/protocol.ts';
import { runInfo } from '../fakes.ts';

export interface HeardRun {
  info: RunInfo;
  board: Gallery;
  /** -1 to 1, of clip `index` of the board. */
  waveform(index: number): Float32Array;
}

export function soundRun(objective: ObjectiveName, sound: Partial<RunConfig['sound']> = {}): HeardRun {
  const start = startingRun({ dataset: 'syllables', modality: 'picture' }, objective);
  const config = { ...start, sound: { ...start.sound, ...sound } };
  const set: SoundSet = synthesisedSet({ set: 'syllables', seed: 1, split: 'train' }, config.sound.seconds, 4, [
    'a',
    'b',
    'c',
    'd',
  ]);
  const tokenizer = new SoundTokenizer(config, set);
  const board = tokenizer.gallery(set);
  const info = { ...runInfo(config), tokens: tokenizer.tokens, board, thumbnails: board, classes: set.classes };
  const waveform = (index: number): Float32Array => {
    const { samples, starts } = board.sound ?? { samples: new Int16Array(), starts: new Uint32Array() };
    return Float32Array.from(samples.subarray(starts[index], starts[index + 1]), (sample) => sample / 32_768);
  };
  return { info, board, waveform };
}
