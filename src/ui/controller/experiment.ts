/** The experiment: which run, on which files, from which start. Whatever replaces the run goes through here, and so does Undo. */
import { messageOf } from '../../base/errors.ts';
import { checkRun } from '../../config/check.ts';
import { switchToFiles } from '../../config/ownFiles.ts';
import { totalSteps } from '../../config/phases.ts';
import type { RunConfig } from '../../config/run.ts';
import { changedPaths } from '../../config/settings.ts';
import { kindByName } from '../../data/fileNames.ts';
import { type LoadOptions, loadOptions, optionsForNew, sameOptions } from '../../data/files.ts';
import type { NamedFile, Restored } from '../../worker/protocol.ts';
import { formatCount } from '../format.ts';
import { withRunMark } from '../store/curves.ts';
import { withDraft } from '../store/settings.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { FilesController, ReadFiles } from './files.ts';
import type { FindController } from './finding.ts';
import { notify } from './notices.ts';
import type { OwnFiles } from './ownFiles.ts';
import { baseName } from './photo.ts';
import type { PinController } from './pinned.ts';
import type { Outcome, RunController, RunOptions, Told } from './runs.ts';
import { Waiting } from './waiting.ts';
import type { WeightsReader } from './weightsReader.ts';
import type { Workplace } from './workplace.ts';

/** A kept run that waits for its files: how they are to be read, and who takes them. */
export interface FilesWanted {
  options: LoadOptions;
  take(read: ReadFiles): void;
}

export class Experiment {
  /** Changes of settings that wait for more of them. */
  readonly waiting = new Waiting();
  /** Files that are brought now are for it. */
  private wanted: FilesWanted | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly commands: CommandController,
    private readonly reader: FilesController,
    readonly pinned: PinController,
    private readonly finding: FindController,
    readonly own: OwnFiles,
    private readonly weights: WeightsReader,
  ) {}

  // ---------------------------------------------------------------- training

  toggle(): void {
    if (this.state.run.wanted) this.commands.pause();
    else this.goOn();
  }

  train(): void {
    // A change of settings that waits for more of them is not waited for any longer.
    this.waiting.flush();
    const { run, settings, files } = this.state;
    const [problem] = settings.problems;
    const config = problem === undefined ? settings.draft : (run.info?.config ?? settings.draft);
    const isOver = run.phase === 'finished' && !this.runs.isComing && totalSteps(config) <= run.step;
    if (problem !== undefined && run.info !== null && files.loading === null) {
      const goesOn = isOver ? 'The run on the board is finished.' : 'The run on the board goes on, with its own settings.';
      notify(this.workplace.store, 'info', `The settings wait: ${problem.message} ${goesOn}`, { untilRun: true });
    } else if (isOver && files.loading === null) {
      const text = 'This run is finished. Raise Steps to go on with it, or Reset to start over.';
      notify(this.workplace.store, 'info', text, { untilRun: true });
    }
    if (isOver && files.loading === null) return;
    // Files that are being read start a new run, which trains because it is wanted.
    if (isOver) this.runs.want(true);
    else this.commands.train();
  }

  /** Trains, unless something is measured that it would falsify. */
  goOn(): void {
    if (!this.commands.restsForMeasuring()) this.train();
  }

  step(): void {
    if (!this.commands.restsForMeasuring()) this.commands.step();
  }

  // ---------------------------------------------------------------- other runs

  /** Starts over with the settings as they stand, or with those of the run when they cannot run. */
  reset(): void {
    const { settings, run } = this.state;
    this.waiting.clear();
    const config = settings.problems.length === 0 ? settings.draft : (run.info?.config ?? settings.draft);
    this.begin(config, { what: 'Reset', goOn: false });
  }

  /**
   * A new run. Files are read again when it wants them at another size, or split by another seed. When it is refused the old one
   * goes on, and the settings are its own again.
   */
  begin(config: RunConfig, options: RunOptions & { what: string }): void {
    const start = (more: RunOptions): void =>
      this.runs.restart(config, {
        ...options,
        ...more,
        told: (outcome) => {
          if (outcome === 'there') this.offerUndo(`${options.what}: the run started over.`);
          this.takeBack(config, outcome);
          options.told?.(outcome);
        },
      });
    if (config.data.dataset !== 'files' || this.own.areReadFor(config)) start({});
    else this.own.readAgain(config, (read) => (read === null ? this.takeBack(config, UNREAD) : start({ files: read })));
  }

  /** Brings back the run before, whole, with the files that it learned from: the trainer has kept both. Training goes on if it is under way now. */
  undo(): void {
    const past = this.runs.history.last;
    const { undo, run } = this.state;
    // One that is coming is awaited first: what it replaces is what is gone back to then.
    if (past === null || undo === null || this.runs.isComing || this.commands.restsForMeasuring()) return;
    this.waiting.clear();
    const { files } = past;
    this.runs.goBack(past, {
      ...(files !== null && past.config.data.dataset === 'files' && { held: files }),
      what: undo.what,
      goOn: run.wanted,
      told: (outcome) => {
        if (outcome !== 'there') return;
        if (files !== null) this.own.take(files.files);
        this.mark(undo.redo ? 'brought back by Redo' : 'brought back by Undo');
        this.setDraft(past.config);
      },
    });
  }

  /** Weights of a file take the place of the run's own, as a new start; the trainer checks that they fit. */
  async loadWeights(name: string, file: Blob): Promise<void> {
    const { store } = this.workplace;
    try {
      const bytes = await this.weights.bring(file, name);
      if (bytes === null) return;
      const told: Told = (outcome, restored = 'weights') => {
        if (outcome !== 'there') return;
        update(store, 'run', (run) => ({ ...run, origin: name }));
        this.mark(restored === 'run' ? `loaded from ${name}` : `new start from ${name}`);
        // A whole run brings its settings.
        if (restored === 'run') this.setDraft(this.state.run.info?.config ?? this.state.settings.draft);
        const text = `${name} loaded: ${LOADED[restored]}`;
        if (!this.offerUndo(text)) notify(store, 'info', text);
      };
      this.runs.load(bytes, { what: `${name} loaded`, told });
    } catch (error) {
      notify(store, 'error', `${name} was not loaded. ${messageOf(error)} The current run goes on.`, { untilRun: true });
    }
  }

  // ---------------------------------------------------------------- files

  /** One photo, or short sound, goes on the board, saved weights into the model; anything else becomes the data set. */
  add(files: readonly NamedFile[]): void {
    const [first] = files;
    if (first === undefined) {
      notify(this.workplace.store, 'error', 'There was no file in what you dropped. The current run goes on.');
    } else if (files.length === 1 && /\.(patchwork|safetensors|pth|pt)$/i.test(first.path)) {
      void this.loadWeights(baseName(first.path), first.file);
    } else {
      const kind = files.length === 1 ? kindByName(first.path, first.file.type) : undefined;
      if (kind === undefined) this.learnFrom(files);
      else if (this.finding.takes(kind)) this.finding.bring(kind, first);
      else this.pinned.pin(first, kind, () => this.learnFrom(files));
    }
  }

  learnFromPhoto(): void {
    const { file } = this.pinned;
    if (file !== null) this.learnFrom([file]);
  }

  /** Files that are brought next are for a kept run; null: for a new one, as always. */
  want(wanted: FilesWanted | null): void {
    this.wanted = wanted;
  }

  /** Files that become the data set, or that the kept run learns from which waits for them. */
  learnFrom(files: readonly NamedFile[], options?: LoadOptions): void {
    const { wanted } = this;
    if (wanted !== null && options === undefined) {
      this.reader.read(files, wanted.options, (read) => read !== null && wanted.take(read));
      return;
    }
    const asked = options ?? optionsForNew(this.state.settings.draft);
    this.reader.read(files, asked, (read) => read !== null && this.startOn(read));
  }

  /** Files just brought start a run with the settings as they stand now, which may have changed while they were read. */
  private startOn(read: ReadFiles): void {
    const { settings, run } = this.state;
    const wanted = checkRun(settings.draft).length === 0 ? settings.draft : (run.info?.config ?? settings.draft);
    const config = switchToFiles(wanted, read.options.modality, read.members);
    if (!sameOptions(read.options, loadOptions(config))) {
      this.learnFrom(read.files, loadOptions(config));
      return;
    }
    this.waiting.clear();
    this.setDraft(config);
    const before = this.own.take(read.files);
    const what = `${read.name} loaded`;
    this.runs.restart(config, {
      files: read,
      what,
      told: (outcome) => {
        if (outcome === 'there') this.offerUndo(`${what}: the run started over.`);
        if (typeof outcome === 'object') {
          this.own.take(before);
          update(this.workplace.store, 'files', (files) => ({ ...files, usable: this.own.areThere }));
        }
        this.takeBack(config, outcome);
      },
    });
  }

  // ---------------------------------------------------------------- settings

  private get state() {
    return this.workplace.store.getState();
  }

  private setDraft(draft: RunConfig): void {
    this.workplace.store.setState(({ files }) => ({ settings: withDraft(draft, files.usable) }));
  }

  /** The curves remember where the run was taken up again. */
  private mark(text: string): void {
    const { step } = this.state.run;
    update(this.workplace.store, 'curves', (curves) => withRunMark(curves, { step, text }));
  }

  /** A run that was refused leaves no trace in the settings, unless they have been changed again since. */
  private takeBack(config: RunConfig, outcome: Outcome): void {
    const { info } = this.state.run;
    if (typeof outcome === 'string' || info === null) return;
    const { draft } = this.state.settings;
    if (changedPaths(draft, config).length > 0 || changedPaths(draft, info.config).length === 0) return;
    this.setDraft(info.config);
    notify(this.workplace.store, 'info', 'The settings are those of the run on the board again.', { untilRun: true });
  }

  /** Starting over is not asked about beforehand: it can be undone. False when nothing was left that is worth it. */
  private offerUndo(happened: string): boolean {
    const { last, justLeft } = this.runs.history;
    if (last === null || !justLeft) return false;
    const text = `${happened} Undo goes back to step ${formatCount(last.step)}.`;
    notify(this.workplace.store, 'info', text, { action: { label: 'Undo', run: () => this.undo() }, untilRun: true });
    return true;
  }
}

const UNREAD: Outcome = { name: 'BadDataError', message: 'The files could not be read.' };

/** What the run does with a file. */
const LOADED: Readonly<Record<Restored, string>> = {
  run: 'the run goes on from where it was saved.',
  weights: 'the run started over from its weights, and its optimiser anew.',
  encoder: 'the run started over from its encoder.',
};
