/** The page's actions. Components call these and read the store; nothing else talks to the workers. */
import { messageOf } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import type { KeptRun } from '../store/runs.ts';
import type { AppStore } from '../store/store.ts';
import { addressOn, followSettings, readAddress, share, shareRun } from './address.ts';
import { BenchController } from './bench.ts';
import { CommandController } from './commands.ts';
import { EditController } from './edits.ts';
import { Experiment } from './experiment.ts';
import { FilesController } from './files.ts';
import { FindController } from './finding.ts';
import { FineTuneController } from './fineTune.ts';
import { HomeController } from './home.ts';
import { KeptController } from './kept.ts';
import { LoaderLink } from './loaderLink.ts';
import { dismiss, notify } from './notices.ts';
import { OwnFiles } from './ownFiles.ts';
import { PinController } from './pinned.ts';
import { rest } from './rest.ts';
import { RobustnessController } from './robustness.ts';
import { RunController } from './runs.ts';
import { StudyController } from './study.ts';
import { ViewController } from './view.ts';
import { WeightsReader } from './weightsReader.ts';
import type { WorkerStarters, Workplace } from './workplace.ts';

/** Each calls only those above it. */
export interface Controller {
  /** What the run under way is told and asked. */
  commands: CommandController;
  /** What the visitor brings, while it is read. */
  files: FilesController;
  /** The photo on the board. */
  pinned: PinController;
  /** What is looked for among samples of several senses. */
  finding: FindController;
  /** A file of weights, while it is read. */
  weights: WeightsReader;
  /** Train, reset, load, undo: which run, on which files, from which start. */
  experiment: Experiment;
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
  /** What remains without some senses, on the Compare page. */
  robustness: RobustnessController;
  /** Taking a model home. */
  home: HomeController;
  /** What the Bench page measures. */
  bench: BenchController;
  /** What the page was asked to compute on. */
  asked: BackendRequest;
  /** Brings the run to rest, and loads the page anew to compute on something else. */
  computeOn(request: BackendRequest): Promise<void>;
  /** Brings the run to rest, and has it written where it is kept. */
  rest(): Promise<void>;
  share(): Promise<void>;
  /** Copies the link of a kept run. */
  shareRun(run: Pick<KeptRun, 'config' | 'name' | 'curves'>): Promise<void>;
  /** Says what went wrong, and what the browser says of it. */
  report(what: string, error: unknown): void;
  dismiss(notice: number): void;
}

/** Opens the experiment that `search` (the address bar's query) describes. */
export function startController(store: AppStore, starters: WorkerStarters, search: string): Controller {
  const workplace: Workplace = { store, ...starters };
  const backend = readAddress(store, search);
  const runs = new RunController(workplace, backend);
  const commands = new CommandController(store, runs);
  const loader: LoaderLink = new LoaderLink(
    (onCrash) => workplace.startLoader(onCrash),
    (message) => files.crashed(message),
  );
  const files = new FilesController(workplace, loader);
  const pinned = new PinController(workplace, loader, runs, commands);
  const finding = new FindController(workplace, loader, commands, runs);
  const weights = new WeightsReader(workplace);
  const own = new OwnFiles(workplace, runs, commands, files);
  const experiment = new Experiment(workplace, runs, commands, files, pinned, finding, own, weights);
  const edits = new EditController(store, runs, commands, experiment);
  const view = new ViewController(store, commands);
  const bench = new BenchController(workplace, commands);
  const home = new HomeController(workplace, commands);
  const kept = new KeptController(workplace, runs, commands, experiment, weights);
  const fineTune = new FineTuneController(workplace, runs, commands, kept, experiment, weights);
  const study = new StudyController(workplace, commands, kept, experiment);
  const robustness = new RobustnessController(workplace, commands, kept, experiment);
  followSettings(store, backend);
  kept.start(() => runs.open(store.getState().settings.draft));
  return {
    commands,
    files,
    pinned,
    finding,
    weights,
    experiment,
    edits,
    view,
    home,
    kept,
    fineTune,
    study,
    robustness,
    bench,
    asked: backend,
    computeOn: async (request) => {
      if (store.getState().run.step > 0) await rest(runs, commands);
      // Loaded again, not gone elsewhere: so the run of this tab comes back.
      history.replaceState(history.state, '', addressOn(store, request));
      location.reload();
    },
    rest: () => rest(runs, commands),
    share: () => share(store, backend),
    shareRun: (run) => shareRun(store, backend, run),
    report: (what, error) => notify(store, 'error', `${what} ${messageOf(error)}`),
    dismiss: (notice) => dismiss(store, notice),
  };
}
