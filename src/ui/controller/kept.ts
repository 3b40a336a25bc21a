/**
 * Runs that this browser keeps, and how they come back. All but the question whether this tab had one is fetched when it is needed: before
 * the first paint where there is a run to come back, else once the first run is up.
 */
import { PartError, part } from '../parts/part.ts';
import { update } from '../store/store.ts';
import type { CommandController } from './commands.ts';
import type { Experiment } from './experiment.ts';
import { browserStore } from './keeping/browserStore.ts';
import type { Kept } from './keeping/kept.ts';
import { runOfTab } from './keeping/tabRun.ts';
import { notify } from './notices.ts';
import type { RunController } from './runs.ts';
import type { WeightsReader } from './weightsReader.ts';
import type { Workplace } from './workplace.ts';

const KEPT = part(() => import('./keeping/kept.ts'));

export class KeptController {
  private coming: Promise<Kept> | undefined;
  private there: Kept | null = null;

  constructor(
    private readonly workplace: Workplace,
    private readonly runs: RunController,
    private readonly commands: CommandController,
    private readonly experiment: Experiment,
    private readonly reader: WeightsReader,
  ) {}

  /** @param openAddress opens what the address says: where this tab had no run, or it is gone */
  start(openAddress: () => void): void {
    const { store } = this.workplace;
    const tab = store.getState().keeping.mode === 'off' ? null : runOfTab();
    if (tab === null) {
      openAddress();
      this.whenFirstRunIsUp();
      return;
    }
    // Both have something to load: the trainer, and what reads the run.
    this.runs.prepare();
    // Whoever needs it hears of what goes wrong.
    browserStore().catch(() => {});
    this.parts().then(
      ({ comeBack }) => comeBack.ofTab(tab, openAddress),
      () => openAddress(),
    );
  }

  /** Puts a kept run in the place of the one that is there, paused. */
  open(id: string): Promise<void> {
    return this.with(({ comeBack }) => comeBack.open(id));
  }

  /** Reads the list of runs, once. */
  list(): Promise<void> {
    return this.with(({ list }) => list.open());
  }

  /** Keeps the run under way as it stands now, whatever becomes of it. */
  keep(): Promise<void> {
    const { run, kept } = this.workplace.store.getState();
    return run.info === null || kept.keeping ? Promise.resolve() : this.with(({ list }) => list.keep());
  }

  /** A file that Patchwork saved becomes a kept run. */
  importFile(file: File): Promise<void> {
    return this.with(({ list }) => list.importFile(file));
  }

  rename(id: string, name: string): Promise<void> {
    return this.with(({ list }) => list.rename(id, name));
  }

  duplicate(id: string): Promise<void> {
    return this.with(({ list }) => list.duplicate(id));
  }

  /** Keeps an unfinished run until somebody deletes it. */
  want(id: string): Promise<void> {
    return this.with(({ list }) => list.want(id));
  }

  /** Deletes at once; for a while it can be brought back. */
  remove(id: string): Promise<void> {
    return this.with(({ list }) => list.remove(id));
  }

  restore(id: string): Promise<void> {
    return this.with(({ list }) => list.restore(id));
  }

  /** Takes a kept run home as a file. */
  save(id: string): Promise<void> {
    return this.with(({ list }) => list.save(id));
  }

  /** The file of a kept run; null, with a notice, when it cannot be read. */
  async weights(id: string): Promise<Uint8Array | null> {
    let bytes: Uint8Array | null = null;
    await this.with(async ({ list }) => {
      bytes = await list.bytes(id);
    });
    return bytes;
  }

  /** Name of the kept run that is the run under way, as it stands now; null when it was not kept at this step. */
  nameOfCurrent(): string | null {
    return this.there?.list.nameOfCurrent() ?? null;
  }

  /** Nothing of it is needed for the first paint. */
  private whenFirstRunIsUp(): void {
    const { store } = this.workplace;
    const stop = store.subscribe(({ run, keeping }) => {
      if (run.info === null || run.phase === 'opening') return;
      stop();
      // What cannot be fetched now is tried again by whoever needs it.
      if (keeping.mode !== 'off')
        void this.parts()
          .then(({ offerNewest }) => offerNewest())
          .catch(() => {});
    });
  }

  private async with(act: (kept: Kept) => Promise<void>): Promise<void> {
    const { store } = this.workplace;
    try {
      await act(await this.parts());
    } catch (error) {
      if (!(error instanceof PartError)) throw error;
      update(store, 'kept', (kept) => ({ ...kept, status: 'refused', problem: error.message }));
      notify(store, 'error', error.message);
    }
  }

  private parts(): Promise<Kept> {
    const { workplace, runs, commands, experiment, reader } = this;
    this.coming ??= KEPT.get().then((module) => new module.Kept(workplace, runs, commands, experiment, reader));
    this.coming.then(
      (kept) => {
        this.there = kept;
      },
      () => {
        this.coming = undefined;
      },
    );
    return this.coming;
  }
}
