/** Commands to the trainer, and what has to be remembered between a command and its answer. */
import type { SettingValue } from '../../config/field.ts';
import { totalSteps } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import { changedPaths, withSetting } from '../../config/settings.ts';
import { type LoadOptions, loadOptions, sameOptions } from '../../data/files.ts';
import type { Dataset, PictureSet } from '../../data/pictures.ts';
import type { BackendRequest } from '../../engine/backend.ts';
import type { TrainerClient } from '../../worker/client.ts';
import type { RunCause, RunInfo, TrainerCommand, TrainerEvent } from '../../worker/protocol.ts';
import { withPhase } from '../store/run.ts';
import { selectMeasurer } from '../store/selectors.ts';
import { update } from '../store/store.ts';
import { download, weightsName } from './download.ts';
import { Handover, type Kept } from './handover.ts';
import { notify } from './notices.ts';
import { receive, receiveRun } from './trainerEvents.ts';
import type { Workplace } from './workplace.ts';

export interface RestartOptions {
  /** Needed when the run learns from files. */
  dataset?: Dataset;
  /** Safetensors of a pretrained encoder that the run starts from. */
  start?: Uint8Array;
  /** Whether the new run trains at once; as the old one did, unless told. */
  goOn?: boolean;
  /** Gets the old run, if it had learned anything, once the new one is there. */
  keepOld?: (kept: Kept) => void;
}

export class RunController {
  private trainer: TrainerClient | null = null;
  /** What the weights that are on their way were asked for; null when they are lost. */
  private readonly saves: ((bytes: Uint8Array | null) => void)[] = [];
  private readonly handover: Handover;
  /** Settings of the newest run that was asked for, until it is there. */
  private coming: RunConfig | null = null;
  /** The visitor's pictures, as the trainer has them. */
  private heldFiles: LoadOptions | null = null;
  /** Called with each new `RunInfo`, once the store has it. */
  onRun: () => void = () => {};
  /** Called before training begins: a change of settings that waits for more of them is not waited for any longer. */
  onTrain: () => void = () => {};
  /** Called with each message of the trainer, once the store has it. */
  onTold: (event: TrainerEvent) => void = () => {};

  constructor(
    private readonly workplace: Workplace,
    private readonly backend: BackendRequest,
  ) {
    this.handover = new Handover(workplace.store, (take) => {
      this.saves.push(take);
      this.send({ type: 'save' });
    });
  }

  /** Starts the trainer; with files that nobody has brought yet, a run on the built-in pictures stands in. */
  open(config: RunConfig, dataset?: Dataset, start?: Uint8Array): void {
    const standIn = config.data.dataset === 'files' && dataset === undefined;
    const runnable = standIn ? withSetting(config, 'data.dataset', 'scenes') : config;
    const trainer = this.workplace.startTrainer((message) => this.crashed(message));
    this.trainer = trainer;
    trainer.listen((event) => {
      if (this.trainer === trainer) this.onEvent(event);
    });
    this.coming = runnable;
    const from = start === undefined ? {} : { start };
    this.sendRun({ type: 'open', config: runnable, backend: this.backend, ...from }, dataset);
  }

  train(): void {
    this.onTrain();
    const { run, settings, files } = this.workplace.store.getState();
    const isOver = run.phase === 'finished' && this.coming === null && totalSteps(settings.draft) <= run.step;
    if (isOver && files.loading === null) {
      const text = 'This run is finished. Raise Steps to go on with it, or Reset to start over.';
      notify(this.workplace.store, 'info', text, { untilRun: true });
      return;
    }
    this.want(true);
    // Files that are being read start a new run, which trains because it is wanted.
    if (!isOver) this.send({ type: 'train' });
  }

  pause(): void {
    this.want(false);
    this.send({ type: 'pause' });
  }

  toggle(): void {
    if (this.workplace.store.getState().run.wanted) this.pause();
    else if (!this.restsForMeasuring()) this.train();
  }

  /** True, and said, while times are being measured that training would falsify. */
  restsForMeasuring(): boolean {
    const { store } = this.workplace;
    const measurer = selectMeasurer(store.getState());
    if (measurer === null) return false;
    notify(
      store,
      'info',
      `${measurer} is measuring, and training would falsify its times. Stop it there, or wait until it is done.`,
    );
    return true;
  }

  step(): void {
    if (this.restsForMeasuring()) return;
    this.want(false);
    this.send({ type: 'step' });
  }

  /** One step with the time of every kernel; training pauses for it. */
  measureKernels(): void {
    this.want(false);
    update(this.workplace.store, 'kernels', (kernels) => ({ ...kernels, measuring: true }));
    this.send({ type: 'profile' });
  }

  /** Times what several masks of a picture save a data2vec run; training pauses for it. */
  measureMasks(): void {
    update(this.workplace.store, 'run', (run) => ({ ...run, wanted: false, measuringMasks: true }));
    this.send({ type: 'measureMasks' });
  }

  /** The settings of the run that is under way, or of the one that is being made; null before there is any. */
  config(): RunConfig | null {
    return this.coming ?? this.workplace.store.getState().run.info?.config ?? null;
  }

  /** Whether the trainer still has the visitor's pictures at the size and split that `config` wants. */
  holdsFilesFor(config: RunConfig): boolean {
    return this.heldFiles !== null && sameOptions(this.heldFiles, loadOptions(config.data));
  }

  /** The trainer's files are not those that the next run on files should have. */
  forgetFiles(): void {
    this.heldFiles = null;
  }

  /** Makes a new run. */
  restart(config: RunConfig, options: RestartOptions = {}): void {
    const { run } = this.workplace.store.getState();
    const { dataset, start, keepOld } = options;
    const goOn = options.goOn ?? run.wanted;
    if (this.trainer === null) {
      this.open(config, dataset, start);
    } else {
      if (keepOld !== undefined) this.handover.restart(this.coming !== null, keepOld);
      this.coming = config;
      this.sendRun({ type: 'reset', config, ...(start === undefined ? {} : { start }) }, dataset);
    }
    this.want(goOn);
    if (goOn) this.send({ type: 'train' });
  }

  setLive(path: string, value: SettingValue): void {
    this.send({ type: 'set', path, value });
  }

  pin(photo: PictureSet | null): void {
    this.send({ type: 'pin', photo });
  }

  inspect(sample: number): void {
    this.send({ type: 'inspect', sample });
  }

  save(): void {
    const { run } = this.workplace.store.getState();
    const name = weightsName(run.info?.config, run.step);
    this.saves.push((bytes) => {
      if (bytes !== null) download(bytes, name);
    });
    this.send({ type: 'save' });
  }

  /** The weights as they are now, as safetensors; null when there is nobody to ask. */
  weights(): Promise<Uint8Array | null> {
    if (this.trainer === null) return Promise.resolve(null);
    this.send({ type: 'save' });
    return new Promise((resolve) => this.saves.push(resolve));
  }

  /**
   * Takes weights from a safetensors file; the trainer checks that they fit.
   *
   * @param tell gets the run as it was before, once it has the weights; null when it had learned nothing
   */
  async loadFile(name: string, file: Blob, tell: (kept: Kept | null) => void): Promise<void> {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.handover.load(this.coming !== null, name, tell);
      this.send({ type: 'load', bytes });
    } catch {
      notify(this.workplace.store, 'error', 'The file could not be read from disk. The current run goes on.', {
        untilRun: true,
      });
    }
  }

  /** Gives a new run of the same settings the weights, the step and the history of an old one. */
  bringBack(kept: Kept): void {
    this.handover.bringBack(kept);
    this.send({ type: 'load', bytes: kept.weights });
  }

  /** Whether the run that is being made is one of before, which gets its weights back. */
  get isReturning(): boolean {
    return this.handover.isReturning;
  }

  private onEvent(event: TrainerEvent): void {
    const { store } = this.workplace;
    switch (event.type) {
      case 'saved':
        this.saves.shift()?.(event.bytes);
        return;
      case 'run':
        this.onRunInfo(event.run, event.cause);
        break;
      default:
        if (event.type === 'error') this.onError();
        receive(store, event);
    }
    this.onTold(event);
    // After all others: they forget the old run first.
    if (event.type === 'run') this.handover.arrived(event.cause, this.coming !== null);
  }

  private onRunInfo(info: RunInfo, cause: RunCause): void {
    receiveRun(this.workplace.store, info, cause);
    // An earlier run of several that were asked for in a row is not the one that is coming.
    if (this.coming !== null && changedPaths(this.coming, info.config).length === 0) this.coming = null;
    this.onRun();
  }

  /** Whatever failed, the run that is there goes on; where there is none, the settings wait for a better try. */
  private onError(): void {
    const { info, phase } = this.workplace.store.getState().run;
    // The new run may have been asked for at rest, and the old one trains on.
    if (info !== null && this.coming !== null) this.want(phase === 'running');
    if (info !== null) this.coming = null;
    this.handover.refused();
  }

  /** The worker is gone with everything it held: only a new one helps. */
  private crashed(message: string): void {
    const { store } = this.workplace;
    this.trainer = null;
    for (const take of this.saves.splice(0)) take(null);
    this.coming = null;
    this.handover.refused();
    this.heldFiles = null;
    update(store, 'run', (run) => withPhase(run, 'failed', run.step));
    const cause = message === '' ? '' : ` (${message})`;
    notify(
      store,
      'error',
      `The trainer stopped${cause}. Curves and board are kept, the weights are lost: Reset starts a new run.`,
      { untilRun: true },
    );
  }

  private want(wanted: boolean): void {
    update(this.workplace.store, 'run', (run) => ({ ...run, wanted }));
  }

  private sendRun(command: Extract<TrainerCommand, { config: RunConfig }>, dataset?: Dataset): void {
    if (dataset === undefined) {
      this.send(command);
      return;
    }
    this.heldFiles = loadOptions(command.config.data);
    this.send({ ...command, dataset }, buffersOf(dataset));
  }

  private send(command: TrainerCommand, transfer: Transferable[] = []): void {
    this.trainer?.send(command, transfer);
  }
}

/** Moved, not copied: a data set can be half a gigabyte, and the page has no use for it. */
function buffersOf({ train, heldOut }: Dataset): Transferable[] {
  const arrays = [train.pixels, train.labels, heldOut.pixels, heldOut.labels].filter((array) => array !== undefined);
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))];
}
