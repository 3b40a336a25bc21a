/** Says how safe the run is: what was written, why nothing is, and what the browser promises. */
import type { KeepProblem } from '../../../worker/keeping/messages.ts';
import type { TrainerEvent } from '../../../worker/protocol.ts';
import type { KeepingMode } from '../../store/keeping.ts';
import { update } from '../../store/store.ts';
import type { CommandController } from '../commands.ts';
import { dismissAbout, notify } from '../notices.ts';
import type { RunController } from '../runs.ts';
import type { Workplace } from '../workplace.ts';

/** That the browser was asked to keep our storage: one that asks its visitor is asked once. */
const ASKED = 'patchwork-persist';

type Failure = Extract<TrainerEvent, { type: 'keepFailed' }>;

export class Safety {
  constructor(
    private readonly workplace: Workplace,
    runs: RunController,
    private readonly commands: CommandController,
  ) {
    runs.listen((event) => this.hear(event));
    void this.look();
  }

  private hear(event: TrainerEvent): void {
    if (event.type === 'kept') void this.onKept(event);
    else if (event.type === 'keepFailed') this.onFailed(event);
  }

  private async onKept({ id, step, savedAt: at, bytes }: Extract<TrainerEvent, { type: 'kept' }>): Promise<void> {
    const { store } = this.workplace;
    const isFirst = store.getState().keeping.saved === null;
    // Under another id it is another run than the one that somebody kept (`Keeper`).
    const asAnother = id === store.getState().keeping.id ? {} : { isKept: false, name: null };
    update(store, 'keeping', (keeping) => ({ ...keeping, ...asAnother, mode: 'on', id, saved: { step, at, bytes } }));
    dismissAbout(store, 'keeping');
    if (!isFirst) return;
    await askToPersist();
    await this.look();
  }

  private onFailed({ reason, message }: Failure): void {
    const { store } = this.workplace;
    const mode = MODES[reason];
    if (mode !== undefined) update(store, 'keeping', (keeping) => ({ ...keeping, mode, saved: null }));
    // Each is said once; one that ends by itself goes with the next time that all is well.
    const stays = reason !== 'locked';
    const isFull = reason === 'full';
    notify(store, isFull ? 'error' : 'info', message, {
      ...(isFull && { action: { label: 'Save', run: () => void this.commands.save() } }),
      stays,
      ...((reason === 'full' || reason === 'failed') && { about: 'keeping' }),
    });
  }

  /** How much room there is, and whether the browser may clear it. */
  private async look(): Promise<void> {
    const storage = 'storage' in navigator ? navigator.storage : undefined;
    if (storage === undefined) return;
    const [estimate, lasting] = await Promise.all([
      storage.estimate().catch(() => ({}) as StorageEstimate),
      storage.persisted().catch(() => false),
    ]);
    const { usage, quota } = estimate;
    if (usage === undefined || quota === undefined) return;
    update(this.workplace.store, 'keeping', (keeping) => ({ ...keeping, storage: { usage, quota, lasting } }));
  }
}

/** What does not go by itself. */
const MODES: Readonly<Partial<Record<KeepProblem, KeepingMode>>> = { full: 'stopped', unavailable: 'unavailable' };

/** After the first save, not before: there is something to lose now. */
async function askToPersist(): Promise<void> {
  try {
    if (localStorage.getItem(ASKED) !== null) return;
    localStorage.setItem(ASKED, 'true');
  } catch {
    return;
  }
  if ('storage' in navigator) await navigator.storage.persist().catch(() => false);
}
