/** From one run to the next: makes the run that was asked for, and keeps the state of the one that it takes the place of. */
import { CheckpointError, RunGoneError } from '../base/errors.ts';
import { differsLiveOnly } from '../config/applies.ts';
import type { RunConfig } from '../config/run.ts';
import type { PictureShelf } from '../data/builtInPictures.ts';
import type { Dataset, Recipe } from '../data/samples.ts';
import { readCheckpointInfo } from '../io/checkpointInfo.ts';
import { layoutOf } from '../io/runFiles/layout.ts';
import type { RunState } from '../io/runState.ts';
import { recipeIn } from '../io/savedData.ts';
import type { RunHistory } from '../trainer/history.ts';
import { Datasets, type DrawProgress } from './datasets.ts';
import type { Comeback } from './keeping/found.ts';
import type { LeftRun, Restored, RunCause } from './protocol.ts';
import { Session } from './session.ts';

/** A run that is to be made. */
export interface WantedRun {
  id: number;
  config: RunConfig;
  /** The visitor's pictures, where they came with the wish. */
  files?: Dataset;
  /** What it begins with: safetensors of a pretrained encoder, or the whole state of a run that was left. */
  start?: Uint8Array;
  state?: RunState;
  /** What had happened to the run that a state is of. */
  history?: RunHistory;
  /** Of a state that comes from a file (`RunRecord.layout`). */
  layout?: number;
  /** How samples become tokens, where a state is of such. */
  recipe?: Recipe;
  /** What the page is told, where that does not follow. */
  cause?: RunCause;
  /** What this browser kept of it, and who writes it from then on. */
  comeback?: Comeback;
}

interface Left {
  id: number;
  config: RunConfig;
  state: RunState;
  history: RunHistory;
  recipe: Recipe;
  /** What somebody brought for it, which nobody may be able to bring again; undefined where its samples are drawn. */
  files: Dataset | undefined;
}

export class Succession {
  private readonly datasets: Datasets;
  private current: Session | undefined;
  private left: Left | undefined;
  /** The run that is being made; it stays where the device was lost meanwhile. */
  wanted: WantedRun | undefined;

  /** @param settle waits for the steps under way, and tells of them */
  constructor(
    private readonly onProgress: DrawProgress,
    private readonly settle: () => Promise<void>,
    shelf?: PictureShelf,
  ) {
    this.datasets = new Datasets(shelf);
  }

  get session(): Session | undefined {
    return this.current;
  }

  /** The run that can be gone back to. */
  get leftRun(): LeftRun | null {
    return this.left === undefined ? null : { run: this.left.id, step: this.left.state.steps };
  }

  /**
   * Puts a new run in the place of the old one, which stays as it was when this throws.
   *
   * @throws BadDataError, BadSettingError, CheckpointError when there can be no such run
   */
  async make(wanted: WantedRun): Promise<{ session: Session; cause: RunCause }> {
    this.wanted = wanted;
    const { target, source } = await this.datasets.of(wanted.config, this.onProgress, wanted.files);
    await this.settle().catch(() => {});
    const next = await Session.open(wanted.id, wanted.config, target, source, wanted.start, wanted.recipe);
    refuseOtherLayout(next, wanted.layout);
    if (wanted.state !== undefined) await next.restore(wanted.state, wanted.history);
    await this.leave(wanted.state !== undefined);
    this.current?.dispose();
    this.current = next;
    if (wanted.files !== undefined) this.datasets.bring(wanted.files);
    this.wanted = undefined;
    return { session: next, cause: wanted.cause ?? (wanted.state === undefined ? 'reset' : 'returned') };
  }

  /**
   * The run that was left, as it was then.
   *
   * @throws RunGoneError when another one has been left since
   */
  leftAs(id: number, to: number): WantedRun {
    const { left } = this;
    if (left?.id !== to) throw new RunGoneError('The run from before is not there any more.');
    const { config, state, history, recipe, files } = left;
    return { id, config, state, history, recipe, ...(files === undefined ? {} : { files }) };
  }

  /**
   * Takes a file into the run that there is. A whole run of other settings takes its place instead, where its pictures are here.
   *
   * @param bytes of ours (`bringIn`)
   * @throws CheckpointError when the weights do not fit; the run keeps those it has
   */
  async load(session: Session, id: number, bytes: Uint8Array): Promise<Restored> {
    await this.settle();
    const { config, whole } = readCheckpointInfo(bytes);
    const before = this.left;
    await this.leave(false);
    try {
      const isAnother = config !== undefined && whole && !differsLiveOnly(config, session.run.config);
      const other = isAnother ? await this.openAs(config, id, bytes).catch(() => undefined) : undefined;
      const taker = other ?? (session.readsOther(bytes) ? session.reading(recipeIn(bytes)) : session);
      const restored = await taker.load(bytes).catch((error: unknown) => {
        if (taker !== session) taker.dispose();
        throw error;
      });
      if (taker !== session) session.dispose();
      taker.id = id;
      this.current = taker;
      return restored;
    } catch (error) {
      this.left = before;
      throw error;
    }
  }

  /** @throws BadDataError when its pictures are not here */
  private async openAs(config: RunConfig, id: number, bytes: Uint8Array): Promise<Session> {
    const { target, source } = await this.datasets.of(config, this.onProgress, undefined);
    return Session.open(id, config, target, source, undefined, recipeIn(bytes));
  }

  /** The same run on the backend that is current now, from its last snapshot. */
  revive(session: Session): Session {
    this.current = session.revive();
    return this.current;
  }

  /** A run that has learned nothing is not worth going back to: the one before it stays, unless it has just been gone back to. */
  private async leave(wentBack: boolean): Promise<void> {
    if (wentBack) this.left = undefined;
    const { current } = this;
    if (current === undefined || current.run.steps === 0) return;
    // A run whose numbers cannot be read back any more is lost, and no reason to refuse the next.
    const state = await current.run.snapshot().catch(() => undefined);
    if (state === undefined) return;
    const { id, history, recipe, files } = current;
    this.left = { id, config: current.run.config, state, history, recipe, files };
  }
}

/** @throws CheckpointError when a state is of other parameters than the session's, which is done away with */
function refuseOtherLayout(session: Session, layout: number | undefined): void {
  if (layout === undefined || layout === layoutOf(session.run.parameters.placements)) return;
  session.dispose();
  throw new CheckpointError('The run was kept by a Patchwork whose models have other parameters: it cannot go on here.');
}
