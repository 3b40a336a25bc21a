/** Stand-ins for the ends of the workers, and for what they send. */
import { tokensOf } from '../../src/config/modalities.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { galleryOf, type PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import type { StepReport } from '../../src/trainer/reports.ts';
import type { Workplace } from '../../src/ui/controller/workplace.ts';
import { type AppStore, firstState, useApp } from '../../src/ui/store/store.ts';
import type { Channel } from '../../src/worker/channel.ts';
import type {
  BenchCommand,
  BenchEvent,
  ErrorAbout,
  HomeCommand,
  HomeEvent,
  LeftRun,
  LoaderCommand,
  LoaderEvent,
  RobustnessCommand,
  RobustnessEvent,
  RunInfo,
  TrainerCommand,
  TrainerEvent,
  WeightsCommand,
  WeightsEvent,
} from '../../src/worker/protocol.ts';

export class FakeWorker<Command, Event> {
  readonly sent: Command[] = [];
  private listener: (event: Event) => void = () => {};

  channel(): Channel<Command, Event> {
    return {
      send: (command) => this.sent.push(command),
      listen: (listener) => {
        this.listener = listener;
        return () => {};
      },
    };
  }

  says(event: Event): void {
    this.listener(event);
  }

  /** What was sent since the last call. */
  take(): Command[] {
    return this.sent.splice(0);
  }
}

/** An event whose run and request follow from what was asked last. */
type Plain<E> = E extends { type: 'error' }
  ? Omit<E, 'about'> & { about?: ErrorAbout }
  : E extends { type: 'run' }
    ? Omit<E, 'run' | 'step' | 'left'> & { run?: number; step?: number; left?: LeftRun | null }
    : E extends unknown
      ? Omit<E, 'run' | 'request'> & { run?: number; request?: number }
      : never;

export class FakeTrainer extends FakeWorker<TrainerCommand, TrainerEvent> {
  private readonly all: TrainerCommand[] = [];
  private current = 0;

  override channel(): Channel<TrainerCommand, TrainerEvent> {
    const channel = super.channel();
    return {
      ...channel,
      send: (command, transfer) => {
        this.all.push(command);
        channel.send(command, transfer);
      },
    };
  }

  /** The run that was asked for last. */
  get newest(): number {
    const made = this.all.filter(({ type }) => ['open', 'reset', 'return', 'load', 'resume'].includes(type));
    return Math.max(0, ...made.map((command) => ('run' in command ? command.run : 0)));
  }

  /** The question that was asked last. */
  get request(): number {
    return Math.max(0, ...this.all.map((command) => ('request' in command ? command.request : 0)));
  }

  /** Says something of the run that was told of last; a new one is the one that was asked for last. */
  tells(event: Plain<TrainerEvent>): void {
    const isNew = event.type === 'run' && event.cause !== 'pin' && event.cause !== 'recovery';
    const answers = [
      'saved',
      'attention',
      'filled',
      'found',
      'answered',
      'wordCounts',
      'lent',
      'kernels',
      'maskSaving',
      'set',
    ].includes(event.type);
    const names = {
      run: isNew ? this.newest : this.current,
      step: 0,
      left: null,
      about: {},
      ...(answers ? { request: this.request } : {}),
    };
    const named = Object.assign(names, event) as TrainerEvent;
    if (named.type === 'run') this.current = named.run;
    this.says(named);
  }

  /** Refuses the run that was asked for last. */
  refuses(name: string, message = 'no'): void {
    this.says({ type: 'error', about: { run: this.newest }, error: { name, message } });
  }
}

export class FakeBench extends FakeWorker<BenchCommand, BenchEvent> {
  ended = false;

  constructor(readonly crash: (message: string) => void) {
    super();
  }
}

export class FakeRobustness extends FakeWorker<RobustnessCommand, RobustnessEvent> {
  ended = false;

  end(): void {
    this.ended = true;
  }
}

export class FakeHome extends FakeWorker<HomeCommand, HomeEvent> {
  ended = false;

  end(): void {
    this.ended = true;
  }
}

export class FakeWeights extends FakeWorker<WeightsCommand, WeightsEvent> {
  ended = false;

  constructor(readonly crash: (message: string) => void) {
    super();
  }

  end(): void {
    this.ended = true;
  }
}

export interface FakeWorkplace extends Workplace {
  trainer: FakeTrainer;
  loader: FakeWorker<LoaderCommand, LoaderEvent>;
  /** Every worker of the bench that was started, the newest last. */
  benches: FakeBench[];
  /** The same of robustness studies. */
  robustness: FakeRobustness[];
  /** The same of what takes models home. */
  homes: FakeHome[];
  /** The same of what reads files of weights. */
  weights: FakeWeights[];
  crashTrainer(message: string): void;
}

export function fakeWorkplace(): FakeWorkplace {
  const store: AppStore = useApp;
  store.setState(firstState());
  const trainer = new FakeTrainer();
  const loader = new FakeWorker<LoaderCommand, LoaderEvent>();
  const workplace: FakeWorkplace = {
    store,
    trainer,
    loader,
    benches: [],
    robustness: [],
    homes: [],
    weights: [],
    crashTrainer: () => {},
    startTrainer: (onCrash) => {
      workplace.crashTrainer = onCrash;
      return trainer.channel();
    },
    startLoader: () => loader.channel(),
    startStudy: () => {
      throw new Error('no study is expected here');
    },
    startRobustness: () => {
      const study = new FakeRobustness();
      workplace.robustness.push(study);
      return { ...study.channel(), end: () => study.end() };
    },
    startHome: () => {
      const home = new FakeHome();
      workplace.homes.push(home);
      return { ...home.channel(), end: () => home.end() };
    },
    startWeights: (onCrash) => {
      const weights = new FakeWeights(onCrash);
      workplace.weights.push(weights);
      return { ...weights.channel(), end: () => weights.end() };
    },
    startBench: (onCrash) => {
      const bench = new FakeBench(onCrash);
      workplace.benches.push(bench);
      return {
        ...bench.channel(),
        end: () => {
          bench.ended = true;
        },
      };
    },
  };
  return workplace;
}

/** A step of an MP3 run. */
export function stepReport(step: number, more: Partial<StepReport> = {}): StepReport {
  const metrics = { positionAccuracy: 0.1 };
  return { step, phase: 0, loss: 2, metrics, learningRate: 0.001, gradientNorm: 1, milliseconds: 9, memoryBytes: 5, ...more };
}

export function pictures(count: number, size = 32): PictureSet {
  return { modality: 'picture', pixels: new Uint8Array(count * size * size * 3), count, size, channels: 3, classes: [] };
}

export function dataset(name: string, size = 32): Dataset {
  return { name, train: pictures(8, size), heldOut: pictures(2, size), heldOutIsTrain: false };
}

export function runInfo(config: RunConfig, pinned = false): RunInfo {
  return {
    config,
    datasetName: 'Scenes',
    classes: [],
    classCounts: [],
    trainCount: 8,
    heldOutCount: 2,
    heldOutIsTrain: false,
    dataBytes: 0,
    tokens: tokensOf(config, { channels: 3 }),
    parameters: 1000,
    stepGflop: [1],
    accuracyCeiling: 1,
    board: galleryOf(pictures(pinned ? 3 : 2, config.picture.size)),
    pinned,
    thumbnails: galleryOf(pictures(2, config.picture.size)),
  };
}
