/** Runs studies and measures steps, each time in a worker of its own; training waits meanwhile. */

import type { ErrorReport } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import { DATASET_LABELS, EXAMPLE_DATASETS } from '../../config/datasets.ts';
import { formOf, modalityOf, type SampleForm, sampleSections } from '../../config/modalities.ts';
import { defaultRun, type RunConfig } from '../../config/run.ts';
import type { EfficiencyPlan } from '../../trainer/study/efficiency.ts';
import { type StudyPlan, studyTasks } from '../../trainer/study/plan.ts';
import type { StudyClient } from '../../worker/client.ts';
import type { StudyCommand, StudyEvent } from '../../worker/protocol.ts';
import { update } from '../store/store.ts';
import type { StudyChoice, StudyPlace, StudyReport, StudyState } from '../store/study.ts';
import { StudyPace } from '../study/pace.ts';
import { checkChoice, makePlan, type StartedRun } from '../study/plan.ts';
import type { CommandController } from './commands.ts';
import { crashReport } from './crashed.ts';
import type { Experiment } from './experiment.ts';
import type { ReadFiles } from './files.ts';
import type { KeptController } from './kept.ts';
import { StudyMemory } from './studyMemory.ts';
import type { Workplace } from './workplace.ts';

/** Mask ratios of MP3's table 2. */
export const TABLE_MASK_RATIOS = [0.3, 0.5, 0.75, 0.9] as const;
const TABLE_OBJECTIVES = ['mp3', 'mae', 'supervised'] as const;
const TABLE_TURNS = 2;
const TABLE_STEPS = 4;

export class StudyController {
  private client: StudyClient | null = null;
  private pace: StudyPace | null = null;
  /** Training was under way when the work began. */
  private goOn = false;
  /** Counts the studies that were asked for: files that arrive for an older one are not wanted any more. */
  private asked = 0;

  private readonly memory = new StudyMemory<StudyReport>({
    read: (database) => database.lastStudy(),
    write: (database, report) => database.keepStudy(report),
    isEmpty: ({ results }) => results.length === 0 || this.state.keeping.mode === 'off',
  });

  constructor(
    private readonly workplace: Workplace,
    private readonly commands: CommandController,
    private readonly kept: KeptController,
    private readonly experiment: Experiment,
  ) {}

  choose(change: Partial<StudyChoice>): void {
    this.set((study) => ({ ...study, choice: { ...study.choice, ...change }, problem: null }));
  }

  /** Brings back what the last study of this browser found. */
  async restore(): Promise<void> {
    const report = await this.memory.recall();
    if (report !== undefined) this.set((study) => ({ ...study, report: study.report ?? report }));
  }

  /** Was it worth it? */
  async start(): Promise<void> {
    const { study, kept } = this.state;
    if (this.isBusy) return;
    const { choice } = study;
    const chosen = kept.runs.filter(({ id }) => choice.runs.includes(id)).toReversed();
    const problem = checkChoice(choice, chosen);
    this.set((state) => ({ ...state, problem }));
    if (problem !== null) return;
    const asked = ++this.asked;
    const preparing = { task: 'Reading the weights', done: 0, total: Math.max(1, chosen.length) };
    this.set((state) => ({ ...state, work: { preparing, progress: null, secondsLeft: null } }));
    const started: StartedRun[] = [];
    for (const run of chosen) {
      const weights = await this.kept.weights(run.id);
      if (weights === null || asked !== this.asked) return this.leaveWork(asked);
      started.push({ ...run, weights });
    }
    const model = chosen[0]?.config ?? this.state.run.info?.config ?? defaultRun();
    const plan = makePlan(choice, started, model);
    const form = formOf(model);
    const { seed } = model.optimiser;
    const run = (files?: ReadFiles): void => {
      if (asked === this.asked) this.send(plan, { name: choice.dataset, form, seed }, files);
    };
    if (choice.dataset === 'files')
      this.experiment.readAgain(model, (read) => (read === null ? this.leaveWork(asked) : run(read)));
    else run();
  }

  /** Ends the study or the measurement under way; what was found before stays. */
  stop(): void {
    this.asked += 1;
    this.endWorker();
    this.set((study) => ({
      ...study,
      work: null,
      measuring: false,
      report: study.report?.outcome === 'running' ? { ...study.report, outcome: 'stopped' } : study.report,
      efficiency: study.efficiency?.outcome === 'running' ? { ...study.efficiency, outcome: 'stopped' } : study.efficiency,
    }));
    this.memory.keep(this.state.study.report);
  }

  /** Measures what a step costs over mask ratios, for models as large as the run's. */
  measure(): void {
    if (this.isBusy) return;
    const config = this.state.run.info?.config ?? defaultRun();
    const { model, optimiser } = config;
    const fresh = defaultRun();
    const base: RunConfig = {
      ...fresh,
      data: { ...fresh.data, dataset: EXAMPLE_DATASETS[modalityOf(config)] },
      ...sampleSections(config),
      model,
      optimiser: { ...fresh.optimiser, batch: optimiser.batch },
    };
    const plan: EfficiencyPlan = {
      base,
      objectives: TABLE_OBJECTIVES,
      maskRatios: TABLE_MASK_RATIOS,
      turns: TABLE_TURNS,
      steps: TABLE_STEPS,
    };
    this.set((study) => ({ ...study, measuring: true, efficiency: null }));
    this.begin({ type: 'efficiency', plan, backend: this.backend });
  }

  private get state() {
    return this.workplace.store.getState();
  }

  private get isBusy(): boolean {
    const { study, robustness } = this.state;
    return study.work !== null || study.measuring || study.sweeping || robustness.work !== null;
  }

  /** What training runs on. */
  private get backend(): BackendRequest {
    return this.state.run.backend?.name ?? 'auto';
  }

  private set(change: (study: StudyState) => StudyState): void {
    update(this.workplace.store, 'study', change);
  }

  private leaveWork(asked: number): void {
    if (asked === this.asked) this.set((study) => ({ ...study, work: null }));
  }

  private send(plan: StudyPlan, data: { name: StudyChoice['dataset']; form: SampleForm; seed: number }, files?: ReadFiles): void {
    this.pace = new StudyPace(plan);
    const report: StudyReport = {
      contenders: plan.contenders.map(({ name, weights, pretraining, learned, model, members }) => ({
        name,
        pretrained: weights !== undefined || members !== undefined,
        pretraining: pretraining ?? null,
        ...(learned && { learned }),
        ...(model !== undefined && { model }),
        ...(members && { members }),
      })),
      protocols: plan.protocols,
      sizes: plan.labelsPerClass,
      seeds: plan.seeds,
      datasetName: files?.name ?? DATASET_LABELS[data.name],
      total: studyTasks(plan).length,
      device: null,
      test: null,
      results: [],
      outcome: 'running',
      problem: null,
    };
    this.coming = report;
    const command: StudyCommand = { type: 'study', plan, backend: this.backend, data };
    if (files === undefined) this.begin(command);
    else this.begin({ ...command, files: files.parcel }, [files.parcel.port]);
  }

  /** Takes the place of the last report once the pictures and the plan have been found to fit. */
  private coming: StudyReport | null = null;

  private begin(command: StudyCommand, transfer: Transferable[] = []): void {
    this.goOn = this.state.run.wanted;
    if (this.goOn) this.commands.pause();
    const client = this.workplace.startStudy((message) => this.crashed(message));
    this.client = client;
    client.listen((event) => {
      if (this.client === client) this.onEvent(event);
    });
    client.send(command, transfer);
  }

  private onEvent(event: StudyEvent): void {
    switch (event.type) {
      case 'preparing':
        this.set(({ work, ...study }) => ({
          ...study,
          work: work && { ...work, preparing: event.done < event.total ? event : null },
        }));
        break;
      case 'started': {
        const report = this.coming && { ...this.coming, device: event.device, test: event.test, warnings: event.warnings };
        this.set((study) => ({ ...study, report }));
        break;
      }
      case 'progress': {
        const secondsLeft = this.pace?.secondsLeft(event.progress, performance.now()) ?? null;
        this.set((study) => ({ ...study, work: { preparing: null, progress: event.progress, secondsLeft } }));
        break;
      }
      case 'result':
        this.set((study) => ({
          ...study,
          report: study.report && { ...study.report, results: [...study.report.results, event.result] },
        }));
        this.memory.keepSoon(this.state.study.report);
        break;
      case 'efficiency':
        this.set((study) => ({
          ...study,
          efficiency: { device: event.device, progress: event.progress, outcome: 'running', problem: null },
        }));
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

  /** Before the study has started an error is about what was chosen, and stands beside it. */
  private fail(error: ErrorReport): void {
    const { work, report } = this.state.study;
    const begun = report !== null && report.outcome === 'running';
    if (work !== null && !begun) {
      const at: StudyPlace = error.name === 'BadDataError' ? 'labels' : error.name === 'CheckpointError' ? 'runs' : 'form';
      this.set((study) => ({ ...study, problem: { at, message: error.message } }));
    }
    this.finish('failed', error.message);
  }

  private crashed(message: string): void {
    this.fail(crashReport(message));
  }

  private finish(outcome: 'finished' | 'failed', problem: string | null): void {
    this.endWorker();
    this.set(({ report, efficiency, ...study }) => ({
      ...study,
      work: null,
      measuring: false,
      report: report?.outcome === 'running' ? { ...report, outcome, problem } : report,
      efficiency:
        efficiency?.outcome === 'running'
          ? { ...efficiency, outcome, problem }
          : study.measuring && problem !== null
            ? { device: '', progress: { done: 0, total: 1, rows: [] }, outcome: 'failed', problem }
            : efficiency,
    }));
    this.memory.keep(this.state.study.report);
  }

  private endWorker(): void {
    this.client?.end();
    this.client = null;
    this.coming = null;
    if (this.goOn) this.commands.train();
    this.goOn = false;
  }
}
