/** Which run there is and which is coming, by the numbers that the page gives them. */
import type { ErrorReport } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import type { RunConfig } from '../../config/run.ts';
import { withSetting } from '../../config/settings.ts';
import type { Dataset } from '../../data/samples.ts';
import type { Parcel } from '../../worker/parcel.ts';
import type { Restored, RunCause, TrainerCommand, TrainerEvent } from '../../worker/protocol.ts';
import { formatCount } from '../format.ts';
import { withPhase } from '../store/run.ts';
import { update } from '../store/store.ts';
import { CostTally } from './costTally.ts';
import { type HeldFiles, History, type Past } from './history.ts';
import { notify } from './notices.ts';
import { receive, receiveRun } from './trainerEvents.ts';
import { TrainerLink } from './trainerLink.ts';
import type { Workplace } from './workplace.ts';

/** Files that have been read, on their way to the trainer. */
export interface BroughtFiles extends HeldFiles {
  parcel: Parcel<Dataset>;
}

/** What became of a run that was asked for: the trainer has it, another one was asked for instead, or why there is none. */
export type Outcome = 'there' | 'replaced' | ErrorReport;

/** @param restored what a file that was loaded was good for */
export type Told = (outcome: Outcome, restored?: Restored) => void;

export interface RunOptions {
  /** What happens to the run before, as Undo says it. */
  what?: string;
  /** Needed when the run learns from files that the trainer does not have. */
  files?: BroughtFiles;
  /** The same where the trainer finds them by itself. */
  held?: HeldFiles;
  /** Safetensors of a pretrained encoder that the run starts from; they move to the trainer. */
  start?: Uint8Array;
  /** Whether the new run trains at once; as the old one did, unless told. */
  goOn?: boolean;
  told?: Told;
  /** Whoever asked says himself why there is no such run. */
  tellsItself?: boolean;
}

interface Coming {
  id: number;
  config: RunConfig;
  files: HeldFiles | null;
  what: string;
  told: Told;
  tellsItself: boolean;
}

export class RunController {
  readonly link: TrainerLink;
  readonly tally = new CostTally();
  readonly history: History;
  private lastId = 0;
  /** The run that the page shows; 0 before there is one. */
  private current = 0;
  private coming: Coming | null = null;
  private held: HeldFiles | null = null;
  private readonly listeners: ((event: TrainerEvent) => void)[] = [];

  constructor(
    private readonly workplace: Workplace,
    private readonly backend: BackendRequest,
  ) {
    this.history = new History(workplace.store, this.tally);
    this.link = new TrainerLink(
      (onCrash) => workplace.startTrainer(onCrash),
      (event) => this.onEvent(event),
      (message) => this.crashed(message),
    );
  }

  /** Tells `listener` of every message about the run, once the store has it. */
  listen(listener: (event: TrainerEvent) => void): void {
    this.listeners.push(listener);
  }

  /** The newest run that was asked for; until it is there, commands for it wait with it. */
  get newest(): number {
    return this.coming?.id ?? this.current;
  }

  get isComing(): boolean {
    return this.coming !== null;
  }

  /** The settings of the run that is under way, or of the one that is being made; null before there is any. */
  config(): RunConfig | null {
    return this.coming?.config ?? this.workplace.store.getState().run.info?.config ?? null;
  }

  /** The visitor's pictures, as the trainer has them, or will. */
  get files(): HeldFiles | null {
    return this.coming?.files ?? this.held;
  }

  /** Lets the trainer load while something else is awaited. */
  prepare(): void {
    if (!this.link.isOpen) this.link.open();
  }

  /** Starts the trainer; with files that nobody has brought yet, a run on the built-in pictures stands in. */
  open(config: RunConfig, options: RunOptions = {}): void {
    const standIn = config.data.dataset === 'files' && options.files === undefined;
    const runnable = standIn ? withSetting(config, 'data.dataset', 'scenes') : config;
    this.prepare();
    const run = this.expect(runnable, options);
    this.send({ type: 'open', run, config: runnable, backend: this.backend, ...startOf(options) }, options);
  }

  /** Makes a new run. */
  restart(config: RunConfig, options: RunOptions = {}): void {
    const goOn = options.goOn ?? this.workplace.store.getState().run.wanted;
    if (this.link.isOpen) {
      const run = this.expect(config, options);
      this.send({ type: 'reset', run, config, ...startOf(options) }, options);
    } else {
      this.open(config, options);
    }
    this.trainIf(goOn);
  }

  /** Goes back to a run that was left, whole: as the trainer kept it, and as the page showed it. */
  goBack(past: Past, options: RunOptions): void {
    const told = (outcome: Outcome): void => {
      if (outcome === 'there') this.history.show(past);
      options.told?.(outcome);
    };
    const run = this.expect(past.config, { ...options, told });
    this.link.send({ type: 'return', run, to: past.run });
    this.trainIf(options.goOn ?? false);
  }

  /** Gives the run other weights, as safetensors: a new start. */
  load(bytes: Uint8Array, options: RunOptions): void {
    const config = this.config();
    if (config === null) return;
    const run = this.expect(config, options);
    this.link.send({ type: 'load', run, bytes }, wholeBuffers(bytes));
  }

  /** Opens a run that this browser keeps, paused at its step. */
  resume(id: string, config: RunConfig, options: RunOptions): void {
    this.prepare();
    const run = this.expect(config, options);
    this.send({ type: 'resume', run, id, backend: this.backend }, options);
    this.want(false);
  }

  want(wanted: boolean): void {
    update(this.workplace.store, 'run', (run) => ({ ...run, wanted }));
  }

  private trainIf(goOn: boolean): void {
    this.want(goOn);
    if (goOn) this.link.send({ type: 'train', run: this.newest });
  }

  private expect(config: RunConfig, { files, held, what = 'Reset', told = () => {}, tellsItself = false }: RunOptions): number {
    const { coming } = this;
    const id = ++this.lastId;
    const brought = files && { files: files.files, options: files.options };
    this.coming = { id, config, files: brought ?? held ?? this.files, what, told, tellsItself };
    coming?.told('replaced');
    return id;
  }

  private send(command: Extract<TrainerCommand, { type: 'open' | 'reset' | 'resume' }>, { files, start }: RunOptions): void {
    const transfer = wholeBuffers(start);
    if (files === undefined) this.link.send(command, transfer);
    else this.link.send({ ...command, files: files.parcel }, [files.parcel.port, ...transfer]);
  }

  private onEvent(event: TrainerEvent): void {
    const { store } = this.workplace;
    if (event.type === 'run') this.onRun(event);
    else if (event.type === 'error' && event.about.run !== undefined && event.about.run === this.coming?.id)
      this.refuse(event.error);
    // What is said of a run that made place for another is old news.
    else if ('run' in event && event.run !== this.current) return;
    else receive(store, event);
    if (event.type !== 'run') this.tellAll(event);
  }

  private onRun(event: Extract<TrainerEvent, { type: 'run' }>): void {
    const { run, info, step, cause, left, restored } = event;
    const arrived = this.coming?.id === run ? this.coming : null;
    if (run !== this.current) this.history.keep(left, this.current, this.held);
    this.current = run;
    if (arrived !== null) {
      this.coming = null;
      this.held = arrived.files;
    }
    receiveRun(this.workplace.store, info, step, cause);
    this.tellAll(event);
    if (arrived === null) return;
    // After all others: they forget the old run first.
    this.history.name(arrived.what, cause, () => arrived.told('there', restored));
  }

  private tellAll(event: TrainerEvent): void {
    this.tally.count(event);
    for (const listener of this.listeners) listener(event);
  }

  /** The run that is there goes on; where there is none, the settings wait for a better try. */
  private refuse(error: ErrorReport): void {
    const { store } = this.workplace;
    const { coming } = this;
    const { info, phase } = store.getState().run;
    // The new run may have been asked for at rest, and the old one trains on.
    if (info !== null) this.want(phase === 'running');
    this.coming = null;
    update(store, 'run', (run) => ({ ...run, progress: null }));
    if (coming?.tellsItself !== true) receive(store, { type: 'error', about: {}, error });
    coming?.told(error);
  }

  /** The worker is gone with everything it held: only a new one helps. */
  private crashed(message: string): void {
    const { store } = this.workplace;
    const { coming } = this;
    this.coming = null;
    this.held = null;
    this.current = 0;
    this.history.forget();
    update(store, 'run', (run) => withPhase(run, 'failed', run.step));
    const cause = message === '' ? '' : ` (${message})`;
    const { saved } = store.getState().keeping;
    const left =
      saved === null
        ? 'Curves and board are kept, the weights are lost: Reset starts a new run.'
        : `The run is kept as it was at step ${formatCount(saved.step)}: load the page again, and it comes back. Reset starts a new one.`;
    const text = `The trainer stopped${cause}. ${left}`;
    notify(store, 'error', text, { untilRun: true });
    coming?.told({ name: 'Error', message: text });
  }
}

function startOf({ start }: RunOptions): { start?: Uint8Array } {
  return start === undefined ? {} : { start };
}

/** What moves instead of being copied: the largest weights take a tenth of a second, in which no click would be heard. */
function wholeBuffers(bytes: Uint8Array | undefined): ArrayBuffer[] {
  const { buffer } = bytes ?? {};
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes?.length ? [buffer] : [];
}

/** Whether other weights are in the run than before. */
export function isNewStart(cause: RunCause): boolean {
  return cause !== 'pin' && cause !== 'recovery';
}
