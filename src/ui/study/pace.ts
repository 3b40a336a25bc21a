/** Tells how long a study still takes, from how long its tasks have taken so far. */
import { type Protocol, type StudyPlan, type StudyProgress, type StudyTask, studyTasks } from '../../trainer/study/plan.ts';

/** A share of a task below this says too little about the rest. */
const TELLING_SHARE = 0.05;

/** An ensemble trains what of its members has not been trained. */
type Kind = Protocol | 'ensemble';

export class StudyPace {
  private readonly tasks: StudyTask[];
  private readonly times = new Map<Kind, number[]>();
  private begun: { index: number; at: number } | undefined;

  constructor(private readonly plan: StudyPlan) {
    this.tasks = studyTasks(plan);
  }

  /** @returns seconds; null while some kind of task has not been timed */
  secondsLeft({ done, task, doing, share }: StudyProgress, now: number): number | null {
    if (this.begun === undefined) this.begun = { index: done, at: now };
    if (this.begun.index !== done) {
      this.note(this.tasks[this.begun.index], now - this.begun.at);
      this.begun = { index: done, at: now };
    }
    const elapsed = now - this.begun.at;
    const own = this.kindOf(task);
    const trained = own === 'finetune' && doing === 'training' && share > TELLING_SHARE;
    const whole = trained ? elapsed / share : this.typical(own);
    let left = whole === null ? null : Math.max(0, whole - elapsed);
    for (const later of this.tasks.slice(done + 1)) {
      const kind = this.kindOf(later);
      const time = kind === own ? (this.typical(kind) ?? whole) : this.typical(kind);
      left = left === null || time === null ? null : left + time;
    }
    return left === null ? null : left / 1000;
  }

  private kindOf({ contender, protocol }: StudyTask): Kind {
    return this.plan.contenders[contender]?.members === undefined ? protocol : 'ensemble';
  }

  private note(task: StudyTask | undefined, milliseconds: number): void {
    if (task === undefined) return;
    const kind = this.kindOf(task);
    this.times.set(kind, [...(this.times.get(kind) ?? []), milliseconds]);
  }

  private typical(kind: Kind): number | null {
    const times = this.times.get(kind) ?? [];
    return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
  }
}
