/**
 * How much arithmetic training is: floating-point operations of matrix products and convolutions, two for each multiply-add, counted
 * from the settings. Norms, softmax, GELU, losses and the optimiser are left out, as is usual: they are a few per cent, and
 * whatever is computed twice counts once.
 */
import { contextCount, keptCount } from '../config/counts.ts';
import type { ObjectiveName } from '../config/objectives.ts';
import { type Phase, phasesOf } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { ModelSpec } from '../model/spec.ts';
import { unitKeptCount } from '../objectives/masks.ts';
import type { Subject } from '../objectives/objective.ts';
import { OBJECTIVES } from '../objectives/registry.ts';

/** One forward and backward pass on a batch, in the first phase unless another is given. */
export function stepFlops(config: RunConfig, subject: Subject, phase: Phase = phasesOf(config)[0] as Phase): number {
  const { spec } = OBJECTIVES[config.task.objective](config, subject);
  return 2 * config.optimiser.batch * WORK[config.task.objective]({ config, spec, subject, phase });
}

/** All steps of a run, over its phases. */
export function trainingFlops(config: RunConfig, subject: Subject): number {
  return phasesOf(config).reduce((sum, phase) => sum + phase.steps * stepFlops(config, subject, phase), 0);
}

/** The encoder on one whole picture, forward only: what a frozen encoder's features cost. */
export function featureFlops(config: RunConfig, subject: Subject): number {
  const { spec } = OBJECTIVES[config.task.objective](config, subject);
  return 2 * encoderForward(spec, spec.patches);
}

// ---------------------------------------------------------------- multiply-adds of one picture

interface Setting {
  config: RunConfig;
  spec: ModelSpec;
  subject: Subject;
  phase: Phase;
}

/** Forward and backward. Backward costs each product two more, one for each factor that asks for its gradient. */
type Work = (setting: Setting) => number;

const WORK: Readonly<Record<ObjectiveName, Work>> = {
  mp3: (setting) => (setting.config.mp3.masked === 'positions' ? dropPosWork(setting) : mp3Work(setting)),
  mae: maeWork,
  simmim: simmimWork,
  data2vec: data2vecWork,
  selfDistillation: selfDistillationWork,
  supervised: supervisedWork,
};

/** All patches, or the kept ones, ask; the context answers; a head says where (methods 1.1). */
function mp3Work({ config, spec }: Setting): number {
  const context = contextCount(spec.patches, config.task.maskRatio);
  const given = config.mp3.masked === 'dropped' ? context : spec.patches;
  const head = given * spec.width * spec.patches;
  return 3 * (encoderForward(spec, given, context) + head) - embedding(spec, given);
}

/** Blocks of DropPos's decoder. */
const DROPPOS_DECODER_DEPTH = 2;

/** Kept patches through the encoder and a decoder as wide; those without a position are asked for theirs (methods 1.6). */
function dropPosWork({ config, spec }: Setting): number {
  const { width, patches } = spec;
  const kept = contextCount(patches, config.task.maskRatio);
  const asked = kept - Math.floor(config.mp3.anchors * kept + 1e-9);
  const rows = kept + 1;
  const decoder = rows * width * width + DROPPOS_DECODER_DEPTH * block(spec, rows) + asked * width * patches;
  return 3 * (encoderForward(spec, kept) + decoder) - embedding(spec, kept);
}

/** Kept patches through the encoder, everything through the decoder, which paints the removed ones (methods 2.1). */
function maeWork(setting: Setting): number {
  const { spec } = setting;
  return 3 * maeForward(setting, spec.patches - keptOf(setting)) - embedding(spec, keptOf(setting));
}

function maeForward(setting: Setting, painted: number): number {
  const { config, spec } = setting;
  const { decoderWidth: width, decoderDepth } = config.mae;
  const kept = keptOf(setting);
  const decoder = decoderDepth * block({ width, mlpRatio: spec.mlpRatio }, spec.patches + 1);
  return encoderForward(spec, kept) + (kept + 1) * spec.width * width + decoder + painted * width * spec.patchLength;
}

/** Mask tokens go through the encoder like patches; a head paints them (methods 2.2). */
function simmimWork({ config, spec }: Setting): number {
  const kept = unitKeptCount(spec.grid, config.simmim.maskUnit, config.task.maskRatio);
  const head = (spec.patches - kept) * spec.width * spec.patchLength;
  return 2 * embedding(spec, kept) + 3 * (blocks(spec, spec.patches) + head);
}

/**
 * Every student of a picture through encoder and convolutions, which predict the removed patches; the whole picture once through
 * the teacher, which learns nothing (methods 3.1).
 */
function data2vecWork(setting: Setting): number {
  const { config, spec } = setting;
  const { masks, decoderDepth, decoderKernel, decoderGroups } = config.data2vec;
  const { width, patches } = spec;
  const kept = keptOf(setting);
  const convolution = patches * decoderKernel ** 2 * width * (width / decoderGroups);
  const decoder = decoderDepth * convolution + (patches - kept) * width * width;
  const student = 3 * (encoderForward(spec, kept) + decoder) - embedding(spec, kept);
  return masks * student + encoderForward(spec, patches);
}

/** MAE; in the rounds of distillation also the whole picture through student and teacher (methods 4.1). */
function selfDistillationWork(setting: Setting): number {
  const { config, spec, phase } = setting;
  const { variant } = config.selfDistillation;
  if (phase.task === 'own' || variant === 'weights') return maeWork(setting);
  // Student and teacher paint everything.
  if (variant === 'predictions') return 4 * maeForward(setting, spec.patches) - embedding(spec, keptOf(setting));
  const matching = 4 * encoderForward(spec, spec.patches) - embedding(spec);
  // Without MAE its loss is still told.
  const painting = variant === 'noMae' ? maeForward(setting, spec.patches - keptOf(setting)) : maeWork(setting);
  return painting + matching;
}

/** Everything forward; backward only down to the first part that learns (methods 7). */
function supervisedWork({ config, spec, subject }: Setting): number {
  const { train } = config.supervised;
  const rows = rowsOf(spec, spec.patches);
  const head = spec.width * subject.classes;
  const forward = encoderForward(spec, spec.patches) + head;
  if (train === 'all') return 3 * forward - embedding(spec);
  if (train === '0') return forward + 2 * head;
  // A norm that learns asks for the gradient of what it feeds; without one before it, the first product's input gets none.
  const undemanded = spec.norm === 'post' ? 1 : 0;
  const hidden = rows * spec.width * spec.mlpRatio * spec.width;
  if (train === '0.5') return forward + 2 * head + (4 - undemanded) * hidden;
  return (
    forward +
    2 * head +
    2 * Math.min(Number(train), spec.depth) * block(spec, rows) -
    undemanded * 3 * rows * spec.width * spec.width
  );
}

// ---------------------------------------------------------------- pieces, forward

function keptOf({ config, spec }: Setting): number {
  return keptCount(spec.patches, config.task.maskRatio);
}

/** With the class token. */
function rowsOf(spec: ModelSpec, patches: number): number {
  return patches + (spec.classToken ? 1 : 0);
}

function embedding({ patches, patchLength, width }: ModelSpec, given = patches): number {
  return given * patchLength * width;
}

/** `given` patches ask, `context` of them answer. */
function encoderForward(spec: ModelSpec, given: number, context = given): number {
  return embedding(spec, given) + blocks(spec, given, context);
}

function blocks(spec: ModelSpec, given: number, context = given): number {
  return spec.depth * block(spec, rowsOf(spec, given), rowsOf(spec, context));
}

/** Queries and projection, keys and values, scores and mixing, MLP. */
function block({ width, mlpRatio }: Pick<ModelSpec, 'width' | 'mlpRatio'>, rows: number, answering = rows): number {
  const projections = 2 * rows * width * width + 2 * answering * width * width;
  return projections + 2 * rows * answering * width + 2 * rows * width * mlpRatio * width;
}
