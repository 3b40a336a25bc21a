/** Runs a sweep in a worker of its own; training waits meanwhile. What is finished is kept, so that a pause is an end that one goes on from. */

import type { ErrorReport } from '../../../base/errors.ts';
import { DATASET_LABELS } from '../../../config/datasets.ts';
import { checkSweep } from '../../../config/sweep/check.ts';
import { pointKey, sweepPoints } from '../../../config/sweep/points.ts';
import type { Sweep } from '../../../config/sweep/sweep.ts';
import { SweepPace } from '../../../trainer/sweep/pace.ts';
import type { SweepOutlook, SweepProgress } from '../../../trainer/sweep/plan.ts';
import type { OnCrash } from '../../../worker/client.ts';
import type { SweepClient } from '../../../worker/sweepClient.ts';
import type { SweepCommand, SweepWorkerEvent } from '../../../worker/sweepProtocol.ts';
import type { Controller } from '../../controller/controller.ts';
import type { ReadFiles } from '../../controller/files.ts';
import { StudyMemory } from '../../controller/studyMemory.ts';
import { ended, StudyWorker } from '../../controller/studyWorker.ts';
import { selectMeasurer } from '../../store/selectors.ts';
import { type AppStore, update } from '../../store/store.ts';
import type { SweepChoice, SweepReport, SweepState } from '../../store/sweep.ts';

/** Samples that a point is tested on at most: a percent of them is ten. */
const TEST_SAMPLES = 1000;

/** A store of the sweep alone. */
interface SweepStore {
  getState(): SweepState;
  setState(change: Partial<SweepState> | ((state: SweepState) => Partial<SweepState>)): void;
}

export interface SweepParts {
  app: AppStore;
  sweeps: SweepStore;
  controller: Pick<Controller, 'commands' | 'experiment'>;
  start(onCrash: OnCrash): SweepClient;
}

export class SweepController {
  private readonly worker: StudyWorker<SweepCommand, SweepWorkerEvent>;
  private pace: SweepPace | null = null;
  private outlook: SweepOutlook | null = null;
  private pointBegan = 0;

  private readonly memory = new StudyMemory<SweepReport>({
    read: (database) => database.lastSweep(),
    write: (database, report) => database.keepSweep(report).catch(() => this.sayFull()),
    isEmpty: ({ results }) => results.length === 0 || this.app.keeping.mode === 'off',
  });

  constructor(private readonly parts: SweepParts) {
    this.worker = new StudyWorker({
      store: parts.app,
      ...parts.controller,
      start: parts.start,
      hear: (event) => this.onEvent(event),
      fail: (error) => this.fail(error),
    });
  }

  choose(change: Partial<SweepChoice>): void {
    this.set(({ choice }) => ({ choice: { ...choice, ...change }, problems: [], estimate: null }));
  }

  /** Brings back what the last sweep of this browser found. */
  async restore(): Promise<SweepReport | null> {
    const report = await this.memory.recall();
    if (report === undefined || this.state.report !== null) return null;
    this.set({ report });
    return report;
  }

  /** Says how long a sweep would take, from a step that is timed. */
  estimate(sweep: Sweep): void {
    this.begin(sweep, true, []);
  }

  /** Works through what is missing of a sweep; what the last one found of the very same points is kept. */
  begin(sweep: Sweep, estimateOnly = false, skipped = this.state.report?.skipped ?? []): void {
    if (selectMeasurer(this.app) !== null || this.state.work !== null) return;
    const problems = checkSweep(sweep);
    this.set({ problems, estimate: null });
    if (problems.length > 0) return;
    const isWanted = this.worker.ask();
    this.set({ work: { preparing: null, progress: null, outlook: null, estimateOnly, secondsLeft: null } });
    update(this.parts.app, 'study', (study) => ({ ...study, sweeping: true }));
    this.worker.read(
      sweep.base.data.dataset === 'files' ? sweep.base : null,
      isWanted,
      (files) => this.send(sweep, estimateOnly, skipped, files),
      () => this.end(),
    );
  }

  /** Ends the point under way; finished ones stay, and the next start goes on behind them. */
  pause(): void {
    this.end('stopped', null);
  }

  /** Goes on with a sweep that was paused, stopped or kept. */
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

  private get state(): SweepState {
    return this.parts.sweeps.getState();
  }

  private get app() {
    return this.parts.app.getState();
  }

  private set(change: Partial<SweepState> | ((state: SweepState) => Partial<SweepState>)): void {
    this.parts.sweeps.setState(change);
  }

  private send(sweep: Sweep, estimateOnly: boolean, skipped: readonly string[], files?: ReadFiles): void {
    const points = sweepPoints(sweep);
    const keys = new Set(points.map(pointKey));
    const known = (this.state.report?.results ?? []).filter(({ key }) => keys.has(key));
    if (!estimateOnly) this.set({ report: this.reportOf(sweep, known, skipped, files) });
    this.worker.begin(
      {
        type: 'sweep',
        plan: { points, testSamples: TEST_SAMPLES },
        known: [...known.map(({ key }) => key), ...skipped],
        backend: this.worker.backend,
        estimateOnly,
      },
      files,
    );
  }

  /** Results of another version stay where the sweep is the same: they are marked, and measured anew. */
  private reportOf(
    sweep: Sweep,
    known: SweepReport['results'],
    skipped: readonly string[],
    files: ReadFiles | undefined,
  ): SweepReport {
    const { report } = this.state;
    const isSame = report !== null && JSON.stringify(report.sweep) === JSON.stringify(sweep);
    return {
      sweep,
      datasetName: files?.name ?? DATASET_LABELS[sweep.base.data.dataset],
      devices: known.length > 0 ? (report?.devices ?? []) : [],
      results: isSame ? report.results : known,
      skipped,
      outcome: 'running',
      problem: null,
    };
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
        this.pace?.finish(this.outlook?.gflop[done] ?? 0, event.result.seconds);
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
    const total = outlook.gflop.reduce((sum, gflop) => sum + gflop, 0);
    this.outlook = outlook;
    this.pace = new SweepPace(total, outlook.secondsPerGflop);
    this.pointBegan = performance.now();
    const estimate = { seconds: this.pace.secondsLeft, points: outlook.gflop.length };
    this.set(({ work }) => ({ estimate, work: work && { ...work, outlook, secondsLeft: estimate.seconds } }));
  }

  private onProgress(progress: SweepProgress): void {
    const spent = (performance.now() - this.pointBegan) / 1000;
    const whole = this.pace?.secondsLeft ?? null;
    const secondsLeft = progress.doing === 'timing' || whole === null ? null : Math.max(0, whole - spent);
    this.set(({ work }) => ({ work: work && { ...work, preparing: null, progress, secondsLeft } }));
  }

  private setReport(change: (report: SweepReport) => SweepReport): void {
    if (this.state.work?.estimateOnly === true) return;
    this.set(({ report }) => ({ report: report && change(report) }));
  }

  /** What is about the samples is told beside the form, where nothing was measured yet. */
  private fail({ name, message }: ErrorReport): void {
    const at = name === 'BadDataError' ? 'labels' : 'base';
    const nothing = (this.state.report?.results.length ?? 0) === 0 || this.state.work?.estimateOnly === true;
    if (nothing) this.set({ problems: [{ at, message }] });
    this.end('failed', message);
  }

  private sayFull(): void {
    const problem = 'This browser has no room to keep the sweep: save it as CSV or JSON before the page is closed.';
    this.set(({ report }) => ({ report: report && { ...report, problem } }));
  }

  private end(outcome: 'stopped' | 'failed' | 'finished' = 'stopped', problem: string | null = null): void {
    this.worker.end();
    if (this.state.work?.estimateOnly !== true) this.set(({ report }) => ({ report: ended(report, outcome, problem) }));
    this.set({ work: null });
    update(this.parts.app, 'study', (study) => ({ ...study, sweeping: false }));
    this.memory.keep(this.state.report);
  }
}
