/** The steps of the trainer's run, and what is looked at between them. */
import { BadDataError } from '../base/errors.ts';
import type { SettingValue } from '../config/field.ts';
import type { Sense } from '../config/modalities/names.ts';
import type { Dataset } from '../data/samples.ts';
import { measurePeakGflops } from '../engine/peak.ts';
import { learnTables } from '../trainer/learnTables.ts';
import { measureMaskSaving } from '../trainer/maskSaving.ts';
import type { NoiseLevels } from '../trainer/memberNoise.ts';
import { countWords } from '../trainer/wordCounts.ts';
import type { Channel } from './channel.ts';
import { type FindCommand, unpackQuery } from './findQuery.ts';
import { loadedDataset } from './loadedDataset.ts';
import { Looker } from './looker.ts';
import { fill, type ParcelDoor } from './parcel.ts';
import type { LeftRun, Phase, RunCause, TrainerCommand, TrainerEvent } from './protocol.ts';
import type { Session } from './session.ts';
import { StepLog } from './stepLog.ts';
import { yieldToMessages } from './yield.ts';

/** What else the page is told of a run that is new to it. */
export type RunMore = Pick<Extract<TrainerEvent, { type: 'run' }>, 'restored' | 'resumed'>;

export class Training {
  phase: Phase = 'opening';
  readonly looker: Looker;
  private readonly log: StepLog;

  /** @param session the run that there is at the moment */
  constructor(
    private readonly channel: Channel<TrainerEvent, TrainerCommand>,
    private readonly session: () => Session | undefined,
  ) {
    this.log = new StepLog(channel);
    this.looker = new Looker(channel);
  }

  /** @throws Error before there is a run */
  current(): Session {
    const session = this.session();
    if (session === undefined) throw new Error('There is no run yet.');
    return session;
  }

  /** Shows a session that is new to the page. */
  async present(phase: Phase, cause: RunCause, left: LeftRun | null, more: RunMore = {}): Promise<void> {
    this.log.clear();
    this.announce(cause, left, more);
    for (const message of this.current().takeNotes()) this.channel.send({ type: 'notice', message });
    learnTables(this.current().run, (task, done) => this.channel.send({ type: 'progress', task, done, total: 1 }));
    this.enter(phase);
    await this.showBoard();
    this.looker.begin(this.current(), phase !== 'running');
  }

  announce(cause: RunCause, left: LeftRun | null, more: RunMore = {}): void {
    const session = this.current();
    const { id: run, run: made } = session;
    const info = session.info();
    this.channel.send({ type: 'run', run, info, step: made.steps, cause, left, ...more });
  }

  enter(phase: Phase): void {
    this.phase = phase;
    const session = this.session();
    this.channel.send({ type: 'phase', run: session?.id ?? 0, phase, step: session?.run.steps ?? 0 });
  }

  start(): void {
    const { run } = this.current();
    this.looker.pace.restart();
    this.enter(run.steps >= run.totalSteps ? 'finished' : 'running');
  }

  async trainOnce(): Promise<void> {
    const session = this.current();
    const started = performance.now();
    this.log.add(await session.pipeline.advance());
    this.looker.pace.countTraining(performance.now() - started);
    if (session.pipeline.finished) return this.stop('finished');
    this.log.sendIfDue(session.id);
    if (session.run.inFlight > 1 && session.snapshots.isDue(session.run.steps)) await this.takeSnapshot();
    if (this.looker.pace.boardIsDue()) await this.showBoard();
    if (this.looker.pace.mayLook()) await this.look();
  }

  async stepOnce(): Promise<void> {
    await this.settle();
    const { run } = this.current();
    if (run.started >= run.totalSteps) return this.enter('finished');
    this.log.add(await run.step());
    return this.stop();
  }

  /** A step that has never run before compiles and records, so it is the one after it that is measured. */
  async profile(request: number): Promise<void> {
    await this.stepOnce();
    const { run, id } = this.current();
    // Nothing is left to measure.
    if (this.phase === 'finished') {
      this.channel.send({ type: 'kernels', run: id, request, step: run.steps, timings: [], peakGflops: 0 });
      return;
    }
    const { report, timings } = await run.profileStep();
    this.log.add(report);
    const peakGflops = await measurePeakGflops();
    await this.stop();
    this.channel.send({ type: 'kernels', run: id, request, step: report.step, timings, peakGflops });
  }

  async measureMasks(request: number): Promise<void> {
    await this.stop();
    const { id, run } = this.current();
    const task = 'Timing masks';
    const saving = await measureMaskSaving(run.config, run.dataset, (done, total) => {
      this.channel.send({ type: 'progress', task, done, total });
      return yieldToMessages();
    });
    this.channel.send({ type: 'maskSaving', run: id, request, ...saving });
  }

  /** Ends training for now, and brings everything on the page up to this step. */
  async stop(phase?: 'paused' | 'finished'): Promise<void> {
    await this.settle();
    this.tell();
    const { run } = this.current();
    this.enter(phase ?? (run.started >= run.totalSteps ? 'finished' : 'paused'));
    await this.showBoard();
    this.looker.begin(this.current(), true);
  }

  async set(request: number, path: string, value: SettingValue): Promise<void> {
    const session = this.current();
    session.set(path, value);
    this.channel.send({
      type: 'set',
      run: session.id,
      request,
      path,
      value,
      step: session.run.started,
      stepGflop: session.stepGflop(),
    });
    this.looker.begin(session, this.phase !== 'running');
    const { run } = session;
    if (this.phase === 'finished' && run.steps < run.totalSteps) this.enter('paused');
    if (this.phase === 'running') this.looker.pace.hurryBoard();
    else await this.showBoard();
  }

  async save(request: number, what: 'run' | 'weights'): Promise<void> {
    await this.settle();
    this.tell();
    const session = this.current();
    const bytes = await session.save(what);
    this.channel.send({ type: 'saved', run: session.id, request, bytes }, [bytes.buffer as ArrayBuffer]);
  }

  /** One small piece of measuring; while training, rounds follow one another. */
  async look(): Promise<void> {
    await this.settle();
    await this.looker.measure(this.current());
  }

  async showBoard(): Promise<void> {
    await this.settle();
    await this.looker.showBoard(this.current());
  }

  async inspect(request: number, sample: number, sense?: Sense): Promise<void> {
    await this.settle();
    await this.looker.inspect(this.current(), request, sample, sense);
  }

  async fill(request: number, ids: Int32Array, mask: Uint8Array): Promise<void> {
    await this.settle();
    await this.looker.fill(this.current(), request, ids, mask);
  }

  async answer(request: number, sample: number, noise: NoiseLevels): Promise<void> {
    await this.settle();
    await this.looker.answer(this.current(), request, sample, noise);
  }

  async find(request: number, command: FindCommand): Promise<void> {
    const query = await unpackQuery(command);
    await this.settle();
    await this.looker.find(this.current(), request, query);
  }

  countWords(request: number): void {
    const session = this.current();
    this.channel.send({ type: 'wordCounts', run: session.id, request, counts: countWords(session.run) });
  }

  /** @throws BadDataError where nobody brought samples */
  lend(request: number, door: ParcelDoor<Dataset>): void {
    const { id, files } = this.current();
    if (files === undefined) throw new BadDataError('The run does not learn from files.');
    fill(door, files, []);
    this.channel.send({ type: 'lent', run: id, request, dataset: loadedDataset(files) });
  }

  /** Waits for the steps under way: after it the run can be looked at, saved or changed. */
  async settle(): Promise<void> {
    this.log.add(...((await this.session()?.pipeline.settle()) ?? []));
  }

  /** Tells of the steps that were done. */
  tell(): void {
    const session = this.session();
    if (session !== undefined) this.log.send(session.id);
  }

  private async takeSnapshot(): Promise<void> {
    await this.settle();
    await this.current().takeSnapshot();
  }
}
