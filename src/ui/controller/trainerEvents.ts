/** What each message of the trainer changes in the store. */
import type { ErrorReport } from '../../base/errors.ts';
import type { BoardReport } from '../../trainer/reports.ts';
import type { RunInfo, TrainerEvent } from '../../worker/protocol.ts';
import { startBoardOver, withFrame } from '../store/board.ts';
import { startOver, withEvaluation, withTraining } from '../store/curves.ts';
import { NO_RUN, nextProgress, withLiveSetting, withPhase, withSteps } from '../store/run.ts';
import { type AppStore, update } from '../store/store.ts';
import { notify } from './notices.ts';

export function receive(store: AppStore, event: Exclude<TrainerEvent, { type: 'saved' | 'run' }>): void {
  switch (event.type) {
    case 'backend':
      update(store, 'run', (run) => ({ ...run, backend: event.backend }));
      break;
    case 'phase':
      update(store, 'run', (run) => withPhase(run, event.phase, event.step));
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
      update(store, 'run', (run) => withLiveSetting(run, event.path, event.value));
      break;
    case 'notice':
      notify(store, 'info', event.message);
      break;
    case 'kernels':
      break;
    case 'error':
      receiveError(store, event.error);
      break;
    default:
      event satisfies never;
  }
}

/** A new run begins with empty curves and an empty board. */
export function receiveRun(store: AppStore, info: RunInfo): void {
  store.setState(({ run, curves, board, attention }) => ({
    run: { ...NO_RUN, backend: run.backend, wanted: run.wanted, memoryBytes: run.memoryBytes, info },
    curves: startOver(curves),
    board: startBoardOver(board),
    attention: { ...attention, report: null, query: 0, sample: 0 },
  }));
}

/** A photo that was pinned or taken away changes what is on the board, and nothing else. */
export function receivePinned(store: AppStore, info: RunInfo): void {
  update(store, 'run', (run) => ({ ...run, info }));
  update(store, 'attention', (attention) => ({ ...attention, report: null, sample: 0 }));
}

/** An error before there is a run leaves nothing to go on with. */
function receiveError(store: AppStore, { name, message }: ErrorReport): void {
  update(store, 'run', (run) => (run.info === null ? withPhase(run, 'failed', 0) : run));
  const isCheckpoint = name === 'CheckpointError';
  notify(store, 'error', isCheckpoint ? `The weights were not loaded. ${message} The run keeps the weights it had.` : message);
}

function receiveBoard(store: AppStore, report: BoardReport): void {
  const pinned = store.getState().run.info?.pinned ?? false;
  update(store, 'board', (board) => withFrame(board, report, pinned));
}
