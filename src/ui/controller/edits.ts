/** From a control that is moved to a run that has taken it over. */

import type { Settings, SettingValue } from '../../config/field.ts';
import { fieldOn } from '../../config/fieldOn.ts';
import { modalityOf } from '../../config/modalities.ts';
import { OBJECTIVE_NAMES, type ObjectiveName } from '../../config/objectives.ts';
import { ownSettings, type PresetName, presetRun, switchObjective, switchSamples } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { getSetting, withSetting } from '../../config/settings.ts';
import { type Changes, sortChanges, withDraft } from '../store/settings.ts';
import type { AppStore } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { Experiment } from './experiment.ts';
import type { RunController } from './runs.ts';

/** A slider that is dragged sends this often. */
const LIVE_MILLISECONDS = 120;
/** Several settings changed in a row start one new run, not one each. */
const RESTART_MILLISECONDS = 400;

export class EditController {
  /** What belongs to objectives, as it was when they were left; of every modality apart. */
  private readonly left = new Map<string, Settings>();

  constructor(
    private readonly store: AppStore,
    private readonly runs: RunController,
    private readonly commands: CommandController,
    private readonly experiment: Experiment,
  ) {}

  edit(path: string, value: SettingValue): void {
    const { draft } = this.store.getState().settings;
    const objective = path === 'task.objective' ? OBJECTIVE_NAMES.find((name) => name === value) : undefined;
    if (objective !== undefined) this.take(switchObjective(draft, objective, this.left.get(keyOf(draft, objective))));
    else if (path === 'data.dataset' || path === 'data.modality') this.take(switchSamples(draft, path, value));
    else this.take(withSetting(draft, path, value));
  }

  /** A preset sets everything but the seed, which is the visitor's. */
  applyPreset(name: PresetName): void {
    const { seed } = this.store.getState().settings.draft.optimiser;
    this.take(withSetting(presetRun(name), 'optimiser.seed', seed));
  }

  /** A run that is over goes on for some more steps; its learning rate follows the longer cosine from where it stands. */
  goOn(steps: number): void {
    this.edit('optimiser.steps', this.store.getState().run.step + steps);
    this.experiment.goOn();
  }

  private take(draft: RunConfig): void {
    const { settings } = this.store.getState();
    const { draft: before } = settings;
    const { objective } = before.task;
    if (objective !== draft.task.objective) this.left.set(keyOf(before, objective), ownSettings(before));
    this.store.setState((state) => ({ settings: withDraft(draft, state.files.usable) }));
    const { waiting } = this.experiment;
    waiting.cancel('restart');
    const changes = this.changes();
    if (changes === null) return;
    if (changes.restart.length > 0) waiting.later('restart', RESTART_MILLISECONDS, () => this.restart());
    // A slider that is dragged does not put it off.
    else if (!waiting.has('live')) waiting.later('live', LIVE_MILLISECONDS, () => this.applyLive());
  }

  /** What the settings ask for beyond the run; null when they cannot run, or there is no run to change. */
  private changes(): Changes | null {
    const { settings } = this.store.getState();
    const running = this.runs.config();
    if (settings.problems.length > 0 || running === null) return null;
    return sortChanges(settings.draft, running);
  }

  private applyLive(): void {
    const changes = this.changes();
    // A pending restart takes everything with it.
    if (changes === null || changes.restart.length > 0) return;
    const { draft } = this.store.getState().settings;
    for (const path of changes.live) {
      const value = getSetting(draft, path);
      this.commands.setLive(path, value, () => this.takeBack(path, value));
    }
  }

  /** The run did not take a value over: the setting shows the one it has, unless it has been moved again since. */
  private takeBack(path: string, value: SettingValue): void {
    const { settings, run } = this.store.getState();
    if (run.info === null || getSetting(settings.draft, path) !== value) return;
    const draft = withSetting(settings.draft, path, getSetting(run.info.config, path));
    this.store.setState((state) => ({ settings: withDraft(draft, state.files.usable) }));
  }

  private restart(): void {
    const changes = this.changes();
    if (changes === null || changes.restart.length === 0) return;
    // The objective brings settings of its own.
    const paths = changes.restart.includes('task.objective') ? ['task.objective'] : changes.restart;
    const { draft } = this.store.getState().settings;
    const names = paths.map((path) => fieldOn(path, draft)?.label ?? path);
    const what = names.length > 2 ? `${names.length} settings` : names.join(' and ');
    this.experiment.begin(draft, { what: `${what} changed` });
  }
}

function keyOf(config: RunConfig, objective: ObjectiveName): string {
  return `${modalityOf(config)} ${objective}`;
}
