/** Runs robustness studies in a worker of their own; training waits meanwhile. What one has found the next one of its kind goes on from. */

import type { ErrorReport } from '../../base/errors.ts';
import { DATASET_LABELS } from '../../config/datasets.ts';
import { sensesOf } from '../../config/modalities/pair.ts';
import { formOf } from '../../config/modalities.ts';
import type { RunConfig } from '../../config/run.ts';
import { type RobustnessPlan, robustTasks, rowName } from '../../trainer/robustness/plan.ts';
import type { RobustnessCommand, RobustnessEvent } from '../../worker/protocol.ts';
import type { RobustnessChoice, RobustnessReport, RobustnessState, RobustStart } from '../store/robustness.ts';
import { nameRun } from '../store/runs.ts';
import { selectMeasurer } from '../store/selectors.ts';
import { update } from '../store/store.ts';
import { askedOf, keyOf, RobustnessPace, robustnessPlan } from '../study/robustnessPlan.ts';
import type { CommandController } from './commands.ts';
import type { Experiment } from './experiment.ts';
import { type ReadFiles, sayFiles } from './files.ts';
import type { KeptController } from './kept.ts';
import { notify } from './notices.ts';
import { StudyMemory, sayNoRoom } from './studyMemory.ts';
import { ended, StudyWorker } from './studyWorker.ts';
import type { Workplace } from './workplace.ts';

const NOTHING_DONE = { preparing: null, progress: null, secondsLeft: null } as const;

export class RobustnessController {
  private pace: RobustnessPace | null = null;
  private readonly worker: StudyWorker<RobustnessCommand, RobustnessEvent>;
  /** Takes the place of the last report once samples and plan have been found to fit. */
  private coming: RobustnessReport | null = null;

  private readonly memory = new StudyMemory<RobustnessReport>({
    read: (database) => database.lastRobustness(),
    write: (database, report) => database.keepRobustness(report),
    isEmpty: ({ rows }) => rows.length === 0 || this.state.keeping.mode === 'off',
    sayFull: () => notify(this.workplace.store, 'error', sayNoRoom('robustness study'), { stays: true }),
  });

  constructor(
    private readonly workplace: Workplace,
    private readonly commands: CommandController,
    private readonly kept: KeptController,
    experiment: Experiment,
  ) {
    this.worker = new StudyWorker({
      store: workplace.store,
      commands,
      experiment,
      start: workplace.startRobustness,
      hear: (event) => this.onEvent(event),
      fail: (error) => this.fail(error),
    });
  }

  choose(change: Partial<RobustnessChoice>): void {
    this.set((state) => ({ ...state, choice: { ...state.choice, ...change }, problem: null }));
  }

  /** Brings back what the last study of this browser found, and what it was asked. */
  async restore(): Promise<void> {
    const report = await this.memory.recall();
    if (report === undefined || this.state.robustness.report !== null) return;
    const { seeds, ...asked } = report.asked;
    const start = report.start === 'current' ? null : report.start;
    this.set((state) => ({ ...state, report, choice: { ...asked, seeds: seeds.length, start } }));
  }

  /** Trains what is missing of the study that is chosen. */
  async start(start: RobustStart): Promise<void> {
    if (selectMeasurer(this.state) !== null) return;
    const run = this.runOf(start);
    if (run === null) return;
    const isWanted = this.worker.ask();
    const preparing = { task: 'Reading the weights', done: 0, total: 1 };
    this.set((state) => ({ ...state, problem: null, work: { ...NOTHING_DONE, preparing } }));
    const weights = start === 'current' ? await this.commands.weights('weights') : await this.kept.weights(start);
    if (!isWanted()) return;
    if (weights === null) return this.leaveWork();
    this.worker.read(
      run.config.data.dataset === 'files' ? run.config : null,
      isWanted,
      (files) => this.send({ ...run, start, weights }, files),
      () => this.leaveWork(),
    );
  }

  /** Ends the study under way; what was found before stays, and is gone on from. */
  stop(): void {
    this.finish('stopped', null);
  }

  private get state() {
    return this.workplace.store.getState();
  }

  private set(change: (state: RobustnessState) => RobustnessState): void {
    update(this.workplace.store, 'robustness', change);
  }

  private leaveWork(): void {
    this.set((state) => ({ ...state, work: null }));
  }

  private runOf(start: RobustStart): { name: string; config: RunConfig } | null {
    if (start !== 'current') return this.state.kept.runs.find(({ id }) => id === start) ?? null;
    const { info, step } = this.state.run;
    return info && { name: nameRun(info.config, info.datasetName, step, []), config: info.config };
  }

  private send(
    { start, name, config, weights }: { start: RobustStart; name: string; config: RunConfig; weights: Uint8Array },
    files?: ReadFiles,
  ): void {
    const asked = askedOf(this.state.robustness.choice);
    const plan = robustnessPlan(asked, config, weights);
    const key = keyOf(plan, files === undefined ? '' : sayFiles(files));
    const { report } = this.state.robustness;
    const before = report?.key === key ? report : null;
    const senses = sensesOf(config);
    this.coming = {
      key,
      asked: before === null ? asked : joined(before.asked, asked),
      start,
      startName: name,
      senses,
      datasetName: files?.name ?? DATASET_LABELS[config.data.dataset],
      devices: before?.devices ?? [],
      facts: null,
      shown: null,
      warnings: [],
      rows: before?.rows ?? [],
      outcome: 'running',
      problem: null,
    };
    this.set((state) => ({ ...state, work: NOTHING_DONE }));
    const known = this.coming.rows.map(rowName);
    this.pace = new RobustnessPace(plan, robustTasks(plan, senses), new Set(known));
    this.begin(plan, known, config, files);
  }

  private begin(plan: RobustnessPlan, known: readonly string[], config: RunConfig, files?: ReadFiles): void {
    const data = { name: config.data.dataset, form: formOf(config), seed: config.optimiser.seed };
    this.worker.begin({ type: 'robustness', plan, known, backend: this.worker.backend, data }, files);
  }

  private onEvent(event: RobustnessEvent): void {
    switch (event.type) {
      case 'preparing':
        this.set(({ work, ...state }) => ({
          ...state,
          work: work && { ...work, preparing: event.done < event.total ? event : null },
        }));
        break;
      case 'began': {
        const { device, facts, shown, warnings } = event;
        const { coming } = this;
        const devices = [...new Set([...(coming?.devices ?? []), device])];
        this.set((state) => ({ ...state, report: coming && { ...coming, devices, facts, shown, warnings } }));
        break;
      }
      case 'working': {
        const secondsLeft = this.pace?.secondsLeft(event.progress, performance.now()) ?? null;
        this.set((state) => ({ ...state, work: { preparing: null, progress: event.progress, secondsLeft } }));
        break;
      }
      case 'row':
        this.set((state) => ({ ...state, report: state.report && { ...state.report, rows: [...state.report.rows, event.row] } }));
        this.memory.keepSoon(this.state.robustness.report);
        break;
      case 'finished':
        this.finish('finished', null);
        break;
      case 'error':
        this.fail(event.error);
        break;
      default:
        event satisfies never;
    }
  }

  private fail({ message }: ErrorReport): void {
    const begun = this.state.robustness.report?.outcome === 'running';
    if (!begun) this.set((state) => ({ ...state, problem: message }));
    this.finish('failed', message);
  }

  private finish(outcome: 'stopped' | 'finished' | 'failed', problem: string | null): void {
    this.worker.end();
    this.coming = null;
    this.set(({ report, ...state }) => ({ ...state, work: null, report: ended(report, outcome, problem) }));
    this.memory.keep(this.state.robustness.report);
  }
}

/** What was asked before stays asked: its rows are there. */
function joined(before: RobustnessReport['asked'], now: RobustnessReport['asked']): RobustnessReport['asked'] {
  const both = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])];
  return {
    methods: both(before.methods, now.methods),
    baselines: both(before.baselines, now.baselines),
    alphas: both(before.alphas, now.alphas).toSorted((a, b) => a - b),
    seeds: both(before.seeds, now.seeds).toSorted((a, b) => a - b),
    labelsPerClass: now.labelsPerClass,
  };
}
