/** Begins runs with labels: from a kept run, from the one under way, from a file, or from scratch. */

import { type ErrorReport, messageOf } from '../../base/errors.ts';
import type { SettingValue } from '../../config/field.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import type { TrainerEvent } from '../../worker/protocol.ts';
import { draftFor, type FineTuneState, type FineTuning, type Start, withDraftSetting } from '../store/fineTune.ts';
import { nameRun } from '../store/runs.ts';
import { withDraft } from '../store/settings.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { Experiment } from './experiment.ts';
import type { KeptController } from './kept.ts';
import { notify } from './notices.ts';
import { isNewStart, type RunController } from './runs.ts';
import type { WeightsReader } from './weightsReader.ts';
import type { Workplace } from './workplace.ts';

const FROM_SCRATCH = 'random weights';
const NO_PROBLEM = { fileProblem: null, refused: null } as const;

export class FineTuneController {
  /** Weights of the file that was opened. */
  private fileWeights: Blob | null = null;
  /** The last run that this page began is the one under way, or coming. */
  private begun = 0;

  constructor(
    private readonly workplace: Workplace,
    runs: RunController,
    private readonly commands: CommandController,
    private readonly kept: KeptController,
    private readonly experiment: Experiment,
    private readonly reader: WeightsReader,
  ) {
    runs.listen((event) => this.onTold(event));
  }

  /** The page was opened: people who have pretrained something want to use it. Else the form begins with the run under way. */
  suggestStart(): void {
    // Said long ago.
    this.set((state) => ({ ...state, fileProblem: null }));
    const { fineTune, run, settings } = this.state;
    if (fineTune.chosen) return;
    const config = run.info?.config ?? settings.draft;
    if (factsOf(config).labelled) this.set((state) => ({ ...state, draft: config }));
    else if (run.step > 0) this.chooseStart('current');
    else this.set((state) => ({ ...state, draft: draftFor(null, config, state.draft) }));
  }

  chooseStart(start: Start): void {
    const model = this.state.run.info?.config ?? this.state.settings.draft;
    this.set((state) => {
      const chosen = { ...state, start, chosen: true, ...NO_PROBLEM };
      return { ...chosen, draft: draftFor(this.configOf(chosen), model, state.draft) };
    });
  }

  edit(path: string, value: SettingValue): void {
    this.set((state) => ({ ...state, ...NO_PROBLEM, chosen: true, draft: withDraftSetting(state.draft, path, value) }));
  }

  /** Starts from a file that somebody has on disk. */
  async openFile(file: File): Promise<void> {
    try {
      const read = await this.reader.read(file);
      if (read === null) return;
      const { weights, config, notes } = read;
      for (const note of notes) notify(this.workplace.store, 'info', note);
      this.fileWeights = weights;
      this.set((state) => ({ ...state, file: { name: file.name, config } }));
      this.chooseStart('file');
    } catch (error) {
      const kept = `The start is still ${this.nameOf(this.state.fineTune.start)}: fine-tune from that, or choose another file.`;
      this.set((state) => ({ ...state, fileProblem: `${file.name} cannot be a start. ${messageOf(error)} ${kept}` }));
    }
  }

  /** The run that a start was pretrained as; null from scratch, or when it is gone. */
  configOf({ start, file }: Pick<FineTuneState, 'start' | 'file'>): RunConfig | null {
    if (start === 'scratch') return null;
    if (start === 'file') return file?.config ?? null;
    if (start === 'current') return this.state.run.info?.config ?? null;
    return this.state.kept.runs.find(({ id }) => id === start)?.config ?? null;
  }

  /** The run under way makes place for one with labels; undo brings it back. */
  async begin(): Promise<void> {
    if (this.commands.restsForMeasuring()) return;
    const { draft, start } = this.state.fineTune;
    const startName = this.nameOf(start);
    const weights = await this.weightsOf(start);
    if (start !== 'scratch' && weights === null) {
      this.set((state) => ({
        ...state,
        refused: { path: 'start', message: 'The weights to start from are not there any more.' },
      }));
      return;
    }
    const run: FineTuning = { config: draft, startName, state: 'making', before: null };
    this.set((state) => ({ ...state, ...NO_PROBLEM, run, replaced: state.run?.state === 'making' ? state.replaced : state.run }));
    const begun = ++this.begun;
    this.experiment.begin(draft, {
      what: 'Fine-tuning began',
      goOn: false,
      ...(weights === null ? {} : { start: weights }),
      told: (outcome) => {
        // A later one of this page has taken it over.
        if (begun !== this.begun) return;
        if (outcome === 'there') this.onThere(run);
        else if (outcome === 'replaced') this.giveUp();
        else this.refuse(outcome);
      },
    });
  }

  private onTold(event: TrainerEvent): void {
    const { run } = this.state.fineTune;
    if (run === null) return;
    switch (event.type) {
      case 'run':
        // The one that is being made is told of by itself.
        if (isNewStart(event.cause) && run.state !== 'making') this.onOther(run, event);
        return;
      case 'evaluation':
        if (run.state !== 'measuring') return;
        if (event.evaluation.attentionDistance !== undefined || run.config.model.depth === 0) {
          const { attentionDistance: distances, uniformDistance: uniform } = event.evaluation;
          this.setRun({ ...run, state: 'begun', before: distances === undefined ? null : { distances, uniform } });
          this.commands.train();
        }
        return;
      default:
    }
  }

  /** Another run, or other weights: what this one was before its first step says nothing of them. */
  private onOther({ startName }: FineTuning, { cause, info }: Extract<TrainerEvent, { type: 'run' }>): void {
    if (cause === 'reset' && factsOf(info.config).labelled && startName !== FROM_SCRATCH) {
      const text = `This run starts from ${FROM_SCRATCH}. To start from ${startName} again, use Fine-tune.`;
      notify(this.workplace.store, 'info', text);
    }
    this.setRun(null);
  }

  private onThere(run: FineTuning): void {
    this.workplace.store.setState((state) => ({ settings: withDraft(run.config, state.files.usable) }));
    const { startName } = run;
    if (startName !== FROM_SCRATCH) update(this.workplace.store, 'run', (now) => ({ ...now, origin: startName }));
    this.set((state) => ({ ...state, run: { ...run, state: 'measuring' }, replaced: null }));
  }

  /** The run before goes on, and is to this page what it was. */
  private giveUp(): void {
    this.set((state) => ({ ...state, run: state.replaced, replaced: null }));
  }

  private refuse({ name, message }: ErrorReport): void {
    const path = name === 'CheckpointError' ? 'start' : name === 'BadDataError' ? 'supervised.labelsPerClass' : 'start';
    this.giveUp();
    this.set((state) => ({ ...state, refused: { path, message } }));
  }

  private async weightsOf(start: Start): Promise<Uint8Array | null> {
    if (start === 'scratch') return null;
    if (start === 'file') return this.fileWeights && new Uint8Array(await this.fileWeights.arrayBuffer());
    return start === 'current' ? this.commands.weights() : this.kept.weights(start);
  }

  private nameOf(start: Start): string {
    if (start === 'scratch') return FROM_SCRATCH;
    if (start === 'file') return this.state.fineTune.file?.name ?? 'a file';
    const kept = this.state.kept.runs.find(({ id }) => id === start);
    if (kept !== undefined) return kept.name;
    const { info, step } = this.state.run;
    if (info === null) return 'the run under way';
    return this.kept.nameOfCurrent() ?? nameRun(info.config, info.datasetName, step, []);
  }

  private get state() {
    return this.workplace.store.getState();
  }

  private set(change: (state: FineTuneState) => FineTuneState): void {
    update(this.workplace.store, 'fineTune', change);
  }

  private setRun(run: FineTuning | null): void {
    this.set((state) => ({ ...state, run }));
  }
}
