/** One run inside the trainer worker, with what the page wants to see of it. */
import { BadDataError, BadSettingError } from '../base/errors.ts';
import { appliesTo, differsLiveOnly } from '../config/applies.ts';
import { checkRun } from '../config/check.ts';
import type { SettingValue } from '../config/field.ts';
import { phasesOf } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import { checkSetting, withSetting } from '../config/settings.ts';
import { sampleOf } from '../data/sample.ts';
import {
  asRead,
  bytesOf,
  countClasses,
  type Dataset,
  joinSamples,
  type Recipe,
  type Samples,
  sameShape,
  selectSamples,
} from '../data/samples.ts';
import { inFormOf } from '../data/source.ts';
import { currentEngine } from '../engine/backend.ts';
import { readCheckpoint, writeCheckpoint } from '../io/checkpoint.ts';
import { readCheckpointInfo } from '../io/checkpointInfo.ts';
import { joinParts, writeRunFile } from '../io/runFile.ts';
import { asWeights } from '../io/runFiles/asWeights.ts';
import { type FoundRun, readRun } from '../io/runFiles/readRun.ts';
import type { RunState } from '../io/runState.ts';
import { recipeIn, sayOtherData } from '../io/savedData.ts';
import { accuracyCeiling } from '../metrics/accuracyCeiling.ts';
import { stepFlops } from '../trainer/flops.ts';
import { historyOf, newHistory, onEngine, type RunHistory, withChanges } from '../trainer/history.ts';
import { Observer } from '../trainer/observer.ts';
import { StepPipeline } from '../trainer/pipeline.ts';
import { Run } from '../trainer/run.ts';
import { runAbout } from '../trainer/runAbout.ts';
import { savedInfo } from '../trainer/savedInfo.ts';
import type { Restored, RunInfo } from './protocol.ts';
import { Snapshots } from './snapshots.ts';

/** Held-out samples on the board, besides a pinned one; more where people look for some of a kind among them. */
const BOARD_SAMPLES = 6;
const SWITCHBOARD_SAMPLES = 24;
const THUMBNAILS = 24;
/** Samples that the accuracy ceiling is estimated on: counting twins among all would delay the first paint. */
const CEILING_SAMPLES = 500;

export class Session {
  readonly run: Run;
  readonly pipeline: StepPipeline;
  observer: Observer;
  /** What to go on from should the device be lost, and what is kept of the run. */
  readonly snapshots = new Snapshots();
  /** What happened to the run that its settings do not tell; it goes with its file. */
  history: RunHistory = newHistory(currentEngine());
  /** Of the file that was written last, or that the run is from. */
  private sequence = 0;
  private readonly notes: string[] = [];
  private pinned: Samples | null = null;

  /**
   * @param id names the run to the page; other weights make it another
   * @param brought what it learns from
   * @param recipe how samples become tokens where weights have learned that already: the words that these know
   */
  constructor(
    public id: number,
    config: RunConfig,
    private readonly brought: Dataset,
    private readonly source: Dataset = brought,
    recipe: Recipe = {},
  ) {
    const dataset = asRead(brought, recipe);
    this.run = new Run(config, dataset, source === brought ? dataset : inFormOf(dataset.train, source));
    this.pipeline = new StepPipeline(this.run);
    this.observer = new Observer(this.run);
  }

  /**
   * @param start safetensors of a pretrained encoder; without it the first weights are random
   * @param recipe as for the constructor; that of the encoder when there is one
   * @throws CheckpointError when the encoder is not one of such a run
   */
  static async open(
    id: number,
    config: RunConfig,
    dataset: Dataset,
    source: Dataset,
    start: Uint8Array | undefined,
    recipe?: Recipe,
  ): Promise<Session> {
    const session = new Session(id, config, dataset, source, start === undefined ? recipe : recipeIn(start));
    if (start === undefined) return session;
    try {
      session.startFrom(start);
      session.noteOtherData(start);
      await session.takeSnapshot();
      return session;
    } catch (error) {
      session.dispose();
      throw error;
    }
  }

  /** @throws BadSettingError when it is not a value for a setting that may change during this run, or does not go with the others */
  set(path: string, value: SettingValue): void {
    const problem = checkSetting(path, value);
    if (problem !== undefined || appliesTo(path, this.run.config) !== 'live') {
      throw new BadSettingError(problem ?? `${path} cannot change during a run.`);
    }
    const config = withSetting(this.run.config, path, value);
    const [broken] = checkRun(config);
    if (broken !== undefined) throw new BadSettingError(broken.message);
    this.history = withChanges(this.history, this.run.started, this.run.config, config);
    this.run.config = config;
  }

  /** Prepares some more training samples while there is nothing else to do; whether there are more to prepare. */
  prepareAhead(): boolean {
    const { tokenizer, dataset } = this.run;
    return tokenizer.ahead?.(dataset.train) ?? false;
  }

  /** No step may be under way. */
  takeSnapshot(): Promise<void> {
    return this.snapshots.take(this.run, this.history);
  }

  /** The same run on the backend that is current now, as it was at the last snapshot. This one's tensors are lost already. */
  revive(): Session {
    const session = this.reading(this.recipe);
    session.pinned = this.pinned;
    session.history = onEngine(this.history, currentEngine(), this.snapshots.step);
    session.sequence = this.sequence;
    if (this.snapshots.state !== undefined) session.run.restore(this.snapshots.state);
    session.snapshots.takeOver(this.snapshots);
    return session;
  }

  /** What somebody brought for it; undefined where its samples are drawn. */
  get files(): Dataset | undefined {
    return this.run.config.data.dataset === 'files' ? this.brought : undefined;
  }

  /** How its samples become tokens. */
  get recipe(): Recipe {
    return this.run.tokenizer.recipe;
  }

  /** Whether a file's weights know other words than the run reads. */
  readsOther(bytes: Uint8Array): boolean {
    const { dataset } = this.run;
    return asRead(dataset, recipeIn(bytes)) !== dataset;
  }

  /** Another one of the same settings and samples, in the tokens of a recipe. */
  reading(recipe: Recipe): Session {
    return new Session(this.id, this.run.config, this.brought, this.source, recipe);
  }

  /** Goes on from the whole state of a run of the same settings on the same pictures. */
  async restore(state: RunState, history: RunHistory | undefined): Promise<void> {
    this.run.restore(state);
    this.history = historyOf(history, currentEngine(), state.steps);
    await this.takeSnapshot();
  }

  /** @throws BadDataError when the sample does not have the shape of the run's */
  pin(sample: Samples | null): void {
    if (sample !== null && (sample.count !== 1 || !sameShape(sample, this.run.dataset.train))) {
      throw new BadDataError(
        'What is pinned must have the size and the channels of the run’s own samples to stand on this board.',
      );
    }
    this.pinned = sample;
  }

  /** The pinned sample, then held-out ones of as many classes as there is room for. */
  boardSamples(): Samples {
    const { heldOut } = this.run.dataset;
    const count = this.run.config.task.objective === 'robust' ? SWITCHBOARD_SAMPLES : BOARD_SAMPLES;
    const chosen = selectSamples(heldOut, sampleOf(heldOut, count));
    return this.pinned === null ? chosen : joinSamples(this.pinned, chosen);
  }

  info(): RunInfo {
    const { config, dataset, parameters, tokenizer } = this.run;
    const { train, heldOut } = dataset;
    return {
      config,
      datasetName: dataset.name,
      classes: train.classes,
      classCounts: countClasses(dataset),
      trainCount: train.count,
      heldOutCount: heldOut.count,
      heldOutIsTrain: dataset.heldOutIsTrain,
      dataBytes: bytesOf(train, heldOut) + this.keptBytes(),
      tokens: tokenizer.tokens,
      parameters: parameters.count,
      stepGflop: this.stepGflop(),
      accuracyCeiling: accuracyCeiling(tokenizer.cut(heldOut, sampleOf(heldOut, CEILING_SAMPLES))),
      board: tokenizer.gallery(this.boardSamples()),
      pinned: this.pinned !== null,
      thumbnails: tokenizer.gallery(selectSamples(train, sampleOf(train, THUMBNAILS))),
    };
  }

  private keptBytes(): number {
    const { tokenizer, dataset } = this.run;
    const sets = new Set([dataset.train, dataset.heldOut]);
    return [...sets].reduce((sum, set) => sum + (tokenizer.keptBytes?.(set) ?? 0), 0);
  }

  /** See `RunInfo.stepGflop`. */
  stepGflop(): number[] {
    const { config, subject } = this.run;
    return phasesOf(config).map((phase) => stepFlops(config, subject, phase) / 1e9);
  }

  /** The run with all that it needs to go on, or its weights only. No step may be under way. */
  async save(what: 'run' | 'weights'): Promise<Uint8Array> {
    const { placements } = this.run.parameters;
    if (what === 'weights') return writeCheckpoint(placements, await this.run.readWeights(), savedInfo(this.run));
    this.sequence += 1;
    return joinParts(writeRunFile(placements, await this.run.snapshot(), runAbout(this.run, this.history), this.sequence));
  }

  /**
   * Goes on from a run in a file, or starts from the weights in it.
   *
   * @throws CheckpointError when the file does not fit the run; nothing is changed then
   */
  async load(bytes: Uint8Array): Promise<Restored> {
    const restored = this.take(bytes);
    this.noteOtherData(bytes);
    // What was measured of the old weights is not true of these.
    this.observer.dispose();
    this.observer = new Observer(this.run);
    await this.takeSnapshot();
    return restored;
  }

  private take(bytes: Uint8Array): Restored {
    const { run } = this;
    const { placements } = run.parameters;
    const { config: saved } = readCheckpointInfo(bytes);
    const sameObjective = saved === undefined || saved.task.objective === run.config.task.objective;
    if (saved !== undefined && sameObjective && differsLiveOnly(saved, run.config)) {
      const found = readRun(bytes, placements);
      if (found !== undefined) {
        this.goOn(found, saved);
        return 'run';
      }
    }
    const { values, step } = sameObjective ? readCheckpoint(asWeights(bytes), placements) : { values: undefined, step: 0 };
    const [first, ...later] = phasesOf(run.config);
    this.history = newHistory(currentEngine(), step);
    if (values !== undefined && (later.length === 0 || step <= (first?.steps ?? 0))) {
      run.writeWeights(values, step);
      return 'weights';
    }
    // Of another objective, or from a later phase: what that began with, and its teacher, are not in the file.
    this.startFrom(bytes);
    return 'encoder';
  }

  private goOn({ state, record, sequence }: FoundRun, config: RunConfig): void {
    this.run.config = config;
    this.run.restore(state);
    this.history = historyOf(record, currentEngine(), state.steps);
    this.sequence = sequence;
  }

  private startFrom(bytes: Uint8Array): void {
    const { unused, resized } = this.run.startFrom(bytes);
    if (resized.length > 0) this.notes.push(`Positions were brought to another grid: ${resized.join(', ')}.`);
    if (unused.length > 0) this.notes.push(`Not used of the file: ${unused.join(', ')}.`);
  }

  private noteOtherData(bytes: Uint8Array): void {
    const otherData = sayOtherData(bytes, this.brought);
    if (otherData !== undefined) this.notes.push(otherData);
  }

  /** What there is to say of how the run began; said once. */
  takeNotes(): string[] {
    return this.notes.splice(0);
  }

  dispose(): void {
    this.observer.dispose();
    this.run.dispose();
  }
}
