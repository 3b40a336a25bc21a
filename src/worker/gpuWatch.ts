/** Knows whether the GPU device is gone, and what to ask for next. */
import { PatchworkError } from '../base/errors.ts';
import type { BackendRequest } from '../config/backends.ts';
import type { EngineEnvironment } from '../engine/environment.ts';

/** A device that is lost again and again is left for the processor. */
const MOST_LOSSES = 3;
/** A lost device makes calls fail a moment before it is reported lost. */
const REPORT_MS = 300;

export class GpuWatch {
  /** What the person asked for. */
  request: BackendRequest = 'auto';
  private reason: string | undefined;
  private losses = 0;
  private tell: () => void = () => {};

  /** @param onLost called once for each lost device */
  constructor(environment: EngineEnvironment, onLost: () => void) {
    environment.onGpuLost = (message) => {
      this.reason = message;
      this.losses += 1;
      this.tell();
      onLost();
    };
  }

  get lost(): boolean {
    return this.reason !== undefined;
  }

  /** Whether `error` comes from a device that is gone; waits a moment for the news. */
  async explains(error: unknown): Promise<boolean> {
    if (this.lost || error instanceof PatchworkError) return this.lost;
    await new Promise<void>((resolve) => {
      this.tell = resolve;
      setTimeout(resolve, REPORT_MS);
    });
    return this.lost;
  }

  /** Takes note that the loss is being dealt with: why it was, and which backend to ask for now. */
  acknowledge(): { reason: string; request: BackendRequest } {
    const reason = this.reason ?? '';
    this.reason = undefined;
    return { reason, request: this.losses > MOST_LOSSES ? 'wasm' : this.request };
  }
}
