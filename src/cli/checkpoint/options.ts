/** Options of commands that write checkpoints. */
import type { Option } from '../arguments.ts';
import { counting, numberIn, secondsIn } from '../numbers.ts';
import { AGAIN } from '../signals.ts';

export interface CheckpointOptions {
  /** Seconds between two writes. */
  checkpointEvery: number;
  /** Exit code after SIGUSR1. */
  requeueExit: number;
}

export const CHECKPOINT_DEFAULTS: CheckpointOptions = { checkpointEvery: 60, requeueExit: AGAIN };

export const CHECKPOINT_OPTIONS = {
  'checkpoint-every': {
    value: 'TIME',
    help: 'How often, such as 30s, 5m or 1h (default 60s); at most 2 % of the time is spent on it.',
    read: (draft, text) => {
      draft.checkpointEvery = secondsIn('--checkpoint-every', text);
    },
  },
  'requeue-exit': {
    value: 'N',
    help: `Exit code after SIGUSR1 and a checkpoint (default ${AGAIN}): what the scheduler takes for "run me again".`,
    read: (draft, text) => {
      draft.requeueExit = numberIn('--requeue-exit', counting(0, 255), text);
    },
  },
} as const satisfies Record<string, Option<CheckpointOptions>>;
