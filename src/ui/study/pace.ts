/** Tells how long a study still takes, from how long its tasks have taken so far. */
import { type Protocol, type StudyPlan, type StudyProgress, type StudyTask, studyTasks } from '../../trainer/study/plan.ts';

/** A share of a task below this says too little about the rest. */
const TELLING_SHARE = 0.05;

export class StudyPace {
  private readonly tasks: StudyTask[];
  private readonly times = new Map<Protocol, number[]>();
  private begun: { index: number; at: number } | undefined;

  constructor(plan: StudyPlan) {
    this.tasks = studyTasks(plan);
  }

  /** @returns seconds; null while some kind of task has not been timed */
  secondsLeft({ done, task, doing, share }: StudyProgress, now: number): number | null {
    if (this.begun === undefined) this.begun = { index: done, at: now };
    if (this.begun.index !== done) {
      this.note(this.tasks[this.begun.index]?.protocol, now - this.begun.at);
      this.begun = { index: done, at: now };
    }
    const elapsed = now - this.begun.at;
    const trained = task.protocol === 'finetune' && doing === 'training' && share > TELLING_SHARE;
    const whole = trained ? elapsed / share : this.typical(task.protocol);
    let left = whole === null ? null : Math.max(0, whole - elapsed);
    for (const { protocol } of this.tasks.slice(done + 1)) {
      const time = protocol === task.protocol ? (this.typical(protocol) ?? whole) : this.typical(protocol);
      left = left === null || time === null ? null : left + time;
    }
    return left === null ? null : left / 1000;
  }

  private note(protocol: Protocol | undefined, milliseconds: number): void {
    if (protocol !== undefined) this.times.set(protocol, [...(this.times.get(protocol) ?? []), milliseconds]);
  }

  private typical(protocol: Protocol): number | null {
    const times = this.times.get(protocol) ?? [];
    return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
  }
}
