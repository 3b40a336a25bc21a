/** Linear warm-up, then half a cosine down to zero, evaluated per step (methods 0). */

export interface ScheduleSettings {
  /** Peak. */
  learningRate: number;
  warmup: number;
  steps: number;
}

/** The learning rate of update number `step`, counted from 0. */
export function scheduledRate(step: number, { learningRate, warmup, steps }: ScheduleSettings): number {
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return 0.5 * learningRate * (1 + Math.cos(Math.PI * progress));
}
