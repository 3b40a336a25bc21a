/**
 * Tells the trainer what to keep of the run that the page shows: under which id, and what the page wants back with it. The trainer writes, when it is due;
 * what is said here hangs on what the trainer tells, and on no timer that a hidden tab could hold up.
 */

import { now } from '../../../base/now.ts';
import { newRunId } from '../../../worker/keeping/runId.ts';
import type { TrainerCommand, TrainerEvent } from '../../../worker/protocol.ts';
import type { KeepingState } from '../../store/keeping.ts';
import { type AppState, update } from '../../store/store.ts';
import { isNewStart, type RunController } from '../runs.ts';
import type { Workplace } from '../workplace.ts';
import { copyHandles, rememberHandles } from './handles.ts';
import { describePage, toJson } from './pageRecord.ts';
import { packShown } from './shown.ts';
import { rememberRun } from './tabRun.ts';

/** What changes is told this often. */
const DESCRIBE_MILLISECONDS = 1000;
/** Boards while it trains: all of them are for the end of training. */
const RUNNING_BOARD_BYTES = 2 ** 21;

/** After these a run is not what it was. */
const CHANGING: ReadonlySet<TrainerCommand['type']> = new Set(['train', 'step', 'profile', 'set']);
const NOT_KEPT = { id: null, isKept: false, name: null, saved: null } as const;

export class Scribe {
  /** The run that the trainer was told to keep, by the number that the page gave it. */
  private told = 0;
  private describedAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isDirty = false;
  private boardSent: Pick<AppState['board'], 'frames' | 'photo'> | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
  ) {
    runs.listen((event) => this.hear(event));
    runs.link.before = (command) => this.leaveAsItIs(command);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.leave());
    // Chromium tells of both; what comes first may be the last that is heard.
    document.addEventListener('freeze', () => this.leave());
    addEventListener('pagehide', () => this.leave());
  }

  private hear(event: TrainerEvent): void {
    switch (event.type) {
      case 'run':
        if (event.cause === 'resumed') this.told = event.run;
        else if (isNewStart(event.cause)) this.forget();
        return;
      case 'steps':
      case 'set':
      case 'evaluation':
        this.isDirty = true;
        this.follow();
        return;
      case 'phase':
        this.isDirty = true;
        this.follow();
        if (event.phase === 'paused' || event.phase === 'finished') this.describe();
        if (event.phase === 'finished' && this.told !== 0) this.update({ isKept: true });
        return;
      case 'board':
        // The board of where it stopped comes after it has.
        if (this.state.run.phase !== 'running') this.sendBoard();
        return;
      case 'kept':
        if (this.state.run.phase === 'running') this.sendBoard(RUNNING_BOARD_BYTES);
        return;
      default:
    }
  }

  /** A run without steps is quickly made again: it is kept from its first one on. */
  private follow(): void {
    const { keeping, run } = this.state;
    if (keeping.mode !== 'on' || run.info === null || run.step === 0 || this.runs.isComing) return;
    if (this.told !== this.runs.newest) this.keep(keeping.id ?? newRunId());
    else if (performance.now() - this.describedAt >= DESCRIBE_MILLISECONDS) this.describe();
    // Of a run that rests nothing more may be heard.
    else this.timer ??= setTimeout(() => this.describe(), DESCRIBE_MILLISECONDS);
  }

  /** @param before that it was kept under until now, where that is another one */
  private keep(id: string, before: string | null = null): void {
    this.told = this.runs.newest;
    this.isDirty = false;
    this.update({ id });
    this.runs.link.send({ type: 'keep', run: this.told, id, page: this.page() });
    this.describedAt = performance.now();
    this.remember();
    const { run } = this.state;
    if (run.info?.config.data.dataset !== 'files') return;
    const { files = [] } = this.runs.files ?? {};
    // Of files from before the page was loaded only what was remembered is known.
    if (files.length > 0) void rememberHandles(id, files);
    else if (before !== null) void copyHandles(before, id);
  }

  /** What is kept under the id is not written over: before it changes it is another run, without its name. */
  private leaveAsItIs({ type }: TrainerCommand): void {
    const { keeping } = this.state;
    if (!keeping.isKept || keeping.mode !== 'on' || !CHANGING.has(type) || this.runs.isComing) return;
    const { id } = keeping;
    this.update(NOT_KEPT);
    this.keep(newRunId(), id);
  }

  /** Where the page shows a run that it had been told to keep no more. */
  private forget(): void {
    this.told = 0;
    this.boardSent = null;
    this.isDirty = false;
    rememberRun(null);
    this.update(NOT_KEPT);
  }

  private describe(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.isDirty || this.told !== this.runs.newest || this.told === 0) return;
    this.isDirty = false;
    this.describedAt = performance.now();
    this.runs.link.send({ type: 'describe', run: this.told, step: this.state.run.step, page: this.page() });
    this.remember();
  }

  private page(): Readonly<Record<string, unknown>> {
    return toJson(describePage(this.state, this.runs.tally.save()));
  }

  private sendBoard(mostBytes?: number): void {
    const { frames, photo } = this.state.board;
    const isSent = frames === this.boardSent?.frames && photo === this.boardSent.photo;
    if (this.told === 0 || this.told !== this.runs.newest || isSent) return;
    const board = packShown(this.state, mostBytes);
    if (board === null) return;
    this.boardSent = mostBytes === undefined ? { frames, photo } : null;
    this.runs.link.send({ type: 'keepBoard', run: this.told, board }, [board.buffer]);
  }

  /** The page is hidden, and may never be seen again. */
  private leave(): void {
    if (this.told === 0 || this.told !== this.runs.newest) return;
    this.isDirty = true;
    this.describe();
    this.sendBoard();
    this.runs.link.send({ type: 'saveNow', run: this.told });
  }

  /** Should this tab be loaded again. */
  private remember(): void {
    const { keeping, run } = this.state;
    if (keeping.id === null) return;
    const training = run.phase === 'running' || run.phase === 'recovering';
    rememberRun({ id: keeping.id, search: location.search, training, step: run.step, seenAt: now() });
  }

  private update(changes: Partial<KeepingState>): void {
    update(this.workplace.store, 'keeping', (keeping) => ({ ...keeping, ...changes }));
  }

  private get state(): AppState {
    return this.workplace.store.getState();
  }
}
