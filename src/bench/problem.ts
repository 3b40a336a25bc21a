/** The training run that all contenders share: the same pictures, first weights, batches, puzzles and rates. */

import { BadSettingError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import { checkRun } from '../config/check.ts';
import { contextCount } from '../config/counts.ts';
import { phaseAt } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import { BatchStream } from '../data/batches.ts';
import { drawPicture } from '../data/builtInPictures.ts';
import type { PictureSet } from '../data/pictures.ts';
import type { Dataset } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { tokenizerOf } from '../data/tokenizers.ts';
import { type Placement, placeParameters } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { mp3 } from '../objectives/mp3.ts';
import type { Objective } from '../objectives/objective.ts';
import { ADAMW } from '../ops/adamw.ts';
import { scheduledRate } from '../trainer/schedule.ts';
import { subjectOf } from '../trainer/subject.ts';

export interface Problem {
  config: RunConfig;
  dataset: Dataset;
  objective: Objective;
  spec: ModelSpec;
  tokenizer: Tokenizer;
  placements: readonly Placement[];
  /** First values of all parameters, in the order of `placements`. */
  weights: Float32Array;
}

/** What one update needs: a batch with its puzzle, and the numbers of AdamW. */
export interface StepInput {
  /** (B, n, patchLength) shuffled patches, context first. */
  patches: Float32Array;
  /** (B, n) the cell of each patch. */
  order: Int32Array;
  learningRate: number;
  /** Learning rate times weight decay. */
  decayRate: number;
  /** 1 / (1 - beta ** step): what undoes the bias of the first and the second moment. */
  firstCorrection: number;
  secondCorrection: number;
}

/** Few enough to be drawn in no time; every epoch shuffles and flips them anew. */
const PICTURES = 256;

export function scenesDataset(size: number, count = PICTURES): Dataset {
  const length = size * size * 3;
  const train: PictureSet = {
    modality: 'picture',
    pixels: new Uint8Array(count * length),
    count,
    size,
    channels: 3,
    classes: [],
  };
  for (let i = 0; i < count; i++) train.pixels.set(drawPicture('scenes', size, new Random(1, 'bench', i)).pixels, i * length);
  return { name: 'Scenes', train, heldOut: train, heldOutIsTrain: true };
}

/**
 * @param dataset the drawn scenes, unless a test brings its own
 * @throws BadSettingError when the settings cannot run together, or are not about MP3
 */
export function makeProblem(config: RunConfig, dataset = scenesDataset(config.picture.size)): Problem {
  const [problem] = checkRun(config);
  if (problem !== undefined) throw new BadSettingError(problem.message);
  const objective = mp3(config, subjectOf(config, dataset));
  const { spec } = objective;
  if (!spec.classToken) throw new BadSettingError('The bench measures MP3 with a class token in the context.');
  const placements = placeParameters(objective.parameters);
  const weights = new Float32Array(placements.reduce((sum, { length }) => sum + length, 0));
  for (const { spec: parameter, offset } of placements) {
    weights.set(parameter.init(new Random(config.optimiser.seed, 'init', parameter.name), parameter.shape), offset);
  }
  return { config, dataset, objective, spec, tokenizer: tokenizerOf(config, dataset.train), placements, weights };
}

/** Parameter values by name, cut from one flat vector. */
export function namedValues({ placements }: Problem, flat: Float32Array): Record<string, Float32Array> {
  return Object.fromEntries(
    placements.map(({ spec, offset, length }) => [spec.name, flat.slice(offset, offset + length)] as const),
  );
}

/** Weight decay holds back matrices only (methods 0). */
export function decays({ spec }: Placement): boolean {
  return spec.shape.length > 1;
}

/** The inputs of `Run.step()`, one step after another, for those who are not a `Run`. */
export class StepInputs {
  /** Rows that are keys and values, the class token left out. */
  readonly context: number;
  private steps = 0;
  private readonly stream: BatchStream;

  constructor(private readonly problem: Problem) {
    const { config, dataset, tokenizer } = problem;
    this.stream = new BatchStream(dataset.train, tokenizer, config.optimiser.seed);
    this.context = contextOf(problem);
  }

  next(): StepInput {
    const { config, objective } = this.problem;
    const { optimiser } = config;
    const batch = this.stream.batch(this.steps * optimiser.batch, optimiser.batch, config);
    const { tensors } = objective.draw(
      batch,
      config,
      new Random(optimiser.seed, 'task', this.steps),
      phaseAt(config, this.steps).phase,
      this.steps / optimiser.steps,
    );
    const learningRate = scheduledRate(this.steps, optimiser);
    this.steps += 1;
    return {
      patches: tensors.patches.data as Float32Array,
      order: tensors.order.data as Int32Array,
      learningRate,
      decayRate: learningRate * optimiser.weightDecay,
      firstCorrection: 1 / (1 - ADAMW.beta1 ** this.steps),
      secondCorrection: 1 / (1 - ADAMW.beta2 ** this.steps),
    };
  }
}

/** Rows of the context (m) of a problem. */
export function contextOf({ config, spec }: Problem): number {
  return contextCount(spec.patches, config.task.maskRatio);
}
