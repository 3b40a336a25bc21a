/**
 * The trainer's end of the protocol: one loop that handles what the page asked for, then does one training step or one
 * small piece of measuring, and again. Everything happens between steps, so nothing can race.
 */
import { BackendError, toErrorReport } from '../base/errors.ts';
import type { SettingValue } from '../config/field.ts';
import type { RunConfig } from '../config/run.ts';
import { checkSetting, fieldAt } from '../config/settings.ts';
import type { Dataset } from '../data/pictures.ts';
import { type BackendRequest, selectBackend } from '../engine/backend.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import { backendBytes } from '../engine/memory.ts';
import type { EvaluationReport, StepReport } from '../trainer/reports.ts';
import { type Channel, openChannel, type PortLike } from './channel.ts';
import { Datasets } from './datasets.ts';
import { LookingPace } from './lookingPace.ts';
import type { Phase, TrainerCommand, TrainerEvent } from './protocol.ts';
import { Session } from './session.ts';
import { yieldToMessages } from './yield.ts';

/** Steps are reported together, this often. */
const REPORT_EVERY_MS = 100;
type Evaluation = AsyncGenerator<EvaluationReport | undefined, void, void>;

/** Serves a trainer on `port` for as long as the worker lives. */
export function serveTrainer(port: PortLike, environment: EngineEnvironment): void {
  const server = new TrainerServer(openChannel(port), environment);
  void server.serve();
}

class TrainerServer {
  private readonly waiting: TrainerCommand[] = [];
  private wake: () => void = () => {};
  private session: Session | undefined;
  private readonly datasets = new Datasets();
  private phase: Phase = 'opening';
  private steps: StepReport[] = [];
  private lastReport = 0;
  private readonly pace = new LookingPace();
  private evaluation: Evaluation | undefined;

  constructor(
    private readonly channel: Channel<TrainerEvent, TrainerCommand>,
    private readonly environment: EngineEnvironment,
  ) {
    this.environment.onGpuProblem = (message) => this.fail(new BackendError(`The GPU reported a problem: ${message}`));
    channel.listen((command) => {
      this.waiting.push(command);
      this.wake();
    });
  }

  async serve(): Promise<never> {
    for (;;) {
      const command = this.waiting.shift();
      if (command !== undefined) await this.guard(() => this.handle(command));
      else if (this.phase === 'running') await this.guard(() => this.trainOnce(), 'fail');
      else if (this.evaluation !== undefined) await this.guard(() => this.look(), 'fail');
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
        await this.openBackend(command.backend);
        return this.reset(command.config, command.dataset);
      case 'reset':
        return this.reset(command.config, command.dataset);
      case 'train':
        return this.start();
      case 'pause':
        return this.stop('paused');
      case 'step':
        return this.stepOnce();
      case 'set':
        return this.set(command.path, command.value);
      case 'pin':
        this.current().pin(command.photo);
        this.announce();
        return this.showBoard();
      case 'inspect':
        return this.inspect(command.sample);
      case 'save':
        return this.save();
      case 'load':
        this.current().load(command.bytes);
        return this.stop('paused');
      default:
        return command satisfies never;
    }
  }

  // ---------------------------------------------------------------- making a run

  private async openBackend(request: BackendRequest): Promise<void> {
    this.channel.send({ type: 'progress', task: 'Starting the engine', done: 0, total: 1 });
    try {
      this.channel.send({ type: 'backend', backend: await selectBackend(request, this.environment) });
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      // Asked for by name and not to be had: say so, and train on what there is.
      this.reportError(error);
      this.channel.send({ type: 'backend', backend: await selectBackend('auto', this.environment) });
    }
    this.channel.send({ type: 'progress', task: 'Starting the engine', done: 1, total: 1 });
  }

  private async reset(config: RunConfig, dataset: Dataset | undefined): Promise<void> {
    if (dataset !== undefined) this.datasets.bring(dataset);
    const task = 'Drawing the pictures';
    const data = await this.datasets.of(config, (done, total) => {
      this.channel.send({ type: 'progress', task, done, total });
      return yieldToMessages();
    });
    const next = new Session(config, data);
    this.session?.dispose();
    this.session = next;
    this.steps = [];
    this.announce();
    this.enter('ready');
    await this.showBoard();
    this.evaluation = next.observer.evaluate();
  }

  private announce(): void {
    this.channel.send({ type: 'run', run: this.current().info() });
  }

  // ---------------------------------------------------------------- training

  private start(): void {
    const { run } = this.current();
    if (run.steps >= run.config.optimiser.steps) {
      this.enter('finished');
      return;
    }
    this.pace.restart();
    this.lastReport = performance.now();
    this.enter('running');
  }

  private async trainOnce(): Promise<void> {
    const { run } = this.current();
    const started = performance.now();
    this.steps.push(await run.step());
    this.pace.countTraining(performance.now() - started);
    if (run.steps >= run.config.optimiser.steps) return this.stop('finished');
    if (performance.now() - this.lastReport >= REPORT_EVERY_MS) this.reportSteps();
    if (this.pace.boardIsDue()) await this.showBoard();
    if (this.pace.mayLook()) await this.look();
  }

  private async stepOnce(): Promise<void> {
    const { run } = this.current();
    if (run.steps >= run.config.optimiser.steps) return this.enter('finished');
    try {
      this.steps.push(await run.step());
    } catch (error) {
      return this.fail(error);
    }
    return this.stop(run.steps >= run.config.optimiser.steps ? 'finished' : 'paused');
  }

  /** Ends training for now, and brings everything on the page up to this step. */
  private async stop(phase: 'paused' | 'finished'): Promise<void> {
    this.reportSteps();
    this.enter(phase);
    await this.showBoard();
    this.evaluation = this.current().observer.evaluate();
  }

  private async set(path: string, value: SettingValue): Promise<void> {
    const session = this.current();
    const problem = checkSetting(path, value);
    if (problem !== undefined || fieldAt(path)?.applies !== 'live') {
      throw new Error(problem ?? `${path} cannot change during a run.`);
    }
    session.set(path, value);
    this.channel.send({ type: 'set', path, value });
    this.evaluation = session.observer.evaluate();
    const { run } = session;
    if (this.phase === 'finished' && run.steps < run.config.optimiser.steps) this.enter('paused');
    if (this.phase === 'running') this.pace.hurryBoard();
    else await this.showBoard();
  }

  // ---------------------------------------------------------------- looking

  /** One small piece of the current round of measuring; while training, rounds follow one another. */
  private async look(): Promise<void> {
    const started = performance.now();
    const { observer } = this.current();
    this.evaluation ??= observer.evaluate();
    const { value, done } = await this.evaluation.next();
    if (done) this.evaluation = undefined;
    else if (value !== undefined) this.channel.send({ type: 'evaluation', evaluation: value });
    this.pace.countLooking(performance.now() - started);
  }

  private async showBoard(): Promise<void> {
    const started = performance.now();
    const session = this.current();
    this.channel.send({ type: 'board', board: await session.observer.board(session.boardPictures()) });
    this.pace.boardShown(performance.now() - started);
  }

  private async inspect(sample: number): Promise<void> {
    const session = this.current();
    const pictures = session.boardPictures();
    if (sample < 0 || sample >= pictures.count) return;
    const attention = await session.observer.inspect(pictures, sample);
    this.channel.send({ type: 'attention', attention }, [attention.maps.buffer as ArrayBuffer]);
  }

  private async save(): Promise<void> {
    const bytes = await this.current().save();
    this.channel.send({ type: 'saved', bytes }, [bytes.buffer as ArrayBuffer]);
  }

  // ---------------------------------------------------------------- telling

  private reportSteps(): void {
    this.lastReport = performance.now();
    if (this.steps.length === 0) return;
    this.channel.send({ type: 'steps', steps: this.steps, memoryBytes: backendBytes() });
    this.steps = [];
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.channel.send({ type: 'phase', phase, step: this.session?.run.steps ?? 0 });
  }

  private current(): Session {
    if (this.session === undefined) throw new Error('There is no run yet.');
    return this.session;
  }

  private reportError(error: unknown): void {
    this.channel.send({ type: 'error', error: toErrorReport(error) });
  }

  private fail(error: unknown): void {
    this.reportSteps();
    this.evaluation = undefined;
    this.reportError(error);
    this.enter('failed');
  }

  private async guard(action: () => Promise<void> | void, onError: 'report' | 'fail' = 'report'): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (onError === 'fail') this.fail(error);
      else this.reportError(error);
    }
  }
}
