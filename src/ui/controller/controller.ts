/** The page's actions. Components call these and read the store; nothing else talks to the workers. */
import type { AppStore } from '../store/store.ts';
import { followSettings, readAddress, share } from './address.ts';
import { BenchController } from './bench.ts';
import { EditController } from './edits.ts';
import { FilesController } from './files.ts';
import { FineTuneController } from './fineTune.ts';
import { KeptController } from './kept.ts';
import { dismiss } from './notices.ts';
import { RunController } from './runs.ts';
import { StudyController } from './study.ts';
import { ViewController } from './view.ts';
import type { WorkerStarters, Workplace } from './workplace.ts';

export interface Controller {
  /** Train, pause, step, reset, save, load. */
  runs: RunController;
  /** What the visitor brings. */
  files: FilesController;
  /** Settings. */
  edits: EditController;
  /** How board and attention are looked at. */
  view: ViewController;
  /** Runs that this browser keeps. */
  kept: KeptController;
  /** What the Fine-tune page begins. */
  fineTune: FineTuneController;
  /** What the Compare page asks. */
  study: StudyController;
  /** What the Bench page measures. */
  bench: BenchController;
  share(): Promise<void>;
  dismiss(notice: number): void;
}

/** Opens the experiment that `search` (the address bar's query) describes. */
export function startController(store: AppStore, starters: WorkerStarters, search: string): Controller {
  const workplace: Workplace = { store, ...starters };
  const backend = readAddress(store, search);
  const runs = new RunController(workplace, backend);
  const files = new FilesController(workplace, runs);
  const edits = new EditController(workplace, runs, files);
  const view = new ViewController(store, runs);
  const bench = new BenchController(workplace, runs);
  const kept = new KeptController(workplace, runs);
  const study = new StudyController(workplace, runs, kept, files);
  const fineTune = new FineTuneController(workplace, runs, kept, files, edits);
  runs.onTold = (event) => {
    kept.onTold(event);
    fineTune.onTold(event);
  };
  runs.onRun = () => files.refreshPhoto();
  files.onDataset = (config, dataset, before) => edits.startOnFiles(config, dataset, before);
  files.onWeights = (name, file) => void edits.loadWeights(name, file);
  followSettings(store, backend);
  runs.open(store.getState().settings.draft);
  return {
    runs,
    files,
    edits,
    view,
    kept,
    fineTune,
    study,
    bench,
    share: () => share(store, backend),
    dismiss: (notice) => dismiss(store, notice),
  };
}
