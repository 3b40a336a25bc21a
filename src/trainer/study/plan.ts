/**
 * A study asks whether pretraining was worth it: the same labels, the same seeds, several ways to come by an encoder and several
 * ways to use it. Plain data, which the page, the worker and the command line share.
 */
import type { ObjectiveName } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Confusion } from '../reports.ts';

/**
 * How labels are used (methods 7): `finetune` trains what `supervised.train` says; `linear` fits a linear classifier to frozen
 * features; `knn` lets the nearest labelled pictures vote.
 */
export const PROTOCOLS = ['finetune', 'linear', 'knn'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** What something took on this machine. */
export interface Cost {
  /** Measured. */
  seconds: number;
  /** Counted: floating-point operations of forward and backward passes, in 1e9. */
  gflop: number;
}

export interface Learned {
  objective: ObjectiveName;
  maskRatio: number;
}

/** One way to come by an encoder. */
export interface Contender {
  /** Shown to people: "MP3, 3,000 steps", "From scratch", "Random, frozen". */
  name: string;
  /** A supervised run on its encoder. Seed and labels per class are the study's. */
  config: RunConfig;
  /** Safetensors of the pretrained encoder; absent, the first weights are random. */
  weights?: Uint8Array;
  /** Of its pretraining; absent when there was none or nobody measured. */
  pretraining?: Cost;
  /** Names its model: contenders of one model differ in their pretraining only. */
  model?: string;
  /** How it was pretrained, for those who want to see accuracy against the mask ratio. */
  learned?: Learned;
  /** Protocols that make sense for it; all of the plan's when absent. */
  protocols?: readonly Protocol[];
  /**
   * An ensemble: contenders before it, by index, that are fine-tuned and answer together, by the mean of their class probabilities.
   * One that is named once more takes part with other weights and batches too, from the same encoder and on the same labels
   * (`StudyTask.twin`). Its own `config` is not used, nor has it weights.
   */
  members?: readonly number[];
}

export interface StudyPlan {
  contenders: readonly Contender[];
  protocols: readonly Protocol[];
  /** Sizes of the labelled set, in pictures of each class, ascending; 0 takes all. */
  labelsPerClass: readonly number[];
  seeds: readonly number[];
  /** Most pictures to test on. */
  testPictures: number;
  /** Whether to measure where encoders look, before and after the fine-tuning of the first seed and largest size. */
  locality?: boolean;
  /** Whether what is fine-tuned tells its answers. */
  answers?: boolean;
}

/** Class probabilities (samples, classes) of the tested samples, and their true classes. */
export interface Answers {
  probabilities: Float32Array;
  truths: Uint16Array;
}

/** One point: one contender, protocol, size and seed. */
export interface StudyTask {
  /** Index into `contenders`. */
  contender: number;
  protocol: Protocol;
  labelsPerClass: number;
  seed: number;
  /** Which further run of a contender on the labels of its seed, from 1; absent for the first. */
  twin?: number;
}

export interface StudyResult extends StudyTask {
  name: string;
  /** On `testPictures` pictures that no training saw. */
  accuracy: number;
  testPictures: number;
  /** Of using the labels; pretraining is apart. */
  cost: Cost;
  confusion: Confusion;
  /** The surest mistakes first. */
  mistakes: Mistake[];
  /** Of fine-tuning. */
  fit?: Fit;
  /** Of an ensemble: what each member gets right alone, in their order. */
  alone?: readonly number[];
  /** Where asked for. */
  locality?: Locality;
  answers?: Answers;
}

/** Losses are of samples and labels as they are: not augmented, not smoothed, without what a regulariser adds. */
export interface Fit {
  /** On the test pictures. */
  testLoss: number;
  /** On `trainSamples` of the samples that the run learned from. */
  trainLoss: number;
  trainSamples: number;
  /** Of the encoder's weights from those that the run started from, and the same over the length of these. */
  distance: number;
  relativeDistance: number;
}

/** Mean attention distance in patches, (depth, heads), on test pictures (methods 8). */
export interface Locality {
  before: Float32Array;
  after: Float32Array;
  depth: number;
  heads: number;
  /** The same number for attention that is spread evenly. */
  uniform: number;
}

/** Where a study stands; sent often. A result is told from it by `isResult`. */
export interface StudyProgress {
  /** Tasks finished, of how many. */
  done: number;
  total: number;
  /** The one under way, and its contender's name. */
  task: StudyTask;
  name: string;
  doing: 'reading' | 'training' | 'fitting' | 'testing';
  /** How much of that is done, 0 to 1. */
  share: number;
}

export function isResult(event: StudyProgress | StudyResult): event is StudyResult {
  return 'accuracy' in event;
}

export interface Mistake {
  /** Which of the tested pictures (`testedPictures`). */
  picture: number;
  truth: number;
  answer: number;
  /** Probability, or share of votes, that the answer got. */
  confidence: number;
}

/** Every task of a plan, in the order in which it is worked through: all seeds of the cheapest first. */
export function studyTasks({ contenders, protocols, labelsPerClass, seeds }: StudyPlan): StudyTask[] {
  const cheapestFirst = (['knn', 'linear', 'finetune'] as const).filter((protocol) => protocols.includes(protocol));
  return cheapestFirst.flatMap((protocol) =>
    labelsPerClass.flatMap((size) =>
      seeds.flatMap((seed) =>
        contenders.flatMap((contender, index) =>
          takesPart(contender, protocol) ? [{ contender: index, protocol, labelsPerClass: size, seed }] : [],
        ),
      ),
    ),
  );
}

function takesPart({ protocols, members }: Contender, protocol: Protocol): boolean {
  return protocols?.includes(protocol) !== false && (members === undefined || protocol === 'finetune');
}
