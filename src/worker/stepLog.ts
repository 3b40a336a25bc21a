/** Gathers steps' reports, to send several at a time: the page needs no more than ten messages a second. */
import type { StepReport } from '../trainer/reports.ts';
import type { Channel } from './channel.ts';
import type { TrainerCommand, TrainerEvent } from './protocol.ts';

const REPORT_EVERY_MS = 100;

export class StepLog {
  private steps: StepReport[] = [];
  private lastSent = 0;

  constructor(private readonly channel: Channel<TrainerEvent, TrainerCommand>) {}

  add(...reports: readonly StepReport[]): void {
    this.steps.push(...reports);
  }

  /** Forgets what was not sent: another run begins. */
  clear(): void {
    this.steps = [];
  }

  /** @param run whose steps they are */
  sendIfDue(run: number): void {
    if (performance.now() - this.lastSent >= REPORT_EVERY_MS) this.send(run);
  }

  send(run: number): void {
    this.lastSent = performance.now();
    const last = this.steps.at(-1);
    if (last !== undefined) this.channel.send({ type: 'steps', run, steps: this.steps, memoryBytes: last.memoryBytes });
    this.steps = [];
  }
}
