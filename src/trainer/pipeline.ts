/** Keeps as many steps under way as a run allows, and hands out their reports in order. */
import type { StepReport } from './reports.ts';
import type { Run } from './run.ts';

export class StepPipeline {
  private readonly underWay: Promise<StepReport>[] = [];

  /** @param lookAt steps at whose report nothing may be under way, because somebody wants to look at the run */
  constructor(
    private readonly run: Run,
    private readonly lookAt: (step: number) => boolean = () => false,
  ) {}

  /** Whether every step of the run has been reported. */
  get finished(): boolean {
    return this.underWay.length === 0 && this.run.started >= this.run.totalSteps;
  }

  /**
   * The next step's report; live settings are read when a step starts.
   *
   * @throws NonFiniteError see `Run.step`; by then nothing is under way
   */
  async advance(): Promise<StepReport> {
    const { run, underWay } = this;
    while (this.mayStart()) {
      const step = run.step();
      // A later step may fail before anybody waits for it; whoever does then hears of it.
      step.catch(() => {});
      underWay.push(step);
    }
    try {
      return await (underWay.shift() as Promise<StepReport>);
    } catch (error) {
      await Promise.allSettled(underWay.splice(0));
      throw error;
    }
  }

  private mayStart(): boolean {
    const { run, underWay } = this;
    if (run.started >= run.totalSteps) return false;
    return underWay.length === 0 || (underWay.length < run.inFlight && !run.nextBeginsPhase && !this.lookAt(run.started));
  }

  /** Waits for all steps under way, so that the run can be looked at, and returns their reports. */
  async settle(): Promise<StepReport[]> {
    const reports: StepReport[] = [];
    while (this.underWay.length > 0) {
      try {
        reports.push(await (this.underWay.shift() as Promise<StepReport>));
      } catch (error) {
        await Promise.allSettled(this.underWay.splice(0));
        throw error;
      }
    }
    return reports;
  }
}
