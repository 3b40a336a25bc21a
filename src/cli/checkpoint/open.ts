/** What a training with `--checkpoint` or `--resume` opens before its first step. */
import { BackendError } from '../../base/errors.ts';
import { asRead, type Dataset } from '../../data/samples.ts';
import { currentEngine } from '../../engine/backend.ts';
import { pinVariant } from '../../engine/gpu/pinVariant.ts';
import type { RunFile } from '../../io/runFile.ts';
import { asLearned } from '../../io/savedData.ts';
import { newHistory } from '../../trainer/history.ts';
import type { Run } from '../../trainer/run.ts';
import { type Engine, openEngine } from '../openEngine.ts';
import type { TrainOptions } from '../options.ts';
import type { Outlets } from '../outlets.ts';
import type { Signals } from '../signals.ts';
import { CheckpointFile, type CheckpointSettings } from './checkpointFile.ts';
import { goOn } from './resume.ts';
import type { KeepingParts } from './runKeeper.ts';

/** Where checkpoints go; undefined where nobody asked for any. */
export function checkpointOf({ checkpoint, resume, checkpointEvery }: TrainOptions): CheckpointSettings | undefined {
  const file = checkpoint ?? resume;
  return file === undefined ? undefined : { file, every: checkpointEvery };
}

/** The samples in the words that weights, or the run that is gone on from, know. */
export function inWordsOf(dataset: Dataset, pretrained: Uint8Array | undefined, resumed: RunFile | undefined): Dataset {
  if (resumed !== undefined) return asRead(dataset, resumed.record.data.recipe);
  return pretrained === undefined ? dataset : asLearned(pretrained, dataset);
}

/**
 * The engine that was asked for; where that is left open, the one that a run was computed on before, since no other goes on with the same
 * bits.
 *
 * @throws BackendError as `openEngine`
 */
export async function openEngineFor({ backend, resumed }: TrainOptions, { note }: Pick<Outlets, 'note'>): Promise<Engine> {
  const before = resumed?.record.engine.at(-1);
  if (before === undefined || before.backend === 'torch' || backend !== 'auto') return openEngine(backend);
  try {
    const engine = await openEngine(before.backend);
    if (before.variant !== undefined && before.device === engine.backend.label) await pinVariant(before.variant);
    return engine;
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    note(error.message);
    return openEngine('auto');
  }
}

/** Puts the run where its file was, tells of it, and locks the checkpoint. @throws BadSettingError, CheckpointError when it cannot be */
export function openCheckpoint(
  run: Run,
  { resume = '', resumed }: TrainOptions,
  { place, signals }: { place: CheckpointSettings; signals: Signals },
  { reporter, note }: Outlets,
): KeepingParts {
  const { history, notes } = resumed === undefined ? begun(run) : goOn(run, resume, resumed);
  for (const line of notes) note(line);
  if (resumed !== undefined) reporter.resumed({ file: resume, step: run.steps });
  const onSaved = (step: number): void => reporter.saved({ step, file: place.file });
  const file = new CheckpointFile(place, onSaved);
  file.sequence = resumed?.sequence ?? 0;
  return { file, signals, history, note, how: `The same command with --resume ${place.file} goes on from there.` };
}

function begun(run: Run) {
  return { history: newHistory(currentEngine(), run.steps), notes: [] };
}
