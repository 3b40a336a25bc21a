/** Measures points one after another in a worker of its own; training waits meanwhile. What is finished is kept, so that a pause is an end that one goes on from. */

import type { ErrorReport } from '../../../base/errors.ts';
import type { RobustnessPart } from '../../../config/figures/card.ts';
import type { RunConfig } from '../../../config/run.ts';
import type { SweepProblem } from '../../../config/sweep/check.ts';
import { SweepPace } from '../../../trainer/sweep/pace.ts';
import type { SweepOutlook, SweepPlan, SweepProgress } from '../../../trainer/sweep/plan.ts';
import type { OnCrash } from '../../../worker/client.ts';
import type { SweepClient } from '../../../worker/sweepClient.ts';
import type { SweepCommand, SweepWorkerEvent } from '../../../worker/sweepProtocol.ts';
import type { Controller } from '../../controller/controller.ts';
import { type ReadFiles, sayFiles } from '../../controller/files.ts';
import type { RunsDatabase } from '../../controller/runsDatabase.ts';
import { StudyMemory, sayNoRoom } from '../../controller/studyMemory.ts';
import { ended, StudyWorker } from '../../controller/studyWorker.ts';
import { selectMeasurer } from '../../store/selectors.ts';
import { type AppStore, update } from '../../store/store.ts';
import type { PointReport, PointState } from '../../store/sweep.ts';

/** What is asked, in terms of points. @typeParam A plain data */
export interface Asking<A> {
  /** In sentences: "sweep". */
  what: string;
  /** The page that asks. */
  page: 'Compare' | 'Papers';
  check(asked: A): readonly SweepProblem[];
  plans(asked: A): readonly SweepPlan[];
  /** Robustness studies beside them. */
  studies?(asked: A): readonly RobustnessPart[];
  /** Of every point that is asked. */
  keys(asked: A): ReadonlySet<string>;
  /** The run whose form of samples the visitor's files are read in; null where points learn from built-in samples. */
  onFiles(asked: A): RunConfig | null;
  /** Of built-in samples. */
  samplesName(asked: A): string;
  read(database: RunsDatabase): Promise<PointReport<A> | undefined>;
  write(database: RunsDatabase, report: PointReport<A>): Promise<void>;
}

/** A store of these points alone. */
export interface PointStore<A> {
  getState(): PointState<A>;
  setState(change: Partial<PointState<A>> | ((state: PointState<A>) => Partial<PointState<A>>)): void;
}

export interface PointParts<A> {
  app: AppStore;
  points: PointStore<A>;
  controller: Pick<Controller, 'commands' | 'experiment'>;
  start(onCrash: OnCrash): SweepClient;
}

export class PointRunner<A> {
  private readonly worker: StudyWorker<SweepCommand, SweepWorkerEvent>;
  private pace: SweepPace | null = null;
  private outlook: SweepOutlook | null = null;
  private pointBegan = 0;
  private readonly memory: StudyMemory<PointReport<A>>;

  constructor(
    private readonly parts: PointParts<A>,
    private readonly asking: Asking<A>,
  ) {
    this.worker = new StudyWorker({
      store: parts.app,
      ...parts.controller,
      start: parts.start,
      hear: (event) => this.onEvent(event),
      fail: (error) => this.fail(error),
    });
    this.memory = new StudyMemory<PointReport<A>>({
      read: asking.read,
      write: asking.write,
      isEmpty: ({ results }) => results.length === 0 || this.app.keeping.mode === 'off',
      sayFull: () => this.sayFull(),
    });
  }

  /** Brings back what this browser found last. */
  async restore(): Promise<PointReport<A> | null> {
    const report = await this.memory.recall();
    if (report === undefined || this.state.report !== null) return null;
    this.set({ report });
    return report;
  }

  /** Says how long it would take, from a step that is timed. */
  estimate(asked: A): void {
    this.begin(asked, true, []);
  }

  /** Works through what is missing; what the last report has of the very same points is kept. */
  begin(asked: A, estimateOnly = false, skipped = this.state.report?.skipped ?? []): void {
    if (selectMeasurer(this.app) !== null || this.state.work !== null) return;
    const problems = this.asking.check(asked);
    this.set({ problems, estimate: null });
    if (problems.length > 0) return;
    const isWanted = this.worker.ask();
    this.set({ work: { preparing: null, progress: null, estimateOnly, secondsLeft: null } });
    update(this.parts.app, 'study', (study) => ({ ...study, sweeping: this.asking.page }));
    this.worker.read(
      this.asking.onFiles(asked),
      isWanted,
      (files) => this.send(asked, estimateOnly, skipped, files),
      () => this.end(),
    );
  }

  /** Ends the point under way; finished ones stay, and the next start goes on behind them. */
  pause(): void {
    this.end('stopped', null);
  }

  /** Goes on with what was paused, stopped or kept. */
  resume(): void {
    const { report } = this.state;
    if (report !== null) this.begin(report.sweep);
  }

  /** Leaves the point under way out, and goes on with the next. */
  skip(): void {
    const { work, report } = this.state;
    if (work?.progress == null || report === null) return;
    const skipped = [...report.skipped, work.progress.key];
    this.end('stopped', null);
    this.begin(report.sweep, false, skipped);
  }

  private get state(): PointState<A> {
    return this.parts.points.getState();
  }

  private get app() {
    return this.parts.app.getState();
  }

  private set(change: Partial<PointState<A>> | ((state: PointState<A>) => Partial<PointState<A>>)): void {
    this.parts.points.setState(change);
  }

  private send(asked: A, estimateOnly: boolean, skipped: readonly string[], files?: ReadFiles): void {
    const plans = this.asking.plans(asked);
    const studies = this.asking.studies?.(asked) ?? [];
    const keys = this.asking.keys(asked);
    // What was measured on other files is another number.
    const before = this.state.report?.samples === (files && sayFiles(files)) ? this.state.report : null;
    const known = (before?.results ?? []).filter(({ key }) => keys.has(key));
    if (!estimateOnly) {
      const datasetName = files?.name ?? this.asking.samplesName(asked);
      this.set({ report: reportOf(asked, { before, known, skipped, datasetName, files }) });
    }
    this.worker.begin(
      {
        type: 'sweep',
        plans,
        studies,
        known: [...known.map(({ key }) => key), ...skipped],
        backend: this.worker.backend,
        estimateOnly,
      },
      files,
    );
  }

  private onEvent(event: SweepWorkerEvent): void {
    switch (event.type) {
      case 'opened':
        this.setReport((report) => ({ ...report, devices: [...new Set([...report.devices, event.device])] }));
        break;
      case 'preparing':
        this.set(({ work }) => ({ work: work && { ...work, preparing: event.done < event.total ? event : null } }));
        break;
      case 'outlook':
        this.onOutlook(event.outlook);
        break;
      case 'progress':
        this.onProgress(event.progress);
        break;
      case 'point': {
        const { done } = this.state.work?.progress ?? { done: 0 };
        this.pace?.finish(this.outlook?.seconds[done] ?? 0, event.result.seconds);
        this.pointBegan = performance.now();
        this.setReport((report) => ({ ...report, results: [...report.results, event.result] }));
        this.memory.keep(this.state.report);
        break;
      }
      case 'finished':
        this.end('finished', null);
        break;
      case 'error':
        this.fail(event.error);
        break;
      default:
        event satisfies never;
    }
  }

  private onOutlook(outlook: SweepOutlook): void {
    const total = outlook.seconds.reduce((sum, seconds) => sum + seconds, 0);
    this.outlook = outlook;
    this.pace = new SweepPace(total, 1);
    this.pointBegan = performance.now();
    const estimate = { seconds: total, points: outlook.seconds.length };
    this.set(({ work }) => ({ estimate, work: work && { ...work, secondsLeft: estimate.seconds } }));
  }

  private onProgress(progress: SweepProgress): void {
    const spent = (performance.now() - this.pointBegan) / 1000;
    const whole = this.pace?.secondsLeft ?? null;
    const secondsLeft = progress.doing === 'timing' || whole === null ? null : Math.max(0, whole - spent);
    this.set(({ work }) => ({ work: work && { ...work, preparing: null, progress, secondsLeft } }));
  }

  private setReport(change: (report: PointReport<A>) => PointReport<A>): void {
    if (this.state.work?.estimateOnly === true) return;
    this.set(({ report }) => ({ report: report && change(report) }));
  }

  /** What is about the samples is told beside what was chosen, where nothing was measured yet. */
  private fail({ name, message }: ErrorReport): void {
    const at = name === 'BadDataError' ? 'labels' : 'base';
    const nothing = (this.state.report?.results.length ?? 0) === 0 || this.state.work?.estimateOnly === true;
    if (nothing) this.set({ problems: [{ at, message }] });
    this.end('failed', message);
  }

  private sayFull(): void {
    const problem = sayNoRoom(this.asking.what);
    this.set(({ report }) => ({ report: report && { ...report, problem } }));
  }

  private end(outcome: 'stopped' | 'failed' | 'finished' = 'stopped', problem: string | null = null): void {
    this.worker.end();
    // What was to be done is done, or is less by now.
    if (this.state.work?.estimateOnly !== true)
      this.set(({ report }) => ({ report: ended(report, outcome, problem), estimate: null }));
    this.set({ work: null });
    update(this.parts.app, 'study', (study) => ({ ...study, sweeping: null }));
    this.memory.keep(this.state.report);
  }
}

interface Start<A> {
  before: PointReport<A> | null;
  known: PointReport<A>['results'];
  skipped: readonly string[];
  datasetName: string;
  files: ReadFiles | undefined;
}

/** Results of another version stay where the same is asked: they are marked, and measured anew. */
function reportOf<A>(asked: A, { before, known, skipped, datasetName, files }: Start<A>): PointReport<A> {
  const isSame = before !== null && JSON.stringify(before.sweep) === JSON.stringify(asked);
  return {
    sweep: asked,
    datasetName,
    ...(files && { samples: sayFiles(files) }),
    devices: known.length > 0 ? (before?.devices ?? []) : [],
    results: isSame ? before.results : known,
    skipped,
    outcome: 'running',
    problem: null,
  };
}
