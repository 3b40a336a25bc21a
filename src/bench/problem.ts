/** The training run that all contenders share: the same samples, first weights, batches, tasks and rates. */

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
import type { Objective, Task } from '../objectives/objective.ts';
import { OBJECTIVES } from '../objectives/registry.ts';
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

/** The numbers of AdamW at one update. */
export interface StepRates {
  learningRate: number;
  /** Learning rate times weight decay. */
  decayRate: number;
  /** 1 / (1 - beta ** step): what undoes the bias of the first and the second moment. */
  firstCorrection: number;
  secondCorrection: number;
}

/** What one update needs: a batch with its task, and the numbers of AdamW. */
export interface DrawnInput extends StepRates {
  task: Task;
  /** Share of itself that a teacher keeps after the update; absent where there is none. */
  keep?: number;
}

/** The same of MP3, for those who know nothing else. */
export interface StepInput extends StepRates {
  /** (B, n, patchLength) shuffled patches, context first. */
  patches: Float32Array;
  /** (B, n) the cell of each patch. */
  order: Int32Array;
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
 * @param dataset the drawn scenes, unless somebody brings others
 * @throws BadSettingError when the settings cannot run together
 */
export function makeProblem(config: RunConfig, dataset = scenesDataset(config.picture.size)): Problem {
  const [problem] = checkRun(config);
  if (problem !== undefined) throw new BadSettingError(problem.message);
  const objective = OBJECTIVES[config.task.objective](config, subjectOf(config, dataset));
  const { spec } = objective;
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

/** Weight decay holds back matrices, unless said otherwise (methods 0). */
export function decays({ spec }: Placement): boolean {
  return spec.decay ?? spec.shape.length > 1;
}

/** Why a contender that is written for MP3 alone, with a class token in the context, cannot take part; nothing where it can. */
export function notPlainMp3({ config, spec }: Problem): string | undefined {
  const { masked, given } = config.mp3;
  const plain = config.task.objective === 'mp3' && masked === 'asked' && given === 0;
  return plain && spec.classToken ? undefined : 'it is written for MP3 alone';
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

  draw(): DrawnInput {
    const { config, objective } = this.problem;
    const { optimiser } = config;
    const step = this.steps++;
    const { phase } = phaseAt(config, step);
    const batch = this.stream.batch(step * optimiser.batch, optimiser.batch, config);
    const task = objective.draw(batch, config, new Random(optimiser.seed, 'task', step), phase, step / optimiser.steps);
    const learningRate = scheduledRate(step, optimiser);
    const keep = objective.teacher?.keep(step, config);
    return {
      task,
      learningRate,
      decayRate: learningRate * optimiser.weightDecay,
      firstCorrection: 1 / (1 - ADAMW.beta1 ** (step + 1)),
      secondCorrection: 1 / (1 - objective.beta2 ** (step + 1)),
      ...(keep !== undefined && { keep }),
    };
  }

  /** `draw`, of MP3. */
  next(): StepInput {
    const { task, ...rates } = this.draw();
    const { patches, order } = task.tensors;
    return { ...rates, patches: patches.data as Float32Array, order: order.data as Int32Array };
  }
}

/** Rows of the context (m) of a problem. */
export function contextOf({ config, spec }: Problem): number {
  return contextCount(spec.patches, config.task.maskRatio);
}
