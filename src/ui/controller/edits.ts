/** From a control that is moved to a run that has taken it over. */
import type { SettingValue } from '../../config/field.ts';
import type { Settings } from '../../config/objectives/facts.ts';
import { OBJECTIVE_NAMES, type ObjectiveName } from '../../config/objectives.ts';
import { ownSettings, type PresetName, presetRun, switchObjective } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { fieldAt, getSetting, withSetting } from '../../config/settings.ts';
import type { Dataset } from '../../data/pictures.ts';
import type { NamedFile } from '../../worker/protocol.ts';
import { formatCount } from '../format.ts';
import { type Changes, sortChanges, withDraft } from '../store/settings.ts';
import type { FilesController } from './files.ts';
import type { Kept } from './handover.ts';
import { notify } from './notices.ts';
import type { RestartOptions, RunController } from './runs.ts';
import type { Workplace } from './workplace.ts';

/** A slider that is dragged sends this often. */
const LIVE_MILLISECONDS = 120;
/** Several settings changed in a row start one new run, not one each. */
const RESTART_MILLISECONDS = 400;

export class EditController {
  private liveTimer: ReturnType<typeof setTimeout> | undefined;
  private restartTimer: ReturnType<typeof setTimeout> | undefined;
  /** What belongs to objectives, as it was when they were left. */
  private readonly left = new Map<ObjectiveName, Settings>();

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly files: FilesController,
  ) {
    runs.onTrain = () => this.applyWaiting();
  }

  edit(path: string, value: SettingValue): void {
    const { draft } = this.workplace.store.getState().settings;
    const objective = path === 'task.objective' ? OBJECTIVE_NAMES.find((name) => name === value) : undefined;
    if (objective === undefined) this.take(withSetting(draft, path, value));
    else this.take(switchObjective(draft, objective, this.left.get(objective)));
  }

  /** A preset sets everything but the seed, which is the visitor's. */
  applyPreset(name: PresetName): void {
    const { seed } = this.workplace.store.getState().settings.draft.optimiser;
    this.take(withSetting(presetRun(name), 'optimiser.seed', seed));
  }

  /** A run that is over goes on for some more steps; its learning rate follows the longer cosine from where it stands. */
  goOn(steps: number): void {
    const { run } = this.workplace.store.getState();
    this.edit('optimiser.steps', run.step + steps);
    if (!this.runs.restsForMeasuring()) this.runs.train();
  }

  /** Starts over with the settings as they stand, or with those of the run when they cannot run. */
  reset(): void {
    const { settings, run } = this.workplace.store.getState();
    clearTimeout(this.restartTimer);
    const config = settings.problems.length === 0 ? settings.draft : (run.info?.config ?? settings.draft);
    this.startRun(config, { goOn: false });
  }

  private take(draft: RunConfig): void {
    const { store } = this.workplace;
    const { draft: before } = store.getState().settings;
    if (before.task.objective !== draft.task.objective) this.left.set(before.task.objective, ownSettings(before));
    store.setState((state) => ({ settings: withDraft(draft, state.files.usable) }));
    clearTimeout(this.restartTimer);
    const changes = this.changes();
    if (changes === null) return;
    if (changes.restart.length > 0) this.restartTimer = setTimeout(() => this.restart(), RESTART_MILLISECONDS);
    else this.liveTimer ??= setTimeout(() => this.applyLive(), LIVE_MILLISECONDS);
  }

  /** What the settings ask for beyond the run; null when they cannot run, or there is no run to change. */
  private changes(): Changes | null {
    const { settings } = this.workplace.store.getState();
    const running = this.runs.config();
    if (settings.problems.length > 0 || running === null) return null;
    return sortChanges(settings.draft, running);
  }

  private applyLive(): void {
    this.liveTimer = undefined;
    const changes = this.changes();
    // A pending restart takes everything with it.
    if (changes === null || changes.restart.length > 0) return;
    const { draft } = this.workplace.store.getState().settings;
    for (const path of changes.live) this.runs.setLive(path, getSetting(draft, path));
  }

  /** Changed settings that wait for others are applied at once. */
  private applyWaiting(): void {
    const { liveTimer, restartTimer } = this;
    clearTimeout(liveTimer);
    clearTimeout(restartTimer);
    if (liveTimer !== undefined) this.applyLive();
    if (restartTimer !== undefined) this.restart();
  }

  private restart(): void {
    this.restartTimer = undefined;
    const changes = this.changes();
    if (changes === null || changes.restart.length === 0) return;
    // The objective brings settings of its own.
    const paths = changes.restart.includes('task.objective') ? ['task.objective'] : changes.restart;
    const names = paths.map((path) => fieldAt(path)?.label ?? path);
    const what = names.length > 2 ? `${names.length} settings` : names.join(' and ');
    this.startRun(this.workplace.store.getState().settings.draft, { keepOld: this.undoFor(`${what} changed`) });
  }

  /** The visitor's files were read: a new run learns from them. */
  startOnFiles(config: RunConfig, dataset: Dataset, before: readonly NamedFile[]): void {
    this.workplace.store.setState({ settings: withDraft(config, true) });
    this.runs.restart(config, { dataset, keepOld: this.undoFor(`${dataset.name} loaded`, before) });
  }

  /** Files are read again when the run wants them at another size, or split by another seed. */
  private startRun(config: RunConfig, options: RestartOptions, then: () => void = () => {}): void {
    const start = (dataset?: Dataset): void => {
      this.runs.restart(config, dataset === undefined ? options : { ...options, dataset });
      then();
    };
    if (config.data.dataset === 'files' && !this.runs.holdsFilesFor(config)) this.files.readAgain(config, start);
    else start();
  }

  /** Starting over is not asked about beforehand: it can be undone, with weights, step and curves. */
  undoFor(cause: string, before?: readonly NamedFile[]): (kept: Kept) => void {
    return (kept) => this.offerUndo(`${cause}: the run started over.`, kept, before);
  }

  /** Weights of a file take the place of the run's own, as a new start; the trainer checks that they fit. */
  loadWeights(name: string, file: Blob): Promise<void> {
    return this.runs.loadFile(name, file, (kept) => {
      const text = `${name} loaded: the run started over from its weights.`;
      if (kept === null) notify(this.workplace.store, 'info', text);
      else this.offerUndo(text, kept);
    });
  }

  private offerUndo(happened: string, kept: Kept, before?: readonly NamedFile[]): void {
    const text = `${happened} Undo goes back to step ${formatCount(kept.step)}.`;
    const action = { label: 'Undo', run: () => this.undo(kept, before) };
    notify(this.workplace.store, 'info', text, { action });
  }

  private undo(kept: Kept, before?: readonly NamedFile[]): void {
    const { store } = this.workplace;
    if (before !== undefined && kept.config.data.dataset === 'files') {
      this.files.keep(before);
      this.runs.forgetFiles();
    }
    const goOn = store.getState().run.wanted;
    store.setState((state) => ({ settings: withDraft(kept.config, state.files.usable) }));
    this.startRun(kept.config, { goOn: false }, () => {
      this.runs.bringBack(kept);
      if (goOn) this.runs.train();
    });
  }
}
