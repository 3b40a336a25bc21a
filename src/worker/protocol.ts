/**
 * The only messages between the page and its workers. Both ends share these types and nothing else travels: a message
 * that one end sends and the other does not handle is a compile error (switches end in `satisfies never`).
 *
 * Seven workers: the trainer owns the model; the loader turns files into samples, so that a large archive never delays a
 * training step; bench and study measure and compare, home packs a model, weights reads a file of them, and resynthesis makes drawn sounds audible, each
 * time in a worker of their own.
 */
import type { ErrorReport } from '../base/errors.ts';
import type { BackendRequest } from '../config/backends.ts';
import type { DatasetName } from '../config/datasets.ts';
import type { SettingValue } from '../config/field.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { ModalityName, SampleForm, Sense } from '../config/modalities.ts';
import type { RunConfig } from '../config/run.ts';
import type { LoadOptions, NamedFile, OptionsByKind } from '../data/files.ts';
import type { Gallery } from '../data/gallery.ts';
import type { ClassCount, Dataset, LoadReport, Samples } from '../data/samples.ts';
import type { DrawnSound } from '../data/sound/resynthesis.ts';
import type { BackendInfo } from '../engine/backend.ts';
import type { KernelTiming } from '../engine/stepper.ts';
import type { MaskSaving } from '../trainer/maskSaving.ts';
import type { NoiseLevels } from '../trainer/memberNoise.ts';
import type {
  AttentionReport,
  BoardReport,
  EvaluationReport,
  FilledText,
  Found,
  NoisyAnswer,
  StepReport,
} from '../trainer/reports.ts';
import type { TestFacts } from '../trainer/robustness/check.ts';
import type { RobustnessPlan, RobustnessProgress, RobustnessRow } from '../trainer/robustness/plan.ts';
import type { EfficiencyPlan, EfficiencyProgress } from '../trainer/study/efficiency.ts';
import type { StudyPlan, StudyProgress, StudyResult } from '../trainer/study/plan.ts';
import type { FindCommand } from './findQuery.ts';
import type { KeepingCommand, KeepingEvent, Resumed } from './keeping/messages.ts';
import type { LoadedDataset } from './loadedDataset.ts';
import type { Parcel, ParcelDoor } from './parcel.ts';

// ---------------------------------------------------------------- page -> trainer

/**
 * Runs are named by numbers that the page chooses, each larger than the one before; 0 is none. A command for a run that is not the
 * trainer's any more does nothing. `request` names a question: its answer bears the same number, and so does the error that comes
 * instead (`ErrorAbout`).
 */
export type TrainerCommand =
  /**
   * Chooses a backend and makes a run. `files` is given when `config.data.dataset` is `files`; `start`, safetensors of a
   * pretrained encoder, when the run does not begin with random weights.
   */
  | { type: 'open'; run: number; config: RunConfig; backend: BackendRequest; files?: Parcel<Dataset>; start?: Uint8Array }
  /** Starts over as run `run`, with other settings or other data. The backend stays, and so do files that came before. */
  | { type: 'reset'; run: number; config: RunConfig; files?: Parcel<Dataset>; start?: Uint8Array }
  /** Makes run `to`, the last that was left (`TrainerEvent` `run`), again as it was then: from now on it is `run`. */
  | { type: 'return'; run: number; to: number }
  /** Goes on from a run in a file of ours, or starts from the weights in it, and pauses (see `Restored`): that is run `run`. */
  | { type: 'load'; run: number; bytes: Uint8Array }
  | { type: 'train'; run: number }
  /** Whatever is under way. */
  | { type: 'pause' }
  /** One training step, then paused; the board and the curves are brought up to date. */
  | { type: 'step'; run: number }
  /** Changes a setting that applies live (`appliesTo`). */
  | { type: 'set'; run: number; request: number; path: string; value: SettingValue }
  /** Puts a picture at the top of the board ("your photo"), or takes it away. Its size is the run's. */
  | { type: 'pin'; run: number; photo: Parcel<Samples> | null }
  /** Asks for the attention maps of one picture of the board; of several encoders, of that of `sense`. */
  | { type: 'inspect'; run: number; request: number; sample: number; sense?: Sense }
  /** Asks what the model puts into the masked places of a text: (n) ids of its words, and 1 in `mask` (n) where one is masked. */
  | { type: 'fill'; run: number; request: number; ids: Int32Array; mask: Uint8Array }
  /** Asks what the model says of a sample of the board to every subset of its senses, under noise. */
  | { type: 'answer'; run: number; request: number; sample: number; noise: NoiseLevels }
  /** Asks what of the held-out samples is nearest to a sample of the board, or to what somebody brought. */
  | { type: 'find'; run: number; request: number; query: FindCommand }
  /** Asks how often each word of the vocabulary comes in the training texts, as far as they are read. */
  | { type: 'countWords'; run: number; request: number }
  /** Asks for a copy of the samples that somebody brought for the run, which goes where `door` leads: a study learns from them as well. */
  | { type: 'lend'; run: number; request: number; door: ParcelDoor<Dataset> }
  /** One training step with the time of every kernel, then paused. */
  | { type: 'profile'; run: number; request: number }
  /** Pauses, and times what several masks of a picture save a data2vec run. */
  | { type: 'measureMasks'; run: number; request: number }
  /** Asks for the run as safetensors, with all that it needs to go on; or for its weights only. */
  | { type: 'save'; run: number; request: number; what?: 'run' | 'weights' }
  | KeepingCommand;

// ---------------------------------------------------------------- trainer -> page

/** `recovering`: the GPU went away, and the run is brought back from its last snapshot. */
export type Phase = 'opening' | 'ready' | 'running' | 'paused' | 'finished' | 'failed' | 'recovering';

/** What the page knows of a run as soon as it is made. */
export interface RunInfo {
  config: RunConfig;
  datasetName: string;
  classes: string[];
  /** Every class with its pictures; empty without labels. */
  classCounts: ClassCount[];
  trainCount: number;
  heldOutCount: number;
  heldOutIsTrain: boolean;
  /** Memory that the samples take while the run is there, training and test, with what is kept of cutting them (`Tokenizer.keptBytes`). */
  dataBytes: number;
  /** What its samples are cut into. */
  tokens: Tokens;
  parameters: number;
  /** Arithmetic of one step in each of the run's phases, in 1e9 floating-point operations. */
  stepGflop: readonly number[];
  /** Highest position accuracy that is possible on the held-out pictures, given patches that look the same. */
  accuracyCeiling: number;
  /** The samples on the board, in the order of `BoardReport.samples`; a pinned one comes first. */
  board: Gallery;
  pinned: boolean;
  /** A few training samples to show as thumbnails. */
  thumbnails: Gallery;
}

/**
 * Why the page is told of a run: one was asked for, one that had been left was gone back to, it got the weights of a file, it was opened
 * from what this browser keeps, a photo was pinned or taken away, or a lost GPU was replaced.
 */
export type RunCause = 'reset' | 'returned' | 'loaded' | 'resumed' | 'pin' | 'recovery';

/**
 * What a file was good for. `run`: everything, and it goes on as it would have gone on. `weights`: the weights, and the optimiser
 * begins anew. `encoder`: a start for a run of this objective.
 */
export type Restored = 'run' | 'weights' | 'encoder';

/** A run that made place for another and can be gone back to, whole. */
export interface LeftRun {
  run: number;
  /** The step that it stood at. */
  step: number;
}

/** What an error is about. A run that was asked for and is not made, or a question that has no answer; neither for what belongs to none. */
export interface ErrorAbout {
  run?: number;
  request?: number;
}

/** `run`: what all of these but a few are about. */
export type TrainerEvent =
  | { type: 'backend'; backend: BackendInfo }
  /**
   * `step`: where the run stands. `left`: what `return` goes back to; it changes when a run that has learned something makes place
   * for another.
   */
  | {
      type: 'run';
      run: number;
      info: RunInfo;
      step: number;
      cause: RunCause;
      left: LeftRun | null;
      restored?: Restored;
      resumed?: Resumed;
    }
  | KeepingEvent
  | { type: 'phase'; run: number; phase: Phase; step: number }
  /** Several steps at a time: at most about ten messages a second. */
  | { type: 'steps'; run: number; steps: StepReport[]; memoryBytes: number }
  | { type: 'evaluation'; run: number; evaluation: EvaluationReport }
  | { type: 'board'; run: number; board: BoardReport }
  | { type: 'attention'; run: number; request: number; attention: AttentionReport }
  /** `step`: that of the weights that filled it in. */
  | { type: 'filled'; run: number; request: number; step: number; filled: FilledText }
  | { type: 'found'; run: number; request: number; found: Found }
  | { type: 'answered'; run: number; request: number; answer: NoisyAnswer }
  /** (vocabulary) by id. */
  | { type: 'wordCounts'; run: number; request: number; counts: Uint32Array }
  /** The samples are in their parcel now. */
  | { type: 'lent'; run: number; request: number; dataset: LoadedDataset }
  /** What a step's kernels cost, longest first. `peakGflops` is what a plain matrix product reaches on this device. */
  | { type: 'kernels'; run: number; request: number; step: number; timings: KernelTiming[]; peakGflops: number }
  /** Milliseconds of a step of `pictures` with `masks` each, and of one with as many students but a picture for each. */
  | ({ type: 'maskSaving'; run: number; request: number } & MaskSaving)
  /** Something that happened and that people should know, in a sentence. Nothing to be done about it. */
  | { type: 'notice'; message: string }
  | { type: 'saved'; run: number; request: number; bytes: Uint8Array }
  /** Something long is under way; `done` equals `total` at its end. */
  | { type: 'progress'; task: string; done: number; total: number }
  /** A live setting that steps after `step` learn with, and what each of them computes (`RunInfo.stepGflop`). */
  | {
      type: 'set';
      run: number;
      request: number;
      path: string;
      value: SettingValue;
      step: number;
      stepGflop: readonly number[];
    }
  | { type: 'error'; about: ErrorAbout; error: ErrorReport };

// ---------------------------------------------------------------- page <-> loader

export type { LoadedDataset, LoadOptions, NamedFile, OptionsByKind };

export type LoaderCommand =
  /** Reads files into a data set, which goes where `door` leads. A later `load` replaces one that is still running. */
  | { type: 'load'; id: number; files: NamedFile[]; options: LoadOptions | OptionsByKind; door: ParcelDoor<Dataset> }
  /** Stops the `load` that is running, which is never answered then. */
  | { type: 'cancel' }
  /** Reads one file as a sample for the board, which goes where `door` leads: a picture of any size, the loudest clip of a sound. */
  | {
      type: 'sample';
      id: number;
      file: NamedFile;
      modality: ModalityName;
      options: LoadOptions;
      channels: 1 | 3;
      door: ParcelDoor<Samples>;
    };

export type LoaderEvent =
  | { type: 'progress'; id: number; task: string; done: number; total: number }
  /** `dataset` is in its parcel now; it is absent when nothing could be used. */
  | { type: 'loaded'; id: number; dataset?: LoadedDataset; report: LoadReport }
  /** The sample is in its parcel now. `isLong`: it is one of many in its file. */
  | { type: 'sample'; id: number; isLong: boolean }
  | { type: 'error'; id: number; error: ErrorReport };

// ---------------------------------------------------------------- page <-> study

/** A worker does one of these once; to stop it is to end the worker. */
export type StudyCommand =
  | {
      type: 'study';
      plan: StudyPlan;
      backend: BackendRequest;
      /** The labelled pictures: built-in ones are drawn from the seed. */
      data: { name: DatasetName; form: SampleForm; seed: number };
      /** Given when `data.name` is `files`. */
      files?: Parcel<Dataset>;
    }
  /** What a step costs at several mask ratios, for models of this size. */
  | { type: 'efficiency'; plan: EfficiencyPlan; backend: BackendRequest };

export type StudyEvent =
  /** Something long before there is anything to tell; `done` equals `total` at its end. */
  | { type: 'preparing'; task: string; done: number; total: number }
  /** `test`: the samples that mistakes refer to; `warnings`: what to know before believing the results. */
  | { type: 'started'; device: string; test: Gallery; warnings: readonly string[] }
  | { type: 'progress'; progress: StudyProgress }
  | { type: 'result'; result: StudyResult }
  | { type: 'efficiency'; device: string; progress: EfficiencyProgress }
  | { type: 'finished' }
  | { type: 'error'; error: ErrorReport };

// ---------------------------------------------------------------- page <-> study, when senses are missing

/** A worker does that once; to stop it is to end the worker. */
export interface RobustnessCommand {
  type: 'robustness';
  plan: RobustnessPlan;
  /** Names of rows that are there already (`rowName`): they are not worked out again, nor told again. */
  known: readonly string[];
  backend: BackendRequest;
  data: { name: DatasetName; form: SampleForm; seed: number };
  /** Given when `data.name` is `files`. */
  files?: Parcel<Dataset>;
}

export type RobustnessEvent =
  | Extract<StudyEvent, { type: 'preparing' | 'finished' | 'error' }>
  /** `shown`: the test samples whose answers rows tell. */
  | { type: 'began'; device: string; facts: TestFacts; shown: Gallery; warnings: readonly string[] }
  | { type: 'working'; progress: RobustnessProgress }
  | { type: 'row'; row: RobustnessRow };

// ---------------------------------------------------------------- page <-> bench, home, weights

export type { BenchCommand, BenchEvent } from './benchMessages.ts';
export type { HomeCommand, HomeEvent, OfferedPart } from './homeProtocol.ts';
export type { WeightsCommand, WeightsEvent } from './weightsProtocol.ts';

// ---------------------------------------------------------------- page <-> resynthesis

/** A worker does that once; to stop it is to end the worker. */
export type ResynthesisCommand = { type: 'resynthesise'; drawing: DrawnSound };

export type ResynthesisEvent =
  /** As many samples as the clip has, about -1 to 1. */
  { type: 'waveform'; samples: Float32Array<ArrayBuffer> } | { type: 'error'; error: ErrorReport };

// ---------------------------------------------------------------- page <-> recording (recording.worklet.js)

export type RecordingCommand = { type: 'stop' };

export type RecordingEvent =
  /** Samples at the rate of the context, as they come; the last ones follow `stop`. */
  { type: 'block'; samples: Float32Array } | { type: 'end' };
