/** What a model makes of a batch, computed by the code that trained it: what everybody else's code is held against. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../base/random.ts';
import { type HostTensor, uploadInputs } from '../engine/stepper.ts';
import type { NamedTensor } from '../io/safetensors.ts';
import { applyLinear } from '../model/layers.ts';
import { namedWeights, type Weights } from '../model/parameters.ts';
import { pool } from '../model/pooling.ts';
import { fuse } from '../model/senses.ts';
import { encode, modelTensors, RELATIVE_INDEX } from '../model/transformer.ts';
import { memberOf, memberTensors } from '../objectives/members.ts';
import { puzzleOf } from '../objectives/mp3.ts';
import { paintingOf, paintSenses, shownTensors } from '../objectives/multimodalMae.ts';
import type { PatchBatch, Task, UploadedTask } from '../objectives/objective.ts';
import { wordLogits } from '../objectives/words.ts';
import { painterOf, wordPainterOf } from './painters.ts';
import type { HomeModel } from './part.ts';

const SEED = 20_262;
/** Of the cells, that are shown to what paints the others. */
const SHOWN = 0.5;

type Outputs = Record<string, tf.Tensor>;

/** Current weights of a model as tensors, for as long as `use` takes. */
export async function outputsOf(model: HomeModel, batch: PatchBatch): Promise<NamedTensor[]> {
  const flat = tf.tensor1d(model.values);
  try {
    const found = [model.objective.senses === undefined ? alone(model, batch, flat) : together(model, batch, flat)];
    if (hasWhere(model)) found.push(where(model, batch, flat));
    const painted = paintedTogether(model, batch, flat) ?? paintedOf(model, batch, flat);
    const all = { ...Object.assign({}, ...found), ...painted?.outputs } as Outputs;
    const read = await Promise.all(Object.entries(all).map(([name, tensor]) => readTensor(name, tensor)));
    return [...read, ...(painted?.orders ?? [])];
  } finally {
    flat.dispose();
  }
}

async function readTensor(name: string, tensor: tf.Tensor): Promise<NamedTensor> {
  const data = await tensor.data<'float32'>();
  tensor.dispose();
  return { name, shape: [...tensor.shape], data: Float32Array.from(data) };
}

function compute(
  model: HomeModel,
  flat: tf.Tensor,
  task: Task,
  pass: (weights: Weights, task: UploadedTask) => Outputs,
): Outputs {
  return tf.tidy(() => {
    const tensors = uploadInputs({ ...task.tensors, ...modelTensors(model.objective.spec) });
    return pass(namedWeights(flat, model.placements), { tensors, sizes: task.sizes });
  });
}

function alone(model: HomeModel, batch: PatchBatch, flat: tf.Tensor): Outputs {
  const { spec } = model.objective;
  const pooling = model.info.pooling ?? 'class';
  const { values: data, count, patches: n, patchLength } = batch;
  const task = { tensors: { patches: { data, shape: [count, n, patchLength] } }, sizes: {} };
  return compute(model, flat, task, (weights, { tensors }) => {
    const patches = tensors.patches as tf.Tensor3D;
    const states = encode(weights, spec, patches, { relativeIndex: tensors[RELATIVE_INDEX] });
    const pooled = pool(weights, spec, states, pooling, patches);
    return {
      last_hidden_state: states,
      pooled,
      ...('head.weight' in weights ? { logits: applyLinear(weights, 'head', pooled) } : {}),
    };
  });
}

function together(model: HomeModel, batch: PatchBatch, flat: tf.Tensor): Outputs {
  const { senses } = model.objective;
  if (senses === undefined) return {};
  const names = senses.specs.map(({ name }) => name);
  const task = { tensors: memberTensors(batch, senses.specs, names), sizes: {} };
  return compute(model, flat, task, (weights, { tensors }) => {
    const embeddings = senses.embed(weights, tensors, names);
    const pooled = tf.clone(fuse(embeddings));
    return {
      ...Object.fromEntries(names.map((name, i) => [`embedding.${name}`, embeddings[i]])),
      pooled,
      ...('head.weight' in weights ? { logits: applyLinear(weights, 'head', pooled) } : {}),
    };
  });
}

function hasWhere({ placements }: HomeModel): boolean {
  return placements.some(({ spec }) => spec.name === 'head_position.weight');
}

/** All patches in order, told nothing of where they are. */
function where(model: HomeModel, batch: PatchBatch, flat: tf.Tensor): Outputs {
  const { config, subject } = model;
  const puzzle = puzzleOf({ ...config, mp3: { ...config.mp3, given: 0, anchors: 0 } }, subject.tokens);
  const inOrder = Array.from({ length: batch.count }, () => Int32Array.from({ length: batch.patches }, (_, i) => i));
  const task = puzzle.task(batch, 0, inOrder, 1);
  return compute(model, flat, task, (weights, uploaded) => ({ position_logits: puzzle.logits(weights, uploaded) }));
}

interface Painted {
  outputs: Outputs;
  orders: NamedTensor[];
}

/** The same of several senses, each with an order of its own. */
function paintedTogether(model: HomeModel, batch: PatchBatch, flat: tf.Tensor): Painted | undefined {
  const { config, subject } = model;
  if (config.task.objective !== 'multimodalMae') return undefined;
  const painting = paintingOf(config, subject.tokens);
  const random = new Random(SEED, 'order');
  const tensors: Record<string, HostTensor> = {};
  const named: NamedTensor[] = [];
  for (const { name, spec } of painting.senses.specs) {
    const member = memberOf(batch, name);
    const { orders, kept } = drawOrders(member, random);
    Object.assign(tensors, shownTensors(name, spec, member, orders, kept));
    named.push(orderTensor(`${name}.order`, orders));
  }
  const outputs = compute(model, flat, { tensors, sizes: {} }, (weights, task) => {
    const painted = paintSenses(painting, weights, task);
    return Object.fromEntries(painting.senses.specs.map(({ name }, k) => [`${name}.painted`, painted[k]]));
  });
  return { outputs, orders: named };
}

/** What stands in hidden places, and the order of the cells: those that are shown, then the hidden ones as they are painted. */
function paintedOf(model: HomeModel, batch: PatchBatch, flat: tf.Tensor): Painted | undefined {
  const painter = painterOf(model);
  const words = wordPainterOf(model);
  const random = new Random(SEED, 'order');
  const { orders, kept } = drawOrders(batch, random);
  const named = [orderTensor('order', orders)];
  if (painter !== undefined) {
    const task = painter.task(batch, orders, kept);
    return {
      orders: named,
      outputs: compute(model, flat, task, (weights, up) => ({ painted: painter.paint(weights, up, 'removed') })),
    };
  }
  if (words === undefined) return undefined;
  const removed = orders.map((one) => one.slice(kept));
  const task = words.task(batch, removed, batch.patches - kept, random);
  const outputs = compute(model, flat, task, (weights, up) => {
    const logits = wordLogits(weights, words.hidden(weights, up));
    return { painted: tf.reshape(logits, [batch.count, batch.patches - kept, -1]) };
  });
  return { orders: named, outputs };
}

function drawOrders({ count, patches }: PatchBatch, random: Random): { orders: Int32Array[]; kept: number } {
  const kept = Math.max(1, Math.floor(SHOWN * patches));
  return { orders: Array.from({ length: count }, () => orderOf(patches, kept, random)), kept };
}

function orderTensor(name: string, orders: readonly Int32Array[]): NamedTensor {
  return { name, shape: [orders.length, orders[0]?.length ?? 0], data: Float32Array.from(orders.flatMap((one) => [...one])) };
}

/** Both parts ascending. */
function orderOf(cells: number, kept: number, random: Random): Int32Array {
  const order = random.permutation(cells);
  return Int32Array.from([...order.slice(0, kept).sort((a, b) => a - b), ...order.slice(kept).sort((a, b) => a - b)]);
}
