/**
 * The trainer's end of the protocol: one loop that handles what the page asked for, then does one training step or one
 * small piece of measuring, and again. Everything happens between steps, so nothing can race.
 */
import { BackendError, RunGoneError, toErrorReport } from '../base/errors.ts';
import type { BackendRequest } from '../config/backends.ts';
import type { PictureShelf } from '../data/builtInPictures.ts';
import { currentEngine } from '../engine/backend.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import { pinVariant } from '../engine/gpu/pinned.ts';
import type { RunHistory } from '../trainer/history.ts';
import { type Channel, openChannel, type PortLike } from './channel.ts';
import { aboutOf, failureOf, isForAnother, MAKING } from './commands.ts';
import { GpuWatch } from './gpuWatch.ts';
import { lastSpan, resumedOf, wantedBy } from './keeping/comeback.ts';
import { Keeper } from './keeping/keeper.ts';
import { openRunStore, type RunStore } from './keeping/runStore.ts';
import { type Parcel, unpack } from './parcel.ts';
import type { ErrorAbout, TrainerCommand, TrainerEvent } from './protocol.ts';
import { startEngine } from './startEngine.ts';
import { Succession, type WantedRun } from './succession.ts';
import { Training } from './training.ts';
import { yieldToMessages } from './yield.ts';

/** Serves a trainer on `port` for as long as the worker lives. */
export function serveTrainer(port: PortLike, environment: EngineEnvironment, places: Places = {}): void {
  void new TrainerServer(openChannel(port), environment, places).serve();
}

/** What the browser keeps, and where. */
export interface Places {
  /** Runs. */
  openStore?: () => Promise<RunStore>;
  /** Pictures that were drawn before. */
  shelf?: PictureShelf | undefined;
}

class TrainerServer {
  private readonly waiting: TrainerCommand[] = [];
  private wake: () => void = () => {};
  private readonly runs: Succession;
  private readonly training: Training;
  private readonly gpu: GpuWatch;
  private readonly keeper: Keeper;
  private hasEngine = false;

  constructor(
    private readonly channel: Channel<TrainerEvent, TrainerCommand>,
    private readonly environment: EngineEnvironment,
    { openStore = openRunStore, shelf }: Places,
  ) {
    environment.onGpuProblem = (message) => this.fail(new BackendError(`The GPU reported a problem: ${message}`));
    this.training = new Training(channel, () => this.runs.session);
    const task = 'Drawing the pictures';
    const onProgress = (done: number, total: number) => {
      channel.send({ type: 'progress', task, done, total });
      return yieldToMessages();
    };
    const settle = async (): Promise<void> => {
      await this.training.settle();
      this.training.tell();
    };
    this.runs = new Succession(onProgress, settle, shelf);
    this.keeper = new Keeper(channel, () => this.runs.session, settle, openStore);
    this.gpu = new GpuWatch(environment, () => this.wake());
    environment.onCompiling = (done, total) => channel.send({ type: 'progress', task: 'Compiling kernels', done, total });
    environment.onNotice = (message) => channel.send({ type: 'notice', message });
    channel.listen((command) => {
      this.waiting.push(command);
      this.wake();
    });
  }

  async serve(): Promise<never> {
    const { training, runs, keeper } = this;
    for (;;) {
      const command = this.gpu.lost ? undefined : this.waiting.shift();
      if (this.gpu.lost) await this.guard(() => this.recover(), 'fail');
      else if (command !== undefined) await this.guard(() => this.handle(command), failureOf(command), aboutOf(command));
      else if (keeper.dueIn(training.phase) === 0) await this.guard(() => keeper.work(), 'report');
      else if (training.phase === 'running') await this.guard(() => training.trainOnce(), 'fail');
      else if (training.looker.underWay) await this.guard(() => training.look(), 'fail');
      else if (!runs.session?.prepareAhead()) await this.rest(keeper.dueIn(training.phase));
      await yieldToMessages();
    }
  }

  /** Until there is a command, or the run is to be written. */
  private async rest(milliseconds: number | undefined): Promise<void> {
    let alarm: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (milliseconds !== undefined) alarm = setTimeout(resolve, milliseconds);
    });
    clearTimeout(alarm);
  }

  private async handle(command: TrainerCommand): Promise<void> {
    const { training, runs } = this;
    if (isForAnother(command, runs.session?.id)) {
      if ('request' in command) throw new RunGoneError('Another run has taken its place.');
      return;
    }
    switch (command.type) {
      case 'open':
        return this.open(command.backend, await wantedIn(command));
      case 'reset':
        if (this.isReplaced(command)) return;
        return this.make(await wantedIn(command));
      case 'return':
        return this.make(runs.leftAs(command.run, command.to));
      case 'load': {
        await this.keeper.flush();
        const restored = await runs.load(training.current(), command.run, command.bytes);
        return training.present('paused', 'loaded', runs.leftRun, { restored });
      }
      case 'train':
        return training.start();
      case 'pause':
        return training.stop();
      case 'step':
        return training.stepOnce();
      case 'profile':
        return training.profile(command.request);
      case 'measureMasks':
        return training.measureMasks(command.request);
      case 'set':
        return training.set(command.request, command.path, command.value);
      case 'pin':
        training.current().pin(command.photo === null ? null : await unpack(command.photo));
        training.announce('pin', runs.leftRun);
        return training.showBoard();
      case 'inspect':
        return training.inspect(command.request, command.sample, command.sense);
      case 'fill':
        return training.fill(command.request, command.ids, command.mask);
      case 'answer':
        return training.answer(command.request, command.sample, command.noise);
      case 'find':
        return training.find(command.request, command.query);
      case 'countWords':
        return training.countWords(command.request);
      case 'lend':
        return training.lend(command.request, command.door);
      case 'save':
        return training.save(command.request, command.what ?? 'run');
      case 'keep':
        return this.keeper.keep(command.run, command.id, command.page);
      case 'describe':
        return this.keeper.describe(command.step, command.page);
      case 'keepBoard':
        return this.keeper.keepBoard(command.board);
      case 'saveNow':
        return this.keeper.saveNow();
      case 'keepCopy':
        return this.keeper.keepCopy(command.request, command.id, command.page);
      case 'resume':
        return this.resume(command);
      default:
        return command satisfies never;
    }
  }

  private async start(backend: BackendRequest): Promise<void> {
    this.gpu.request = backend;
    await startEngine(backend, this.environment, this.channel);
    this.hasEngine = true;
  }

  /** The wish stands before the engine does, which may be lost as soon as it is there. */
  private async open(backend: BackendRequest, wanted: WantedRun): Promise<void> {
    this.runs.wanted = wanted;
    await this.start(backend);
    return this.make(wanted);
  }

  private async make(wanted: WantedRun): Promise<void> {
    const before = this.runs.session?.history;
    await this.keeper.flush();
    pinKernels(wanted.history);
    const { session, cause } = await this.runs.make(wanted).catch((error: unknown) => {
      pinKernels(before);
      throw error;
    });
    const { steps, totalSteps } = session.run;
    const phase = cause === 'reset' ? 'ready' : steps >= totalSteps ? 'finished' : 'paused';
    const { comeback } = wanted;
    // Whatever happens from now on happens to a run that is kept.
    if (comeback !== undefined) this.keeper.goOn(wanted.id, comeback);
    const more = comeback && { resumed: resumedOf(comeback, currentEngine()) };
    await this.training.present(phase, cause, this.runs.leftRun, more);
  }

  private async resume({ run, id, backend, files }: Extract<TrainerCommand, { type: 'resume' }>): Promise<void> {
    const found = await this.keeper.find(id);
    const wanted = await contents(files)
      .then((brought) => wantedBy(found, run, brought))
      .catch((error: unknown) => {
        found.writer.close();
        throw error;
      });
    return this.hasEngine && backend === this.gpu.request ? this.make(wanted) : this.open(backend, wanted);
  }

  /** A run that a later one replaces is not worth making; pictures that came with it are, for the later one counts on them. */
  private isReplaced({ files }: { files?: Parcel<unknown> }): boolean {
    return files === undefined && this.waiting.some(({ type }) => MAKING.has(type));
  }

  /** The GPU is gone with all that was on it: takes a new device, or the processor, and goes on from the last snapshot. */
  private async recover(): Promise<void> {
    const { reason, request } = this.gpu.acknowledge();
    const { training, runs } = this;
    const { phase } = training;
    const { session, wanted } = runs;
    training.looker.end();
    training.enter('recovering');
    await session?.pipeline.settle().catch(() => []);
    await startEngine(request, this.environment, this.channel);
    const lost = `The graphics device was lost (${reason}).`;
    // It went away while a run was being made.
    if (wanted !== undefined) return this.make(wanted);
    if (session === undefined) throw new BackendError(`${lost} Reload the page to start over.`);
    pinKernels(session.history);
    const revived = runs.revive(session);
    const message = `${lost} The run goes on from step ${revived.run.steps}, its last snapshot.`;
    this.channel.send({ type: 'notice', message });
    training.looker.pace.restart();
    return training.present(phase === 'running' ? 'running' : 'paused', 'recovery', runs.leftRun);
  }

  private fail(error: unknown, about: ErrorAbout = this.aboutRun()): void {
    this.training.tell();
    this.training.looker.end();
    this.channel.send({ type: 'error', about, error: toErrorReport(error) });
    this.training.enter('failed');
  }

  /** The run that is being made, or the one that there is. */
  private aboutRun(): ErrorAbout {
    const run = this.runs.wanted?.id ?? this.runs.session?.id;
    return run === undefined ? {} : { run };
  }

  private async guard(action: () => Promise<void> | void, onError: 'report' | 'fail', about?: ErrorAbout): Promise<void> {
    try {
      await action();
    } catch (error) {
      // The loop sees to it.
      if (await this.gpu.explains(error)) return;
      const what = about ?? this.aboutRun();
      this.runs.wanted?.comeback?.writer.close();
      this.runs.wanted = undefined;
      if (onError === 'fail' && !(error instanceof RunGoneError)) this.fail(error, what);
      else this.channel.send({ type: 'error', about: what, error: toErrorReport(error) });
    }
  }
}

async function wantedIn(command: Extract<TrainerCommand, { type: 'open' | 'reset' }>): Promise<WantedRun> {
  const { run: id, config, start } = command;
  const files = await contents(command.files);
  return { id, config, ...(files === undefined ? {} : { files }), ...(start === undefined ? {} : { start }) };
}

async function contents<T>(parcel: Parcel<T> | undefined): Promise<T | undefined> {
  return parcel === undefined ? undefined : unpack(parcel);
}

/** Runs the kernels that a run ran with last, where this is the same device; those that are fastest for a new one. */
function pinKernels(history: RunHistory | undefined): void {
  const span = history && lastSpan(history);
  pinVariant(span?.device === currentEngine().device ? span.variant : undefined);
}
