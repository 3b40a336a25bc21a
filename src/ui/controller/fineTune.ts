/** Begins runs with labels: from a kept run, from the one under way, from a file, or from scratch. */

import { messageOf } from '../../base/errors.ts';
import type { SettingValue } from '../../config/field.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import { changedPaths } from '../../config/settings.ts';
import type { Dataset } from '../../data/pictures.ts';
import type { TrainerEvent } from '../../worker/protocol.ts';
import { draftFor, type FineTuneState, type FineTuning, type Start, withDraftSetting } from '../store/fineTune.ts';
import { nameRun } from '../store/runs.ts';
import { withDraft } from '../store/settings.ts';
import { update } from '../store/store.ts';
import type { EditController } from './edits.ts';
import type { FilesController } from './files.ts';
import type { KeptController } from './kept.ts';
import { notify } from './notices.ts';
import { CHECKPOINT_INFO } from './parts.ts';
import type { RunController } from './runs.ts';
import type { Workplace } from './workplace.ts';

const FROM_SCRATCH = 'random weights';
const NO_PROBLEM = { fileProblem: null, refused: null } as const;

export class FineTuneController {
  /** Weights of the file that was opened. */
  private fileWeights: Uint8Array | null = null;
  /** What the run under way was to this page, until the one that is asked for takes its place. */
  private replaced: FineTuning | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly kept: KeptController,
    private readonly files: FilesController,
    private readonly edits: EditController,
  ) {}

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
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { readCheckpointInfo } = await CHECKPOINT_INFO.get();
      const { config } = readCheckpointInfo(bytes);
      if (config === undefined) throw new Error('It does not say which settings it was made with.');
      this.fileWeights = bytes;
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
    if (this.runs.restsForMeasuring()) return;
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
    const go = (dataset?: Dataset): void => {
      // Before this page takes it for its own: the old run may have been one of fine-tuning too.
      this.runs.restart(draft, {
        goOn: false,
        keepOld: this.edits.undoFor('Fine-tuning began'),
        ...(weights === null ? {} : { start: weights }),
        ...(dataset === undefined ? {} : { dataset }),
      });
      const { run: old } = this.state.fineTune;
      if (old?.state !== 'making') this.replaced = old;
      this.set((state) => ({ ...state, ...NO_PROBLEM, run }));
    };
    if (draft.data.dataset === 'files' && !this.runs.holdsFilesFor(draft)) this.files.readAgain(draft, go);
    else go();
  }

  onTold(event: TrainerEvent): void {
    const { run } = this.state.fineTune;
    if (run === null) return;
    switch (event.type) {
      case 'run':
        if (event.cause === 'reset') this.onRun(run, event.run.config);
        // Other weights: what this one was before its first step says nothing of them.
        if (event.cause === 'loaded' && run.state !== 'making') this.setRun(null);
        return;
      case 'evaluation':
        if (run.state !== 'measuring') return;
        if (event.evaluation.attentionDistance !== undefined || run.config.model.depth === 0) {
          const { attentionDistance: distances, uniformDistance: uniform } = event.evaluation;
          this.setRun({ ...run, state: 'begun', before: distances === undefined ? null : { distances, uniform } });
          this.runs.train();
        }
        return;
      case 'error':
        if (run.state === 'making') this.refuse(event.error.name, event.error.message);
        return;
      default:
    }
  }

  /** The run that was asked for is there; any other one ends this one. */
  private onRun(run: FineTuning, config: RunConfig): void {
    if (run.state !== 'making' || changedPaths(config, run.config).length > 0) {
      if (factsOf(config).labelled && run.startName !== FROM_SCRATCH && !this.runs.isReturning) {
        notify(
          this.workplace.store,
          'info',
          `This run starts from ${FROM_SCRATCH}. To start from ${run.startName} again, use Fine-tune.`,
        );
      }
      this.setRun(null);
      return;
    }
    this.workplace.store.setState((state) => ({ settings: withDraft(config, state.files.usable) }));
    const { startName } = run;
    if (startName !== FROM_SCRATCH) update(this.workplace.store, 'run', (now) => ({ ...now, origin: startName }));
    this.setRun({ ...run, state: 'measuring' });
  }

  private refuse(name: string, message: string): void {
    const path = name === 'CheckpointError' ? 'start' : name === 'BadDataError' ? 'supervised.labelsPerClass' : 'start';
    this.set((state) => ({ ...state, run: this.replaced, refused: { path, message } }));
  }

  private weightsOf(start: Start): Promise<Uint8Array | null> {
    if (start === 'scratch') return Promise.resolve(null);
    if (start === 'file') return Promise.resolve(this.fileWeights?.slice() ?? null);
    return start === 'current' ? this.runs.weights() : this.kept.weights(start);
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
