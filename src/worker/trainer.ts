/**
 * The trainer's end of the protocol: one loop that handles what the page asked for, then does one training step or one
 * small piece of measuring, and again. Everything happens between steps, so nothing can race.
 */
import { BackendError, toErrorReport } from '../base/errors.ts';
import type { SettingValue } from '../config/field.ts';
import type { RunConfig } from '../config/run.ts';
import type { Dataset } from '../data/pictures.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import { measurePeakGflops } from '../engine/peak.ts';
import { measureMaskSaving } from '../trainer/maskSaving.ts';
import { type Channel, openChannel, type PortLike } from './channel.ts';
import { Datasets } from './datasets.ts';
import { GpuWatch } from './gpuWatch.ts';
import { Looker } from './looker.ts';
import type { Phase, Restored, RunCause, TrainerCommand, TrainerEvent } from './protocol.ts';
import { Session } from './session.ts';
import { startEngine } from './startEngine.ts';
import { StepLog } from './stepLog.ts';
import { yieldToMessages } from './yield.ts';

/** Serves a trainer on `port` for as long as the worker lives. */
export function serveTrainer(port: PortLike, environment: EngineEnvironment): void {
  void new TrainerServer(openChannel(port), environment).serve();
}

interface WantedRun {
  config: RunConfig;
  /** Safetensors of a pretrained encoder. */
  start?: Uint8Array;
}

class TrainerServer {
  private readonly waiting: TrainerCommand[] = [];
  private wake: () => void = () => {};
  private session: Session | undefined;
  private readonly datasets = new Datasets();
  private phase: Phase = 'opening';
  private readonly log: StepLog;
  private readonly looker: Looker;
  private readonly gpu: GpuWatch;
  /** The run that is being made. */
  private wanted: WantedRun | undefined;

  constructor(
    private readonly channel: Channel<TrainerEvent, TrainerCommand>,
    private readonly environment: EngineEnvironment,
  ) {
    environment.onGpuProblem = (message) => this.fail(new BackendError(`The GPU reported a problem: ${message}`));
    this.log = new StepLog(channel);
    this.looker = new Looker(channel);
    this.gpu = new GpuWatch(environment, () => this.wake());
    environment.onCompiling = (done, total) => this.channel.send({ type: 'progress', task: 'Compiling kernels', done, total });
    environment.onNotice = (message) => this.channel.send({ type: 'notice', message });
    channel.listen((command) => {
      this.waiting.push(command);
      this.wake();
    });
  }

  async serve(): Promise<never> {
    for (;;) {
      const command = this.gpu.lost ? undefined : this.waiting.shift();
      if (this.gpu.lost) await this.guard(() => this.recover(), 'fail');
      else if (command !== undefined) await this.guard(() => this.handle(command));
      else if (this.phase === 'running') await this.guard(() => this.trainOnce(), 'fail');
      else if (this.looker.underWay) await this.guard(() => this.look(), 'fail');
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      await yieldToMessages();
    }
  }

  private async handle(command: TrainerCommand): Promise<void> {
    switch (command.type) {
      case 'open':
        this.gpu.request = command.backend;
        await startEngine(command.backend, this.environment, this.channel);
        return this.reset(command, command.dataset);
      case 'reset':
        return this.reset(command, command.dataset);
      case 'train':
        return this.start();
      case 'pause':
        return this.stop('paused');
      case 'step':
        return this.guard(() => this.stepOnce(), 'fail');
      case 'profile':
        return this.guard(() => this.profile(), 'fail');
      case 'measureMasks':
        return this.measureMasks();
      case 'set':
        return this.set(command.path, command.value);
      case 'pin':
        this.current().pin(command.photo);
        this.announce('pin');
        return this.showBoard();
      case 'inspect':
        return this.inspect(command.sample);
      case 'save':
        return this.save(command.what ?? 'run');
      case 'load':
        await this.settle();
        return this.present(this.current(), 'paused', 'loaded', await this.current().load(command.bytes));
      default:
        return command satisfies never;
    }
  }

  // ---------------------------------------------------------------- making a run

  private async reset(wanted: WantedRun, dataset: Dataset | undefined): Promise<void> {
    if (dataset !== undefined) this.datasets.bring(dataset);
    this.wanted = wanted;
    const task = 'Drawing the pictures';
    const { target, source } = await this.datasets.of(wanted.config, (done, total) => {
      this.channel.send({ type: 'progress', task, done, total });
      return yieldToMessages();
    });
    await this.session?.pipeline.settle().catch(() => []);
    const next = await Session.open(wanted.config, target, source, wanted.start);
    this.session?.dispose();
    this.wanted = undefined;
    return this.present(next, 'ready', 'reset');
  }

  /** Shows a session that is new to the page. */
  private async present(session: Session, phase: Phase, cause: RunCause, restored?: Restored): Promise<void> {
    this.session = session;
    this.log.clear();
    this.announce(cause, restored);
    this.enter(phase);
    await this.showBoard();
    this.looker.begin(session, phase !== 'running');
  }

  /** The GPU is gone with all that was on it: takes a new device, or the processor, and goes on from the last snapshot. */
  private async recover(): Promise<void> {
    const { reason, request } = this.gpu.acknowledge();
    const { phase, session } = this;
    this.looker.end();
    this.enter('recovering');
    await session?.pipeline.settle().catch(() => []);
    await startEngine(request, this.environment, this.channel);
    const lost = `The graphics device was lost (${reason}).`;
    // It went away while a run was being made.
    if (this.wanted !== undefined) return this.reset(this.wanted, undefined);
    if (session === undefined) throw new BackendError(`${lost} Reload the page to start over.`);
    const revived = session.revive();
    const message = `${lost} The run goes on from step ${revived.run.steps}, its last snapshot.`;
    this.channel.send({ type: 'notice', message });
    this.looker.pace.restart();
    return this.present(revived, phase === 'running' ? 'running' : 'paused', 'recovery');
  }

  private announce(cause: RunCause, restored?: Restored): void {
    this.channel.send({ type: 'run', run: this.current().info(), cause, ...(restored && { restored }) });
  }

  // ---------------------------------------------------------------- training

  private start(): void {
    const { run } = this.current();
    this.looker.pace.restart();
    this.enter(run.steps >= run.totalSteps ? 'finished' : 'running');
  }

  private async trainOnce(): Promise<void> {
    const session = this.current();
    const started = performance.now();
    this.log.add(await session.pipeline.advance());
    this.looker.pace.countTraining(performance.now() - started);
    if (session.pipeline.finished) return this.stop('finished');
    this.log.sendIfDue();
    if (session.run.inFlight > 1 && session.snapshotIsDue) await this.takeSnapshot();
    if (this.looker.pace.boardIsDue()) await this.showBoard();
    if (this.looker.pace.mayLook()) await this.look();
  }

  private async stepOnce(): Promise<void> {
    await this.settle();
    const { run } = this.current();
    if (run.started >= run.totalSteps) return this.enter('finished');
    this.log.add(await run.step());
    return this.stop();
  }

  /** A step that has never run before compiles and records, so it is the one after it that is measured. */
  private async profile(): Promise<void> {
    await this.stepOnce();
    if (this.phase === 'finished') return;
    const { run } = this.current();
    const { report, timings } = await run.profileStep();
    this.log.add(report);
    this.channel.send({ type: 'kernels', step: report.step, timings, peakGflops: await measurePeakGflops() });
    return this.stop();
  }

  private async measureMasks(): Promise<void> {
    await this.stop();
    const { config, dataset } = this.current().run;
    const task = 'Timing masks';
    const saving = await measureMaskSaving(config, dataset, (done, total) => {
      this.channel.send({ type: 'progress', task, done, total });
      return yieldToMessages();
    });
    this.channel.send({ type: 'maskSaving', ...saving });
  }

  /** Waits for the steps under way: after it the run can be looked at, saved or changed. */
  private async settle(): Promise<void> {
    this.log.add(...((await this.session?.pipeline.settle()) ?? []));
  }

  private async takeSnapshot(): Promise<void> {
    await this.settle();
    await this.current().takeSnapshot();
  }

  /** Ends training for now, and brings everything on the page up to this step. */
  private async stop(phase?: 'paused' | 'finished'): Promise<void> {
    await this.settle();
    this.log.send();
    const { run } = this.current();
    this.enter(phase ?? (run.started >= run.totalSteps ? 'finished' : 'paused'));
    await this.showBoard();
    this.looker.begin(this.current(), true);
  }

  private async set(path: string, value: SettingValue): Promise<void> {
    const session = this.current();
    session.set(path, value);
    this.channel.send({ type: 'set', path, value, step: session.run.started, stepGflop: session.stepGflop() });
    this.looker.begin(session, this.phase !== 'running');
    const { run } = session;
    if (this.phase === 'finished' && run.steps < run.totalSteps) this.enter('paused');
    if (this.phase === 'running') this.looker.pace.hurryBoard();
    else await this.showBoard();
  }

  // ---------------------------------------------------------------- looking

  /** One small piece of measuring; while training, rounds follow one another. */
  private async look(): Promise<void> {
    await this.settle();
    await this.looker.measure(this.current());
  }

  private async showBoard(): Promise<void> {
    await this.settle();
    await this.looker.showBoard(this.current());
  }

  private async inspect(sample: number): Promise<void> {
    await this.settle();
    await this.looker.inspect(this.current(), sample);
  }

  private async save(what: 'run' | 'weights'): Promise<void> {
    await this.settle();
    this.log.send();
    const bytes = await this.current().save(what);
    this.channel.send({ type: 'saved', bytes }, [bytes.buffer as ArrayBuffer]);
  }

  // ---------------------------------------------------------------- telling

  private enter(phase: Phase): void {
    this.phase = phase;
    this.channel.send({ type: 'phase', phase, step: this.session?.run.steps ?? 0 });
  }

  private current(): Session {
    if (this.session === undefined) throw new Error('There is no run yet.');
    return this.session;
  }

  private fail(error: unknown): void {
    this.log.send();
    this.looker.end();
    this.channel.send({ type: 'error', error: toErrorReport(error) });
    this.enter('failed');
  }

  private async guard(action: () => Promise<void> | void, onError: 'report' | 'fail' = 'report'): Promise<void> {
    try {
      await action();
    } catch (error) {
      // The loop sees to it.
      if (await this.gpu.explains(error)) return;
      this.wanted = undefined;
      if (onError === 'fail') this.fail(error);
      else this.channel.send({ type: 'error', error: toErrorReport(error) });
    }
  }
}
