/** The same step in PyTorch, as its users write it, on this machine's processors (`step.py`). */
import { BackendError } from '../../../base/errors.ts';
import type { Contender, Entrant } from '../../../bench/contender.ts';
import { decays, namedValues, notPlainMp3, type Problem, StepInputs } from '../../../bench/problem.ts';
import { DECODER_HEAD_WIDTH } from '../../../config/objectives/mae.ts';
import { ADAMW } from '../../../ops/adamw.ts';
import { type TorchLink, type TorchThreads, torchMessage } from './link.ts';

/**
 * The threads of OpenBLAS look for more work a while before they sleep. So long after its step nobody else's begins (ms): with 30, a step of
 * tiny that took 12.6 ms took 19.4.
 */
const UNTIL_ASLEEP = 150;

/** Why nobody can be asked. */
export interface NoTorch {
  missing: string;
}

export function pytorch(threads: TorchThreads, torch: TorchLink | NoTorch): Entrant {
  return {
    name: `PyTorch, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
    refuses(problem, backend) {
      if ('missing' in torch) return torch.missing;
      return backend === 'webgpu' ? ON_PROCESSORS : notWritten(problem);
    },
    enter(problem) {
      if ('missing' in torch) throw new BackendError(torch.missing);
      return enterTorch(problem, (message) => torch(threads, message));
    },
  };
}

const ON_PROCESSORS = 'it computes on processors here, not on a GPU';

/** Why a problem cannot be given to `step.py`; undefined where it can. */
function notWritten(problem: Problem): string | undefined {
  const { config, spec, placements } = problem;
  const { target, encoderSees } = config.mae;
  const { targetNorm } = config.data2vec;
  const sincos = spec.classToken && spec.positions === 'sincos' && spec.dropPath === 0;
  const plain = placements.every(({ spec: { rate = 1 } }) => rate === 1);
  switch (config.task.objective) {
    case 'mp3':
      return spec.dropPath === 0 ? notPlainMp3(problem) : NOT_WRITTEN;
    case 'mae':
      return sincos && plain && encoderSees === 'kept' && (target === 'normalised' || target === 'pixels')
        ? undefined
        : NOT_WRITTEN;
    case 'data2vec':
      return sincos && plain && spec.grid.length === 2 && targetNorm === 'layer' ? undefined : NOT_WRITTEN;
    default:
      return NOT_WRITTEN;
  }
}

const NOT_WRITTEN = 'this step is not written in PyTorch';

async function enterTorch(problem: Problem, send: (message: Uint8Array<ArrayBuffer>) => Promise<string>): Promise<Contender> {
  const inputs = new StepInputs(problem);
  const { about } = await ask(
    send,
    torchMessage({ do: 'begin', model: modelOf(problem), optimiser: optimiserOf(problem) }, weightsOf(problem)),
  );
  let milliseconds = 0;
  return {
    about: String(about),
    warmUp: 3,
    activate: async () => {},
    async step() {
      // Drawn by us and a part of its step, as of everyone's; the way to the other process is none.
      const started = performance.now();
      const { task, learningRate, keep = null } = inputs.draw();
      const drawn = performance.now() - started;
      const tensors = Object.entries(task.tensors).map(([name, tensor]) => ({ name, ...tensor }));
      const head = { do: 'step', rate: learningRate, keep, context: task.sizes.context ?? null };
      const { loss, ms } = await ask(send, torchMessage(head, tensors));
      milliseconds = drawn + Number(ms);
      return typeof loss === 'number' ? loss : Number.NaN;
    },
    ownMs: () => milliseconds,
    settle: () => new Promise((resolve) => setTimeout(resolve, UNTIL_ASLEEP)),
    dispose: () => {},
  };
}

/** @throws BackendError with what Python complained of */
async function ask(
  send: (message: Uint8Array<ArrayBuffer>) => Promise<string>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = JSON.parse(await send(message));
  if ('error' in answer) throw new BackendError(`PyTorch stopped: ${answer.error}`);
  return answer;
}

function weightsOf(problem: Problem) {
  const values = namedValues(problem, problem.weights);
  return problem.placements.map((placement) => {
    const { name, shape, trainable = true } = placement.spec;
    return { name, shape: [...shape], data: values[name], trained: trainable, decays: decays(placement) };
  });
}

/** The few numbers that `step.py` has to know and that no weight's shape tells. */
function modelOf({ config, spec, objective }: Problem) {
  const { layers, decoderDepth: decoderLayers, decoderGroups: groups, classLoss } = config.data2vec;
  return {
    objective: config.task.objective,
    depth: spec.depth,
    heads: spec.heads,
    decoderDepth: config.mae.decoderDepth,
    decoderHeads: config.mae.decoderWidth / DECODER_HEAD_WIDTH,
    grid: spec.grid,
    targetLayers: layers === 0 ? spec.depth : Math.min(layers, spec.depth),
    decoderLayers,
    groups,
    classLoss,
    teacher: objective.teacher?.parameters.map(({ name }) => name) ?? [],
  };
}

function optimiserOf({ config, objective }: Problem) {
  const { weightDecay, clip } = config.optimiser;
  return { weightDecay, clip, beta1: ADAMW.beta1, beta2: objective.beta2, epsilon: ADAMW.epsilon };
}
