/**
 * Keeps browser and screen awake while it trains: a Web Lock, which a browser that saves energy takes as a reason not to freeze a hidden tab, and,
 * unless it is turned off, the screen's wake lock while somebody looks.
 */
import type { AppStore } from '../../store/store.ts';
import { useWakeLock } from '../../wakeLock.ts';

/** Browsers look for any lock; the name is for people who look for ours. */
const TRAINING_LOCK = 'patchwork-training';

export class Awake {
  private release: (() => void) | null = null;
  private screen: WakeLockSentinel | null = null;
  /** Counts what was asked of the screen: an answer that comes late is not wanted any more. */
  private asked = 0;

  constructor(private readonly store: AppStore) {
    store.subscribe(({ run }, before) => {
      if (run.phase !== before.run.phase) this.follow();
    });
    useWakeLock.subscribe(() => this.follow());
    // The browser lets go of the screen by itself when the tab is hidden.
    document.addEventListener('visibilitychange', () => this.follow());
    this.follow();
  }

  private follow(): void {
    const { phase } = this.store.getState().run;
    const isRunning = phase === 'running' || phase === 'recovering';
    if (isRunning) this.hold();
    else this.letGo();
    if (isRunning && document.visibilityState === 'visible' && useWakeLock.getState().on) void this.lightUp();
    else this.dim();
  }

  /** Held until training ends, by a promise that nobody keeps before. Over plain http there are no locks. */
  private hold(): void {
    if (this.release !== null || !('locks' in navigator)) return;
    const held = new Promise<void>((resolve) => {
      this.release = resolve;
    });
    navigator.locks.request(TRAINING_LOCK, { mode: 'shared' }, () => held).catch(() => {});
  }

  private letGo(): void {
    this.release?.();
    this.release = null;
  }

  private async lightUp(): Promise<void> {
    if (!('wakeLock' in navigator) || this.screen?.released === false) return;
    const asked = ++this.asked;
    // Refused on a low battery: the run does not depend on it.
    const screen = await navigator.wakeLock.request('screen').catch(() => null);
    if (asked === this.asked) this.screen = screen;
    else void screen?.release();
  }

  private dim(): void {
    this.asked += 1;
    void this.screen?.release();
    this.screen = null;
  }
}
