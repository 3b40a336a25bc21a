/** Keeps the trainer's run in this browser, so that a closed tab loses seconds of it and not the run. */
import { CheckpointError } from '../../base/errors.ts';
import type { Channel } from '../channel.ts';
import type { TrainerCommand, TrainerEvent } from '../protocol.ts';
import type { PageRecord } from './messages.ts';

const NOWHERE = 'This browser gives the page no place to keep runs: take yours home with Save.';

export class Keeper {
  constructor(private readonly channel: Channel<TrainerEvent, TrainerCommand>) {}

  keep(run: number, id: string | null, _page?: PageRecord): void {
    if (id !== null) this.channel.send({ type: 'keepFailed', run, id, reason: 'unavailable', message: NOWHERE });
  }

  describe(_step: number, _page: PageRecord): void {}

  keepBoard(_board: Uint8Array): void {}

  saveNow(): void {}

  /** @throws CheckpointError where there is no place to keep it */
  keepCopy(_id: string, _page?: PageRecord): never {
    throw new CheckpointError(NOWHERE);
  }

  /** @throws CheckpointError when nothing whole is kept under the id */
  resume(_id: string): never {
    throw new CheckpointError('This run is not kept in this browser any more.');
  }
}
