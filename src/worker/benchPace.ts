/** Tells how long a measurement still takes, from how long its steps have taken so far. */
import { comparedSteps } from '../bench/parity.ts';
import type { BenchProgress } from '../bench/report.ts';

export interface BenchPlan {
  steps: number;
  paritySteps: number;
  /** Whether GPU commands are counted, which takes a step more. */
  counts: boolean;
}

/** What a contender's search for the fastest matrix product takes, in milliseconds. */
const MULTIPLYING = 1500;

export interface Outlook {
  share: number;
  secondsLeft: number | null;
}

export class BenchPace {
  private readonly compared: number;
  private readonly counted: number;
  private startedAt: number | undefined;
  private begun: { progress: BenchProgress; at: number } | undefined;
  /** Time of the latest step of each contender; null before its first. */
  private readonly stepTimes = new Map<string, number | null>();
  private share = 0;

  constructor(private readonly plan: BenchPlan) {
    this.compared = Math.max(...comparedSteps(plan.paritySteps));
    this.counted = plan.counts ? 1 : 0;
  }

  /** A piece of work begins, and with that the one before it is done. */
  begin(progress: BenchProgress, now: number): void {
    this.startedAt ??= now;
    if (this.begun !== undefined && isStep(this.begun.progress)) {
      this.stepTimes.set(this.begun.progress.contender, now - this.begun.at);
    } else if (progress.phase === 'preparing') {
      this.stepTimes.set(progress.contender, null);
    }
    this.begun = { progress, at: now };
  }

  /** The share never falls, even when steps turn out slower than they began. */
  outlook(now: number): Outlook {
    const left = this.millisecondsLeft();
    if (left === null || this.startedAt === undefined) return { share: this.share, secondsLeft: null };
    const elapsed = now - this.startedAt;
    this.share = Math.max(this.share, elapsed / (elapsed + left));
    return { share: this.share, secondsLeft: left / 1000 };
  }

  private millisecondsLeft(): number | null {
    if (this.begun === undefined) return null;
    const { progress } = this.begun;
    const times = [...this.stepTimes.values()];
    if (times.some((time) => time === null)) return null;
    const round = times.reduce<number>((sum, time) => sum + (time ?? 0), 0);
    const multiplying = progress.phase === 'multiplying' ? MULTIPLYING : MULTIPLYING * times.length;
    return this.roundsLeft(progress) * round + multiplying;
  }

  /** Steps that every contender still has to do. Warming up is left out: most of it is done while losses are compared. */
  private roundsLeft({ phase, done }: BenchProgress): number {
    const { steps } = this.plan;
    switch (phase) {
      case 'preparing':
        return this.compared + this.counted + steps;
      case 'comparing losses':
        return this.compared - done + this.counted + steps;
      case 'warming up':
      case 'counting':
        return this.counted + steps;
      case 'timing':
        return steps - done;
      case 'multiplying':
        return 0;
      default:
        return phase satisfies never;
    }
  }
}

function isStep({ phase }: BenchProgress): boolean {
  return phase !== 'preparing' && phase !== 'multiplying';
}
