/** Runs studies and measures steps, each time in a worker of its own; training waits meanwhile. */

import type { ErrorReport } from '../../base/errors.ts';
import { DATASET_LABELS, EXAMPLE_DATASETS } from '../../config/datasets.ts';
import { formOf, modalityOf, type SampleForm, sampleSections } from '../../config/modalities.ts';
import { defaultRun, type RunConfig } from '../../config/run.ts';
import type { EfficiencyPlan } from '../../trainer/study/efficiency.ts';
import { type StudyPlan, studyTasks } from '../../trainer/study/plan.ts';
import type { StudyCommand, StudyEvent } from '../../worker/protocol.ts';
import { selectMeasurer } from '../store/selectors.ts';
import { update } from '../store/store.ts';
import type { StudyChoice, StudyPlace, StudyReport, StudyState } from '../store/study.ts';
import { StudyPace } from '../study/pace.ts';
import { checkChoice, makePlan, type StartedRun } from '../study/plan.ts';
import type { CommandController } from './commands.ts';
import type { Experiment } from './experiment.ts';
import type { ReadFiles } from './files.ts';
import type { KeptController } from './kept.ts';
import { notify } from './notices.ts';
import { StudyMemory, sayNoRoom } from './studyMemory.ts';
import { ended, StudyWorker } from './studyWorker.ts';
import type { Workplace } from './workplace.ts';

/** Mask ratios of MP3's table 2. */
export const TABLE_MASK_RATIOS = [0.3, 0.5, 0.75, 0.9] as const;
const TABLE_OBJECTIVES = ['mp3', 'mae', 'supervised'] as const;
const TABLE_TURNS = 2;
const TABLE_STEPS = 4;

export class StudyController {
  private pace: StudyPace | null = null;
  private readonly worker: StudyWorker<StudyCommand, StudyEvent>;

  private readonly memory = new StudyMemory<StudyReport>({
    read: (database) => database.lastStudy(),
    write: (database, report) => database.keepStudy(report),
    isEmpty: ({ results }) => results.length === 0 || this.state.keeping.mode === 'off',
    sayFull: () => notify(this.workplace.store, 'error', sayNoRoom('study'), { stays: true }),
  });

  constructor(
    private readonly workplace: Workplace,
    commands: CommandController,
    private readonly kept: KeptController,
    experiment: Experiment,
  ) {
    this.worker = new StudyWorker({
      store: workplace.store,
      commands,
      experiment,
      start: workplace.startStudy,
      hear: (event) => this.onEvent(event),
      fail: (error) => this.fail(error),
    });
  }

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
    if (selectMeasurer(this.state) !== null) return;
    const { choice } = study;
    const chosen = kept.runs.filter(({ id }) => choice.runs.includes(id)).toReversed();
    const problem = checkChoice(choice, chosen);
    this.set((state) => ({ ...state, problem }));
    if (problem !== null) return;
    const isWanted = this.worker.ask();
    const preparing = { task: 'Reading the weights', done: 0, total: Math.max(1, chosen.length) };
    this.set((state) => ({ ...state, work: { preparing, progress: null, secondsLeft: null } }));
    const started: StartedRun[] = [];
    for (const run of chosen) {
      const weights = await this.kept.weights(run.id);
      if (!isWanted()) return;
      if (weights === null) return this.leaveWork();
      started.push({ ...run, weights });
    }
    const model = chosen[0]?.config ?? this.state.run.info?.config ?? defaultRun();
    const plan = makePlan(choice, started, model);
    const form = formOf(model);
    const { seed } = model.optimiser;
    this.worker.read(
      choice.dataset === 'files' ? model : null,
      isWanted,
      (files) => this.send(plan, { name: choice.dataset, form, seed }, files),
      () => this.leaveWork(),
    );
  }

  /** Ends the study or the measurement under way; what was found before stays. */
  stop(): void {
    this.finish('stopped', null);
  }

  /** Measures what a step costs over mask ratios, for models as large as the run's. */
  measure(): void {
    if (selectMeasurer(this.state) !== null) return;
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
    this.worker.begin({ type: 'efficiency', plan, backend: this.worker.backend });
  }

  private get state() {
    return this.workplace.store.getState();
  }

  private set(change: (study: StudyState) => StudyState): void {
    update(this.workplace.store, 'study', change);
  }

  private leaveWork(): void {
    this.set((study) => ({ ...study, work: null }));
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
    this.worker.begin({ type: 'study', plan, backend: this.worker.backend, data }, files);
  }

  /** Takes the place of the last report once the pictures and the plan have been found to fit. */
  private coming: StudyReport | null = null;

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

  private finish(outcome: 'stopped' | 'finished' | 'failed', problem: string | null): void {
    this.worker.end();
    this.coming = null;
    this.set(({ report, efficiency, ...study }) => ({
      ...study,
      work: null,
      measuring: false,
      report: ended(report, outcome, problem),
      efficiency:
        efficiency === null && study.measuring && problem !== null
          ? { device: '', progress: { done: 0, total: 1, rows: [] }, outcome: 'failed', problem }
          : ended(efficiency, outcome, problem),
    }));
    this.memory.keep(this.state.study.report);
  }
}
