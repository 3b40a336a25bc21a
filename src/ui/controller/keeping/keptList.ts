/** The list of kept runs, and what can be done to them. */
import { messageOf } from '../../../base/errors.ts';
import { now } from '../../../base/now.ts';
import { newRunId } from '../../../worker/keeping/runId.ts';
import type { RunStore } from '../../../worker/keeping/runStore.ts';
import type { TrainerEvent } from '../../../worker/protocol.ts';
import { Tabs } from '../../../worker/tabs.ts';
import { PartError } from '../../parts/part.ts';
import type { KeptRun, KeptState } from '../../store/runs.ts';
import { update } from '../../store/store.ts';
import { download, weightsName } from '../download.ts';
import { notify } from '../notices.ts';
import { isNewStart, type RunController } from '../runs.ts';
import type { WeightsReader } from '../weightsReader.ts';
import type { Workplace } from '../workplace.ts';
import { browserStore } from './browserStore.ts';
import { freeNameFor, sortKept } from './keptRun.ts';
import { moveOldRuns } from './moveOldRuns.ts';
import { describePage, toJson } from './pageRecord.ts';

/** What the browser itself says of it differs from one to the next, and helps nobody. */
const NO_PLACE = 'This browser keeps no runs for the page: it gives it no place, as is usual in a private window.';
/** A run that trains is written every ten seconds; its numbers in the list may be a little older. */
const LIST_MILLISECONDS = 2000;

export class KeptList {
  private opening: Promise<RunStore | null> | undefined;
  /** The kept run that is the run under way, as it stands now: scores measured at its step are still added to it. */
  private current: { id: string; step: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tabs: Tabs | undefined;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly weights: WeightsReader,
  ) {
    runs.listen((event) => this.hear(event));
  }

  /** Reads the list of runs, once. */
  async open(): Promise<void> {
    await this.store();
  }

  private hear(event: TrainerEvent): void {
    switch (event.type) {
      case 'run':
        if (isNewStart(event.cause) || event.cause === 'resumed') this.setCurrent(null);
        return;
      case 'steps':
        this.current = null;
        return;
      case 'kept':
        if (this.state.run.phase === 'finished' && event.step === this.state.run.step) this.setCurrent(event);
        this.listSoon();
        return;
      case 'evaluation':
        this.addScores();
        return;
      default:
    }
  }

  async keep(): Promise<void> {
    this.set({ keeping: true });
    const added = await this.copy();
    this.set({ keeping: false });
    if (added === null) return;
    if (added.step === this.state.run.step) this.setCurrent(added);
    await this.list();
    this.addScores();
  }

  private async copy(): Promise<{ id: string; step: number } | null> {
    const { link, newest: run, tally } = this.runs;
    if (this.isOff('The run is not kept')) return null;
    const page = toJson(describePage(this.state, tally.save()));
    try {
      return await link.ask('keepCopy', (request) => ({ type: 'keepCopy', run, request, id: newRunId(), page }));
    } catch (error) {
      this.report('The run is not kept.', error);
      return null;
    }
  }

  async importFile(file: File): Promise<void> {
    if (this.isOff(`${file.name} was not imported`)) return;
    await this.change(`${file.name} was not imported.`, async () => {
      const name = freeNameFor(file.name.replace(/\.(patchwork|safetensors|pth|pt|bin)$/i, ''), '', this.state.kept);
      for (const note of (await this.weights.keep(file, name)) ?? []) notify(this.workplace.store, 'info', note);
    });
  }

  async rename(id: string, name: string): Promise<void> {
    const run = this.find(id);
    const wanted = name.trim();
    if (run === undefined || wanted === '' || wanted === run.name) return;
    await this.change(`The new name of ${run.name} was not kept.`, (store) =>
      store.rename(id, freeNameFor(wanted, id, this.state.kept)),
    );
  }

  async duplicate(id: string): Promise<void> {
    const run = this.find(id);
    if (run === undefined || this.isOff(`${run.name} was not duplicated`)) return;
    const name = freeNameFor(run.name, '', this.state.kept);
    await this.change(`${run.name} was not duplicated.`, () => this.weights.duplicate(id, name));
  }

  async want(id: string): Promise<void> {
    await this.change('The run is not kept.', (store) => store.want(id));
  }

  async remove(id: string): Promise<void> {
    const run = this.find(id);
    if (run === undefined) return;
    const done = await this.change(`${run.name} was not deleted.`, (store) => store.remove(id, now()));
    if (!done) return;
    if (this.current?.id === id) this.setCurrent(null);
    const action = { label: 'Undo', run: () => void this.restore(id) };
    const { keeping } = this.state;
    const isOnBoard = keeping.id === id && keeping.mode === 'on';
    const goesOn = isOnBoard ? ' The run on the board stays, and is kept as another from its next step on.' : '';
    notify(this.workplace.store, 'info', `${run.name} is deleted.${goesOn}`, { action });
  }

  async restore(id: string): Promise<void> {
    const run = this.state.kept.deleted.find((other) => other.id === id);
    if (run === undefined) return;
    await this.change(`${run.name} is not back.`, async (store) => {
      // Its name may have been given to another since.
      await store.rename(id, freeNameFor(run.name, id, this.state.kept));
      await store.restore(id);
    });
  }

  async save(id: string): Promise<void> {
    const run = this.find(id);
    if (run?.standing === 'damaged') return this.saveDamaged(run);
    const file = run && (await this.read(() => this.weights.export(id)));
    if (file) download(file, weightsName(run.config, run.step, run.kind));
  }

  /** What is left of a run of which nothing is whole, as it lies there. */
  private async saveDamaged({ id, config, step }: KeptRun): Promise<void> {
    const left = (await (await this.store())?.folder(id).damaged()) ?? [];
    for (const { name, bytes } of left) download(bytes, `${weightsName(config, step, 'run')}.${name}`);
  }

  /** Null, with a notice, when it cannot be read. */
  bytes(id: string): Promise<Uint8Array | null> {
    return this.read(() => this.weights.open(id));
  }

  private async read<T>(reading: () => Promise<T>): Promise<T | null> {
    try {
      return await reading();
    } catch (error) {
      this.report('This run could not be read.', error);
      await this.list();
      return null;
    }
  }

  nameOfCurrent(): string | null {
    return this.current === null ? null : (this.find(this.current.id)?.name ?? null);
  }

  private get state() {
    return this.workplace.store.getState();
  }

  private find(id: string): KeptRun | undefined {
    const { runs, unfinished } = this.state.kept;
    return [...runs, ...unfinished].find((run) => run.id === id);
  }

  private set(changes: Partial<KeptState>): void {
    update(this.workplace.store, 'kept', (kept) => ({ ...kept, ...changes }));
  }

  private setCurrent(current: { id: string; step: number } | null): void {
    this.current = current;
    this.set({ keptStep: current?.step ?? null });
  }

  /** What is measured at the step of a kept run belongs to it, even if it is measured later. */
  private addScores(): void {
    const { current } = this;
    const { latest } = this.state.curves;
    if (current === null || latest?.step !== current.step) return;
    const page = toJson(describePage(this.state, this.runs.tally.save()));
    void this.store()
      .then((store) => store?.describe(current.id, page))
      .then(() => this.listSoon())
      .catch(() => {});
  }

  /** Whether nothing may be written; said then. */
  private isOff(what: string): boolean {
    const isOff = this.state.keeping.mode === 'off';
    if (isOff) notify(this.workplace.store, 'error', `${what}: the address says that nothing is to be written (keep=off).`);
    return isOff;
  }

  /** Whether it was done; if not, people know why. */
  private async change(whatFailed: string, act: (store: RunStore) => Promise<unknown>): Promise<boolean> {
    const store = await this.store();
    if (store === null) {
      notify(this.workplace.store, 'error', `${whatFailed} ${this.state.kept.problem ?? ''}`);
      return false;
    }
    try {
      await act(store);
      this.tabs?.tell();
      await this.list();
      return true;
    } catch (error) {
      this.report(whatFailed, error);
      return false;
    }
  }

  /** Null where this browser has no place for us; the store says why. */
  private store(): Promise<RunStore | null> {
    this.opening ??= this.openStore();
    return this.opening;
  }

  private async openStore(): Promise<RunStore | null> {
    this.set({ status: 'opening' });
    try {
      const store = await browserStore();
      this.tabs ??= new Tabs(() => void this.list());
      await store.mend().catch(() => 0);
      await moveOldRuns(store, (problem) => notify(this.workplace.store, 'info', problem, { stays: true }));
      this.set({ ...(await listed(store)), status: 'open', problem: null });
      return store;
    } catch (error) {
      this.opening = undefined;
      this.set({ status: 'refused', problem: error instanceof PartError ? error.message : NO_PLACE });
      return null;
    }
  }

  private listSoon(): void {
    if (this.state.kept.status !== 'open') return;
    this.timer ??= setTimeout(() => void this.list(), LIST_MILLISECONDS);
  }

  private async list(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const store = await this.store();
    const all = store && (await listed(store).catch(() => null));
    if (all) this.set(all);
    if (this.current !== null && this.find(this.current.id) === undefined) this.setCurrent(null);
  }

  private report(what: string, error: unknown): void {
    notify(this.workplace.store, 'error', `${what} ${messageOf(error)}`);
  }
}

async function listed(store: RunStore): Promise<Pick<KeptState, 'runs' | 'unfinished' | 'deleted' | 'unreadable'>> {
  const { runs, unreadable } = await store.list();
  return { ...sortKept(runs), unreadable };
}
