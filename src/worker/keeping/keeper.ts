/** Keeps the trainer's run in this browser, so that a tab that goes loses seconds of it. It has its turn in the trainer's loop, on no timer of the page. */
import { messageOf } from '../../base/errors.ts';
import { now } from '../../base/now.ts';
import type { Channel } from '../channel.ts';
import type { Phase, TrainerCommand, TrainerEvent } from '../protocol.ts';
import type { Session } from '../session.ts';
import { Tabs } from '../tabs.ts';
import { findKept } from './comeback.ts';
import { pageOf, type RunEntry } from './entries.ts';
import { StorageBusyError, StorageFullError } from './fileStore.ts';
import type { Comeback } from './found.ts';
import { KeepingPace } from './keepingPace.ts';
import type { KeepProblem, PageRecord } from './messages.ts';
import { FULL, GONE, LOCKED, NOWHERE, sayNotKept, sayTriedAgain } from './problems.ts';
import { NotKeptError } from './runFolder.ts';
import { newRunId } from './runId.ts';
import type { RunStore } from './runStore.ts';
import { type MadeFile, RunWriter, type Written } from './runWriter.ts';
import { SampleKeeper } from './sampleKeeper.ts';

/** What the page said last of the run that is kept. */
interface Told {
  page: PageRecord | undefined;
  /** How far that tells. */
  step: number;
  /** Whether it was written. */
  isWritten: boolean;
}

export class Keeper {
  private readonly pace = new KeepingPace();
  private readonly tabs = new Tabs(() => {});
  private opening: Promise<RunStore> | undefined;
  private writer: RunWriter | null = null;
  /** The run that the writer writes, by the number that the page gave it. */
  private run = 0;
  private told: Told = { page: undefined, step: 0, isWritten: true };
  private board: Uint8Array | null = null;
  private readonly samples = new SampleKeeper();
  /** The step that was written last; none yet. */
  private writtenStep: number | null = null;
  /** A snapshot waits for the page to tell of its step. */
  private snapshotStep: number | null = null;
  private phase: Phase = 'opening';
  private hasFailed = false;
  /** Milliseconds that the snapshot cost. */
  private cost = 0;

  /**
   * @param session the run that there is at the moment
   * @param settle waits for the steps under way, and tells the page of them
   * @param open opens the store of this browser
   */
  constructor(
    private readonly channel: Channel<TrainerEvent, TrainerCommand>,
    private readonly session: () => Session | undefined,
    private readonly settle: () => Promise<void>,
    private readonly open: () => Promise<RunStore>,
  ) {}

  /** Keeps the run under `id` from now on; null: not at all. */
  async keep(run: number, id: string | null, page?: PageRecord): Promise<void> {
    this.stop();
    if (id === null) return;
    const store = await this.store().catch(() => null);
    if (store === null) return this.fail(run, id, 'unavailable', NOWHERE);
    const writer = await RunWriter.open(store, id);
    if (writer === null) {
      this.fail(run, id, 'locked', LOCKED);
      return this.keep(run, newRunId(), page);
    }
    this.begin(run, writer, page);
    await store.purge(now()).catch(() => undefined);
    await store.limit().catch(() => undefined);
  }

  /** @param writtenStep the step that the file holds already */
  begin(run: number, writer: RunWriter, page?: PageRecord, writtenStep: number | null = null): void {
    this.stop();
    this.run = run;
    this.writer = writer;
    this.writtenStep = writtenStep;
    this.told = { page, step: 0, isWritten: page === undefined || writtenStep !== null };
    this.samples.begin(this.session()?.files);
    this.pace.begin(performance.now());
  }

  describe(step: number, page: PageRecord): void {
    this.told = { page, step, isWritten: false };
  }

  keepBoard(board: Uint8Array): void {
    this.board = board;
  }

  /** The page may be gone in a moment. */
  saveNow(): void {
    this.pace.rush();
  }

  /**
   * Writes the run as it stands now under an id of its own.
   *
   * @throws StorageFullError, or an Error where there is no place
   */
  async keepCopy(request: number, id: string, page?: PageRecord): Promise<void> {
    const session = this.current();
    const store = await this.store();
    await this.settle();
    await session.takeSnapshot();
    const writer = await RunWriter.open(store, id);
    if (writer === null) throw new StorageBusyError();
    try {
      const { bytes } = await this.writeFile(writer, session, page, { wanted: true });
      const { id: run } = session;
      const { step } = session.snapshots;
      this.channel.send({ type: 'keptCopy', run, request, id, step, savedAt: now(), bytes });
      this.tabs.tell();
    } finally {
      writer.close();
    }
  }

  // ---------------------------------------------------------------- its turn in the loop

  /** Milliseconds until there is something to write; undefined while there is nothing. @param phase of the trainer */
  dueIn(phase: Phase): number | undefined {
    const session = this.session();
    if (this.writer === null || session === undefined) return undefined;
    // Another run has taken its place.
    if (session.id !== this.run) return this.stop();
    const rests = phase !== 'running' && phase !== 'recovering';
    if (rests && phase !== this.phase) this.pace.hurry();
    this.phase = phase;
    const time = performance.now();
    if (this.snapshotStep !== null) return this.told.step >= this.snapshotStep ? 0 : this.pace.pageHas(time);
    if (this.areSamplesDue) return 0;
    if (!this.hasNews(session)) return this.board !== null && phase !== 'running' ? 0 : undefined;
    // What comes next does away with what there is.
    if (session.run.nextBeginsPhase && session.run.steps !== this.writtenStep) this.pace.hurry();
    return rests && session.run.steps !== this.writtenStep ? this.pace.restsIn(time) : this.pace.dueIn(time);
  }

  /** A snapshot first; then, when the page has told of its step, the file. */
  async work(): Promise<void> {
    const { writer } = this;
    if (writer === null) return;
    const session = this.current();
    if (this.areSamplesDue) return this.keepSamples(writer);
    const started = performance.now();
    if (this.snapshotStep === null && this.hasNews(session)) {
      await this.settle();
      await session.takeSnapshot();
      const { step } = session.snapshots;
      this.snapshotStep = step;
      this.pace.snapshotTaken(performance.now());
      this.cost = performance.now() - started;
      if (this.told.step < step && this.pace.pageHas(performance.now()) > 0) return;
    }
    try {
      if (this.snapshotStep !== null) await this.write(writer, session);
      await this.writeBoard(writer);
    } catch (error) {
      await this.onError(writer, error);
    }
  }

  // ---------------------------------------------------------------- coming back

  async find(id: string): Promise<Comeback> {
    const store = await this.store().catch(() => {
      throw new NotKeptError();
    });
    // Of this very tab: it is read as it stands now.
    if (this.writer?.id === id) await this.flush().then(() => this.stop());
    return findKept(store, id);
  }

  /** Goes on keeping a run that came back. */
  goOn(run: number, { writer, file, board, copyOf }: Comeback): void {
    this.begin(run, writer, pageOf(file.record) ?? undefined, copyOf === null ? file.record.steps : null);
    this.board = board;
  }

  /** Before another run takes its place: writes what is not written. Never a reason not to go on. */
  async flush(): Promise<void> {
    this.pace.rush();
    while (this.dueIn(this.phase) === 0) {
      try {
        await this.work();
      } catch {
        return;
      }
    }
  }

  /** Keeps nothing any more. */
  private stop(): undefined {
    this.writer?.close();
    this.writer = null;
    this.snapshotStep = null;
    this.board = null;
    this.hasFailed = false;
  }

  /** Once the run itself is there. */
  private get areSamplesDue(): boolean {
    return this.snapshotStep === null && this.writtenStep !== null && this.samples.hasNews;
  }

  /** A run without steps is quickly made again. */
  private hasNews({ run }: Session): boolean {
    return run.steps > 0 && (run.steps !== this.writtenStep || !this.told.isWritten);
  }

  private async write(writer: RunWriter, session: Session): Promise<void> {
    const started = performance.now();
    if (await writer.wouldOverwrite(session.snapshots.step)) {
      await this.keep(this.run, newRunId(), this.told.page);
      return this.pace.hurry();
    }
    const { told } = this;
    this.snapshotStep = null;
    const { bytes, wasGone } = await this.writeFile(writer, session, told.page, {});
    const isFirst = this.writtenStep === null;
    const { step } = session.snapshots;
    this.writtenStep = step;
    this.hasFailed = false;
    if (this.told === told) this.told = { ...told, isWritten: true };
    const milliseconds = this.cost + performance.now() - started;
    this.cost = 0;
    this.pace.wrote(performance.now(), milliseconds);
    if (wasGone) {
      this.samples.begin();
      this.fail(this.run, writer.id, 'gone', GONE);
    }
    this.channel.send({ type: 'kept', run: this.run, id: writer.id, step, savedAt: now(), bytes, milliseconds });
    if (isFirst || step >= session.run.totalSteps) this.tabs.tell();
  }

  private async writeFile(
    writer: RunWriter,
    session: Session,
    page: PageRecord | undefined,
    more: Partial<RunEntry>,
  ): Promise<Written> {
    const make = (sequence: number): MadeFile => session.snapshots.file(session.run, sequence, page);
    const store = await this.store();
    return store.withRoom(writer.id, () => writer.write(make, { ...this.samples.noted, ...more }));
  }

  private async keepSamples({ id }: RunWriter): Promise<void> {
    const problem = await this.samples.work(await this.store(), id).catch((error: unknown) => sayNotKept(messageOf(error)));
    if (problem !== undefined) this.fail(this.run, id, 'files', problem);
  }

  private async writeBoard(writer: RunWriter): Promise<void> {
    const { board } = this;
    this.board = null;
    if (board !== null) await writer.writeBoard(board);
  }

  private async onError(writer: RunWriter, error: unknown): Promise<void> {
    const { run, told } = this;
    const { id } = writer;
    this.pace.failed(performance.now());
    if (error instanceof StorageFullError) {
      this.stop();
      this.fail(run, id, 'full', FULL);
    } else if (error instanceof StorageBusyError) {
      this.fail(run, id, 'locked', LOCKED);
      await this.keep(run, newRunId(), told.page);
    } else if (!this.hasFailed) {
      this.hasFailed = true;
      this.fail(run, id, 'failed', sayTriedAgain(messageOf(error)));
    }
  }

  private fail(run: number, id: string, reason: KeepProblem, message: string): void {
    this.channel.send({ type: 'keepFailed', run, id, reason, message });
  }

  private current(): Session {
    const session = this.session();
    if (session === undefined) throw new Error('There is no run yet.');
    return session;
  }

  /** Opened once; a browser that refused may be asked again. */
  private store(): Promise<RunStore> {
    this.opening ??= this.open();
    this.opening.catch(() => {
      this.opening = undefined;
    });
    return this.opening;
  }
}
