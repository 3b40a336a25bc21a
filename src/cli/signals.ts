/** Signals that ask a command to end: where something can be saved, it is saved first. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const;
type EndSignal = (typeof SIGNALS)[number];

/** EX_TEMPFAIL of sysexits.h: "run me again". */
export const AGAIN = 75;

/** The command ends because it was asked to; not a failure. */
export class Stopped extends Error {
  override name = 'Stopped';

  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

export class Signals {
  private asked: EndSignal | undefined;
  private saving = 0;

  /**
   * Listens from now on, in place of whoever did. What was asked for is only noted here; the loop that works looks at it between steps.
   *
   * @param requeueExit exit code after SIGUSR1
   */
  constructor(
    private readonly note: (line: string) => void,
    private readonly requeueExit = AGAIN,
  ) {
    for (const signal of SIGNALS) {
      process.removeAllListeners(signal);
      process.on(signal, () => this.hear(signal));
    }
  }

  /** Whether `stopIfAsked` will stop. */
  get isAsked(): boolean {
    return this.asked !== undefined;
  }

  /** Does work that looks at `stopIfAsked`: within it the first signal waits for that. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.saving += 1;
    try {
      return await work();
    } finally {
      this.saving -= 1;
    }
  }

  /**
   * @param save writes what is to be gone on from
   * @param how one goes on, for people
   * @throws Stopped when somebody asked for the end, after saving
   * @throws FileWriteError when it could not be saved
   */
  async stopIfAsked(save: () => Promise<void> | void, how: string): Promise<void> {
    const { asked } = this;
    if (asked === undefined) return;
    await save();
    throw new Stopped(this.codeOf(asked), `Stopped by ${asked}, and saved. ${how}`);
  }

  private hear(signal: EndSignal): void {
    if (this.asked !== undefined || this.saving === 0) {
      this.note(this.asked === undefined ? `Stopped by ${signal}.` : `Stopped by ${signal} at once.`);
      // Asked twice, nothing may have been written since the last checkpoint: that is no reason to be run again.
      process.exit(this.asked === undefined ? this.codeOf(signal) : 128 + constants.signals[signal]);
    }
    this.asked = signal;
    this.note(`${signal}: saving after this step. Once more ends at once.`);
  }

  private codeOf(signal: EndSignal): number {
    return signal === 'SIGUSR1' ? this.requeueExit : 128 + constants.signals[signal];
  }
}
