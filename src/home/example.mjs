/**
 * Proves that the ONNX files in this folder compute here what the model computed in Patchwork: node example.mjs, after npm install onnxruntime-node
 * (or onnxruntime-web) here or in a folder above.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = process.argv[2] ?? path.dirname(fileURLToPath(import.meta.url));
// Of numbers of the size of 1: both sides compute in single precision.
const TOLERANCE = 1e-4;
const SENSES = { pixel_values: 'picture', input_features: 'sound', input_ids: 'text' };
const MASK = 1;

const { InferenceSession, Tensor } = await runtime();
const probe = readSafetensors(path.join(FOLDER, 'probe.safetensors'));
const inputs = JSON.parse(readFileSync(path.join(FOLDER, 'onnx', 'inputs.json'), 'utf8'));

let worst = 0;
let compared = 0;
for (const name of readdirSync(path.join(FOLDER, 'onnx')).filter((file) => file.endsWith('.onnx'))) {
  const session = await InferenceSession.create(readFileSync(path.join(FOLDER, 'onnx', name)));
  const differences = await compare(session, name);
  for (const [output, difference] of Object.entries(differences)) {
    console.log(`${`${name} ${output}`.padEnd(44)} differs by ${difference.toExponential(1)}`);
    worst = Math.max(worst, Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY);
    compared += 1;
  }
}
if (compared === 0 || worst > TOLERANCE) {
  console.error('The model does NOT compute what it computed in Patchwork.');
  process.exit(1);
}
console.log('The model computes what it computed in Patchwork.');

async function runtime() {
  for (const name of ['onnxruntime-node', 'onnxruntime-web']) {
    const found = await import(name).catch(() => undefined);
    if (found !== undefined) return found;
  }
  console.error('There is no onnxruntime: npm install onnxruntime-node, or onnxruntime-web, in this folder.');
  process.exit(1);
}

/** Largest difference by output, over the largest number if that is more than 1. */
async function compare(session, name) {
  const feeds = Object.fromEntries(session.inputNames.filter((input) => input in SENSES).map((input) => [input, feedOf(input)]));
  const { order, painted } = probe;
  const samples = Object.values(feeds)[0].dims[0];
  const cells = order?.shape[1] ?? probe.position_logits?.shape[2] ?? 0;
  const kept = order === undefined ? 0 : cells - painted.shape[1];
  if (name === 'paint.onnx' && inputs.count > 1) return paintedTogether(session, feeds);
  if (name === 'paint.onnx') {
    feeds.order = whole(order.data, order.shape);
    feeds.kept = whole([kept], [1]);
    const outputs = await session.run(feeds);
    return { painted: difference(outputs.painted ?? outputs.word_logits, painted.data) };
  }
  if (name === 'place.onnx') {
    feeds.anchors = whole([], [samples, 0]);
    feeds.asked = whole(
      Array.from({ length: samples * cells }, (_, i) => i % cells),
      [samples, cells],
    );
    return { position_logits: difference((await session.run(feeds)).position_logits, probe.position_logits.data) };
  }
  const outputs = await session.run(feeds);
  const found = {};
  const all = session.inputNames.length === inputs.count;
  for (const [output, tensor] of Object.entries(outputs)) {
    const known = output === 'embedding' ? embeddingOf(name, all) : all ? probe[output] : undefined;
    if (known !== undefined && !(inputs.count > 1 && output === 'last_hidden_state'))
      found[output] = difference(tensor, known.data);
  }
  if ('word_logits' in outputs && painted !== undefined)
    found['word_logits, masked'] = await masked(session, feeds, order, kept, painted);
  return found;
}

/** Of several senses, each with an order of its own. */
async function paintedTogether(session, feeds) {
  const senses = Object.keys(feeds).map((input) => SENSES[input]);
  for (const sense of senses) {
    const { shape, data } = probe[`${sense}.order`];
    feeds[`${sense}_order`] = whole(data, shape);
    feeds[`${sense}_kept`] = whole([shape[1] - probe[`${sense}.painted`].shape[1]], [1]);
  }
  const outputs = await session.run(feeds);
  const found = senses.map((sense) => [
    `${sense}_painted`,
    difference(outputs[`${sense}_painted`], probe[`${sense}.painted`].data),
  ]);
  return Object.fromEntries(found);
}

/** What a sense ends as alone, or, where senses meet in a block, what all of them end as together. */
function embeddingOf(name, all) {
  const meet = inputs.files.some((file) => file.name.includes('+'));
  return meet ? (all ? probe.pooled : undefined) : probe[`embedding.${path.parse(name).name}`];
}

/** Words that are hidden are the mask's own word. */
async function masked(session, feeds, order, kept, painted) {
  const [samples, cells] = order.shape;
  const ids = Array.from(feeds.input_ids.data, Number);
  const rows = [];
  for (let i = 0; i < samples; i++) {
    for (const cell of order.data.subarray(i * cells + kept, (i + 1) * cells)) {
      ids[i * cells + cell] = MASK;
      rows.push(i * cells + cell);
    }
  }
  const { word_logits: logits } = await session.run({ input_ids: whole(ids, [samples, cells]) });
  const words = logits.dims[2];
  const picked = Float32Array.from(
    { length: rows.length * words },
    (_, i) => logits.data[rows[Math.floor(i / words)] * words + (i % words)],
  );
  return difference({ data: picked }, painted.data);
}

function feedOf(input) {
  const { shape, data } = probe[`${SENSES[input]}.tokens`] ?? probe.tokens;
  if (input === 'input_ids') return whole(data, shape);
  return input === 'input_features' ? new Tensor('float32', data, shape) : new Tensor('float32', ...pictures(shape, data));
}

/** Patches, (samples, n, row column channel), as pictures (samples, channels, size, size). */
function pictures([samples], data) {
  const { patch, size, channels } = inputs.pixel_values;
  const grid = size / patch;
  const pixels = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const [channel, column] = [i % channels, Math.floor(i / channels) % patch];
    const row = Math.floor(i / (channels * patch)) % patch;
    const cell = Math.floor(i / (channels * patch * patch)) % (grid * grid);
    const sample = Math.floor(i / (channels * size * size));
    const [y, x] = [Math.floor(cell / grid) * patch + row, (cell % grid) * patch + column];
    pixels[((sample * channels + channel) * size + y) * size + x] = data[i];
  }
  return [pixels, [samples, channels, size, size]];
}

function whole(values, shape) {
  return new Tensor('int64', BigInt64Array.from(Array.from(values), BigInt), shape);
}

function difference({ data }, expected) {
  if (data.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [most, largest] = [0, 1];
  for (let i = 0; i < expected.length; i++) {
    // A number that is none must not pass.
    most = Math.abs(data[i] - expected[i]) <= most ? most : Math.abs(data[i] - expected[i]);
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return most / largest;
}

function readSafetensors(file) {
  const bytes = readFileSync(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: _, ...tensors } = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  return Object.fromEntries(
    Object.entries(tensors).map(
      ([
        name,
        {
          shape,
          data_offsets: [begin, end],
        },
      ]) => {
        const data = new Float32Array((end - begin) / 4);
        new Uint8Array(data.buffer).set(bytes.subarray(8 + length + begin, 8 + length + end));
        return [name, { shape, data }];
      },
    ),
  );
}
