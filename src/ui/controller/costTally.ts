/** Counts what the steps of the run under way took: time as measured, arithmetic as counted. */
import type { Cost } from '../../trainer/study/plan.ts';
import type { TrainerEvent } from '../../worker/protocol.ts';

/** What was counted of a run that makes place for another. */
export interface Tallied {
  seconds: number;
  gflop: number;
  steps: number;
}

export class CostTally {
  private stepGflop: readonly number[] = [];
  private seconds = 0;
  private gflop = 0;
  /** Steps that were counted, without a gap from the first on. */
  private steps = 0;

  count(event: TrainerEvent): void {
    switch (event.type) {
      case 'run':
        this.stepGflop = event.info.stepGflop;
        if (event.cause !== 'pin' && event.cause !== 'recovery') this.seconds = this.gflop = this.steps = 0;
        return;
      case 'set':
        this.stepGflop = event.stepGflop;
        return;
      case 'steps':
        for (const { step, phase, milliseconds } of event.steps) {
          this.seconds += milliseconds / 1000;
          this.gflop += this.stepGflop[phase] ?? 0;
          // Steps done twice (a device was lost) cost twice.
          if (step === this.steps + 1) this.steps = step;
        }
        return;
      default:
    }
  }

  save(): Tallied {
    return { seconds: this.seconds, gflop: this.gflop, steps: this.steps };
  }

  restore({ seconds, gflop, steps }: Tallied): void {
    this.seconds = seconds;
    this.gflop = gflop;
    this.steps = steps;
  }

  /** Null when some of the steps were not done here: the weights came from a file. */
  costOf(step: number): Cost | null {
    return this.steps >= step ? { seconds: this.seconds, gflop: this.gflop } : null;
  }
}
