/** What each message of the trainer changes in the store. */

import type { ErrorReport } from '../../base/errors.ts';
import { factsOf } from '../../config/objectives.ts';
import { getSetting } from '../../config/settings.ts';
import type { MaskSaving } from '../../trainer/maskSaving.ts';
import type { BoardReport } from '../../trainer/reports.ts';
import type { Phase, RunCause, RunInfo, TrainerEvent } from '../../worker/protocol.ts';
import { senseLookedAt } from '../modalities/looked.ts';
import { boardUntil, startBoardOver, withFrame } from '../store/board.ts';
import { curvesUntil, startOver, withEvaluation, withRunMark, withTraining } from '../store/curves.ts';
import { kernelReport, kernelsInPhase, NOT_MEASURED } from '../store/kernels.ts';
import { NO_RUN, nextProgress, withLiveSetting, withPhase, withSteps } from '../store/run.ts';
import { selectConfig } from '../store/selectors.ts';
import { type AppStore, update } from '../store/store.ts';
import { notify } from './notices.ts';

export function receive(store: AppStore, event: Exclude<TrainerEvent, { type: 'run' }>): void {
  switch (event.type) {
    case 'backend':
      update(store, 'run', (run) => ({ ...run, backend: event.backend }));
      break;
    case 'phase':
      receivePhase(store, event.phase, event.step);
      break;
    case 'steps':
      update(store, 'run', (run) => withSteps(run, event.steps, event.memoryBytes));
      update(store, 'curves', (curves) => withTraining(curves, event.steps));
      break;
    case 'evaluation':
      update(store, 'curves', (curves) => withEvaluation(curves, event.evaluation));
      break;
    case 'board':
      receiveBoard(store, event.board);
      break;
    case 'attention':
      update(store, 'attention', (attention) => ({ ...attention, report: event.attention }));
      break;
    case 'progress':
      update(store, 'run', (run) => ({ ...run, progress: nextProgress(run.progress, event, performance.now()) }));
      break;
    case 'set':
      receiveSetting(store, event);
      break;
    case 'notice':
      notify(store, 'info', event.message, { stays: true });
      break;
    case 'maskSaving':
      receiveMaskSaving(store, event);
      break;
    case 'kernels':
      // None when no step was left to measure.
      if (event.timings.length > 0) update(store, 'kernels', () => ({ measuring: false, report: kernelReport(event) }));
      break;
    case 'saved':
    case 'filled':
    case 'answered':
    case 'found':
    case 'wordCounts':
    case 'lent':
    case 'keptCopy':
      // For whoever asked.
      break;
    case 'kept':
    case 'keepFailed':
      // Nothing of the run's changes.
      break;
    case 'error':
      receiveError(store, event.error);
      break;
    default:
      event satisfies never;
  }
}

/** What the page keeps when it is told of a run depends on why it is told. */
export function receiveRun(store: AppStore, info: RunInfo, step: number, cause: RunCause): void {
  switch (cause) {
    case 'reset':
    case 'returned':
    case 'loaded':
    case 'resumed':
      startOverWith(store, info, step);
      break;
    case 'pin':
      update(store, 'run', (run) => ({ ...run, info }));
      update(store, 'attention', (attention) => ({ ...attention, report: null, sample: 0 }));
      break;
    case 'recovery':
      // Another engine has another pace.
      update(store, 'run', (run) => ({ ...run, info, stepMilliseconds: null, measuringMasks: false }));
      update(store, 'kernels', (kernels) => ({ ...kernels, measuring: false }));
      break;
    default:
      cause satisfies never;
  }
}

/** A new run begins with empty curves and an empty board, and so do other weights. */
function startOverWith(store: AppStore, info: RunInfo, step: number): void {
  store.setState(({ run, curves, board, attention, notices }) => ({
    run: { ...NO_RUN, backend: run.backend, wanted: run.wanted, memoryBytes: run.memoryBytes, info, step },
    curves: startOver(curves, run.info === null ? undefined : factsOf(run.info.config).metrics.explorer),
    board: startBoardOver(board),
    attention: { ...attention, report: null, query: 0, sample: 0, sense: senseLookedAt(info, attention.sense) },
    kernels: NOT_MEASURED,
    notices: notices.filter(({ untilRun }) => untilRun !== true),
  }));
}

/** The curves remember where it was, and what it was before. */
function receiveSetting(store: AppStore, event: Extract<TrainerEvent, { type: 'set' }>): void {
  const { path, value: to, step } = event;
  const { info } = store.getState().run;
  update(store, 'run', (run) => withLiveSetting(run, event));
  if (info === null) return;
  const mark = { step, path, from: getSetting(info.config, path), to, time: performance.now() };
  update(store, 'curves', (curves) => withRunMark(curves, mark));
}

/** A run that stands earlier than it stood (older weights, a lost GPU) has no history beyond that. */
function receivePhase(store: AppStore, phase: Phase, step: number): void {
  if (step < store.getState().run.step) {
    update(store, 'curves', (curves) => curvesUntil(curves, step));
    update(store, 'board', (board) => boardUntil(board, step));
  }
  const { phase: before, backend } = store.getState().run;
  if (before === 'recovering' && phase !== 'failed') {
    update(store, 'curves', (curves) =>
      withRunMark(curves, { step, text: `brought back on ${backend?.label ?? 'another engine'}` }),
    );
  }
  update(store, 'run', (run) => withPhase(run, phase, step));
  update(store, 'kernels', (kernels) => kernelsInPhase(kernels, phase));
}

/** An error before there is a run leaves nothing to go on with. */
function receiveError(store: AppStore, { name, message }: ErrorReport): void {
  update(store, 'run', (run) => ({ ...(run.info === null ? withPhase(run, 'failed', 0) : run), measuringMasks: false }));
  update(store, 'kernels', (kernels) => ({ ...kernels, measuring: false }));
  const isCheckpoint = name === 'CheckpointError';
  const text = isCheckpoint ? `The weights were not loaded. ${message} The run keeps the weights it had.` : message;
  notify(store, 'error', text, { untilRun: true });
}

function receiveBoard(store: AppStore, report: BoardReport): void {
  const state = store.getState();
  const pinned = state.run.info?.pinned ?? false;
  update(store, 'board', (board) => withFrame(board, report, pinned, selectConfig(state).task.maskRatio));
}

function receiveMaskSaving(store: AppStore, { masks, pictures, together, apart }: MaskSaving): void {
  const maskSaving = { masks, pictures, together, apart };
  update(store, 'run', (run) => ({ ...run, maskSaving, measuringMasks: false }));
}
