/** Keeps runs in this browser: when pretraining finishes, when asked to, and from files. */

import { messageOf } from '../../base/errors.ts';
import { now } from '../../base/now.ts';
import { factsOf } from '../../config/objectives.ts';
import type { TrainerEvent } from '../../worker/protocol.ts';
import { Tabs } from '../../worker/tabs.ts';
import { formatBytes } from '../format.ts';
import { PartError } from '../parts/part.ts';
import { freeName, type KeptRun, withKept, withListed, withoutDeleted, withoutKept } from '../store/runs.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import { describeRun, UNMEASURED } from './describeRun.ts';
import { notify } from './notices.ts';
import { NO_DATABASE, RUNS_DATABASE, WEIGHTS_FILE } from './parts.ts';
import { isNewStart, type RunController } from './runs.ts';
import type { RunsDatabase } from './runsDatabase.ts';
import type { Workplace } from './workplace.ts';

/** Scores that arrive in parts are written once. */
const WRITE_MILLISECONDS = 500;

export class KeptController {
  private opening: Promise<RunsDatabase | null> | undefined;
  /** The kept run that is the run under way, as it stands now: scores measured at its step are still added to it. */
  private current: KeptRun | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tabs: Tabs | undefined;
  /** Of runs that were deleted, by their ids. */
  private readonly deletedWeights = new Map<number, Uint8Array>();

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly commands: CommandController,
  ) {
    runs.listen((event) => this.onTold(event));
  }

  /** Reads the list of runs, once. */
  async open(): Promise<void> {
    await this.database();
  }

  /** What the trainer says, for the end of a run. */
  private onTold(event: TrainerEvent): void {
    switch (event.type) {
      case 'run':
        if (isNewStart(event.cause)) this.forgetCurrent();
        return;
      case 'steps':
        this.current = null;
        return;
      case 'phase':
        if (event.phase === 'finished') void this.keepFinished();
        return;
      case 'evaluation':
        this.addScores();
        return;
      default:
    }
  }

  /** Keeps the run under way as it stands now. */
  async keep(): Promise<void> {
    if (this.state.run.info === null || this.state.kept.keeping) return;
    update(this.workplace.store, 'kept', (kept) => ({ ...kept, keeping: true }));
    await this.database();
    const weights = await this.commands.weights();
    // The trainer tells of every step before it hands over the weights: now the page knows the run as it was then.
    const run = weights === null ? null : describeRun(this.state, this.namesBut(0), this.runs.tally);
    const added = weights === null || run === null ? null : await this.add(run, weights);
    update(this.workplace.store, 'kept', (kept) => ({ ...kept, keeping: false, keptStep: added?.step ?? null }));
    if (added?.step === this.state.run.step) this.current = added;
    this.addScores();
  }

  /** A safetensors file that Patchwork saved becomes a kept run. */
  async importFile(file: File): Promise<KeptRun | null> {
    try {
      const { readWeightsFile } = await WEIGHTS_FILE.get();
      const { bytes, config, step, channels, notes } = readWeightsFile(new Uint8Array(await file.arrayBuffer()));
      for (const note of notes) notify(this.workplace.store, 'info', note);
      await this.database();
      const name = freeName(file.name.replace(/\.(patchwork|safetensors|pth|pt|bin)$/i, ''), this.namesBut(0));
      return await this.add({ ...UNMEASURED, id: 0, name, config, channels, step, keptAt: now() }, bytes);
    } catch (error) {
      notify(this.workplace.store, 'error', `${file.name} was not imported. ${messageOf(error)}`);
      return null;
    }
  }

  async rename(id: number, name: string): Promise<void> {
    const run = this.find(id);
    const wanted = name.trim();
    if (run === undefined || wanted === '' || wanted === run.name) return;
    await this.write({ ...run, name: freeName(wanted, this.namesBut(id)) });
  }

  /** Deletes at once; a notice offers to bring the run back, and so does the page as long as it is open. */
  async remove(id: number): Promise<void> {
    const run = this.find(id);
    const database = await this.database();
    if (run === undefined || database === null) return;
    try {
      const weights = await database.weights(id);
      await database.remove(id);
      this.tabs?.tell();
      if (weights !== undefined) this.deletedWeights.set(id, weights);
      update(this.workplace.store, 'kept', (kept) => withoutKept(kept, run, weights !== undefined));
      this.forgetOldWeights();
      if (this.current?.id === id) this.forgetCurrent();
      const action = weights === undefined ? {} : { action: { label: 'Undo', run: () => void this.restore(id) } };
      notify(this.workplace.store, 'info', `${run.name} is deleted.`, action);
    } catch (error) {
      this.report(`${run.name} was not deleted.`, error);
    }
  }

  /** Brings back the deleted run that had this id; nothing when that was done before. */
  async restore(id: number): Promise<void> {
    const run = this.state.kept.deleted.find((other) => other.id === id);
    const weights = this.deletedWeights.get(id);
    if (run === undefined || weights === undefined) return;
    update(this.workplace.store, 'kept', (kept) => withoutDeleted(kept, id));
    const added = await this.add({ ...run, name: freeName(run.name, this.namesBut(id)) }, weights);
    if (added === null) update(this.workplace.store, 'kept', (kept) => ({ ...kept, deleted: [...kept.deleted, run] }));
    else this.deletedWeights.delete(id);
  }

  /** Weights of a kept run; null, with a notice, when they cannot be read. */
  async weights(id: number): Promise<Uint8Array | null> {
    const database = await this.database();
    try {
      const weights = await database?.weights(id);
      if (weights !== undefined) return weights;
      notify(this.workplace.store, 'error', 'The weights of this run are gone: the browser may have made room. Delete it.');
    } catch (error) {
      this.report('The weights could not be read.', error);
    }
    return null;
  }

  /** Name of the kept run that is the run under way, as it stands now; null when it was not kept at this step. */
  nameOfCurrent(): string | null {
    return this.current === null ? null : (this.find(this.current.id)?.name ?? null);
  }

  private get state() {
    return this.workplace.store.getState();
  }

  private find(id: number): KeptRun | undefined {
    return this.state.kept.runs.find((run) => run.id === id);
  }

  private namesBut(id: number): string[] {
    return this.state.kept.runs.filter((run) => run.id !== id).map(({ name }) => name);
  }

  private forgetOldWeights(): void {
    const { deleted } = this.state.kept;
    for (const id of this.deletedWeights.keys()) {
      if (!deleted.some((run) => run.id === id)) this.deletedWeights.delete(id);
    }
  }

  /** Pretraining that comes to its end is kept by itself: nobody should lose an hour by closing a tab. */
  private async keepFinished(): Promise<void> {
    const { info, step } = this.state.run;
    if (!('indexedDB' in globalThis) || info === null || factsOf(info.config).labelled) return;
    if (this.state.kept.keptStep !== step && step > 0) await this.keep();
  }

  /** What is measured at the step of a kept run belongs to it, even if it is measured later. */
  private addScores(): void {
    const { current } = this;
    const { latest, heldOut } = this.state.curves;
    if (current === null || latest === null || latest.step !== current.step) return;
    this.current = { ...current, scores: latest.scores, scoresStep: latest.step, curves: { ...current.curves, heldOut } };
    clearTimeout(this.timer);
    const changed = this.current;
    this.timer = setTimeout(() => {
      // It may have got another name meanwhile.
      const known = this.find(changed.id);
      if (known !== undefined) void this.write({ ...changed, name: known.name });
    }, WRITE_MILLISECONDS);
  }

  private forgetCurrent(): void {
    this.current = null;
    update(this.workplace.store, 'kept', (kept) => ({ ...kept, keptStep: null }));
  }

  /** Gives a run without an id (0) a new one. */
  private async add(described: KeptRun, weights: Uint8Array): Promise<KeptRun | null> {
    const database = await this.database();
    if (database === null) {
      notify(this.workplace.store, 'error', `The run is not kept. ${this.state.kept.problem ?? ''} Save takes its weights home.`);
      return null;
    }
    try {
      // Never the id of a deleted run, which may come back.
      const least = Math.max(1, ...this.state.kept.deleted.map(({ id }) => id + 1));
      const run = await database.add({ ...described, weightsBytes: weights.length }, weights, least);
      update(this.workplace.store, 'kept', (kept) => withKept(kept, run));
      this.tabs?.tell();
      return run;
    } catch (error) {
      this.report(`The run is not kept: its weights take ${formatBytes(weights.length)}. Delete other runs, or Save it.`, error);
      return null;
    }
  }

  private async write(run: KeptRun): Promise<void> {
    try {
      await (await this.database())?.update(run);
      update(this.workplace.store, 'kept', (kept) => withKept(kept, run));
      this.tabs?.tell();
    } catch (error) {
      this.report(`The change to ${run.name} was not kept.`, error);
    }
  }

  /** Null where this browser has none for us; the store says why. */
  private database(): Promise<RunsDatabase | null> {
    this.opening ??= this.openDatabase();
    return this.opening;
  }

  private async openDatabase(): Promise<RunsDatabase | null> {
    const { store } = this.workplace;
    update(store, 'kept', (kept) => ({ ...kept, status: 'opening' }));
    try {
      const { RunsDatabase } = await RUNS_DATABASE.get();
      const database = await RunsDatabase.open();
      this.tabs ??= new Tabs(() => void this.listAgain());
      const listed = await database.list();
      const quota = (await navigator.storage?.estimate().catch(() => undefined))?.quota ?? null;
      update(store, 'kept', (kept) => ({ ...withListed(kept, listed), status: 'open', problem: null, quota }));
      return database;
    } catch (error) {
      // Not fetched is not refused: the next who asks tries again.
      if (error instanceof PartError) this.opening = undefined;
      const problem = error instanceof PartError ? error.message : NO_DATABASE;
      update(store, 'kept', (kept) => ({ ...kept, status: 'refused', problem }));
      return null;
    }
  }

  /** Another tab has changed something. */
  private async listAgain(): Promise<void> {
    const listed = await (await this.database())?.list().catch(() => undefined);
    if (listed === undefined) return;
    update(this.workplace.store, 'kept', (kept) => withListed(kept, listed));
    if (this.current !== null && this.find(this.current.id) === undefined) this.forgetCurrent();
  }

  /** Says what went wrong, and what the browser says of it. */
  report(what: string, error: unknown): void {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    const why = full ? 'The browser has no more room for this page.' : `The browser says: ${messageOf(error)}`;
    notify(this.workplace.store, 'error', `${what} ${why}`);
  }
}
