/**
 * Proves that the model in this folder computes here what it computed in Patchwork: node proof.mjs (needs Node alone).
 * A plain forward pass in double precision: small enough to read, slow enough for small models only.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = process.argv[2] ?? path.dirname(fileURLToPath(import.meta.url));
const TOLERANCE = 1e-3;

function readSafetensors(name) {
  const file = readFileSync(path.join(FOLDER, name));
  const start = 8 + Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(file.toString('utf8', 8, start));
  const tensors = {};
  for (const [
    key,
    {
      shape,
      data_offsets: [begin, end],
    },
  ] of Object.entries(entries)) {
    const bytes = Uint8Array.from(file.subarray(start + begin, start + end));
    tensors[key] = { shape, data: Float64Array.from(new Float32Array(bytes.buffer)) };
  }
  return { tensors, metadata };
}

const { tensors: all, metadata } = readSafetensors('model.safetensors');
const probe = readSafetensors('probe.safetensors').tensors;
const config = JSON.parse(metadata['patchwork.config']);
const { heads } = config.model;

/** Rows x (rows, in) times a matrix (out, in), and its bias. */
function linear(w, name, x) {
  const { data, shape } = w[`${name}.weight`];
  const bias = w[`${name}.bias`].data;
  const out = shape[0];
  const width = data.length / out;
  const y = new Float64Array((x.length / width) * out);
  for (let row = 0; row < x.length / width; row++)
    for (let o = 0; o < out; o++) {
      let sum = bias[o];
      for (let i = 0; i < width; i++) sum += x[row * width + i] * data[o * width + i];
      y[row * out + o] = sum;
    }
  return y;
}

function norm(w, name, x) {
  const gain = w[`${name}.weight`].data;
  const bias = w[`${name}.bias`].data;
  const d = gain.length;
  const y = new Float64Array(x.length);
  for (let at = 0; at < x.length; at += d) {
    const row = x.subarray(at, at + d);
    const mean = row.reduce((sum, v) => sum + v, 0) / d;
    const scale = 1 / Math.sqrt(row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / d + 1e-6);
    for (let i = 0; i < d; i++) y[at + i] = (row[i] - mean) * scale * gain[i] + bias[i];
  }
  return y;
}

const plus = (a, b) => a.map((v, i) => v + b[i]);

/** Series near 0, a continued fraction far from it. */
function erf(x) {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 80; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return ((2 * Math.exp(-x * x)) / Math.sqrt(Math.PI)) * sum;
  }
  let f = 0;
  for (let n = 60; n >= 1; n--) f = n / 2 / (a + f);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + f)));
}

const gelu = (x) => x.map((v) => 0.5 * v * (1 + erf(v * Math.SQRT1_2)));

function attention(w, name, x, d, grid) {
  const n = x.length / d;
  const size = d / heads;
  const qkv = linear(w, `${name}.qkv`, x);
  const table = w[`${name}.relative_position_bias_table`];
  const mixed = new Float64Array(x.length);
  for (let head = 0; head < heads; head++)
    for (let i = 0; i < n; i++) {
      const scores = Float64Array.from({ length: n }, (_, j) => {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += qkv[i * 3 * d + head * size + k] * qkv[j * 3 * d + d + head * size + k];
        return sum / Math.sqrt(size) + (table === undefined ? 0 : table.data[relativeRow(grid, i, j, n) * heads + head]);
      });
      const top = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - top));
      const total = weights.reduce((sum, v) => sum + v, 0);
      for (let j = 0; j < n; j++)
        for (let k = 0; k < size; k++)
          mixed[i * d + head * size + k] += (weights[j] / total) * qkv[j * 3 * d + 2 * d + head * size + k];
    }
  return linear(w, `${name}.proj`, mixed);
}

/** BEiT's: offsets between cells; the last three rows are of the class token. */
function relativeRow([rows, columns], i, j, n) {
  const offsets = (2 * rows - 1) * (2 * columns - 1);
  const first = n - rows * columns;
  if (i < first) return j < first ? offsets + 2 : offsets;
  if (j < first) return offsets + 1;
  const [a, b] = [i - first, j - first];
  const down = Math.floor(a / columns) - Math.floor(b / columns) + rows - 1;
  return down * (2 * columns - 1) + (a % columns) - (b % columns) + columns - 1;
}

function block(w, name, x, d, after, grid) {
  const mlp = (h) => linear(w, `${name}.mlp.fc2`, gelu(linear(w, `${name}.mlp.fc1`, h)));
  if (after) {
    const y = norm(w, `${name}.norm1`, plus(x, attention(w, `${name}.attn`, x, d, grid)));
    return norm(w, `${name}.norm2`, plus(y, mlp(y)));
  }
  const y = plus(x, attention(w, `${name}.attn`, norm(w, `${name}.norm1`, x), d, grid));
  return plus(y, mlp(norm(w, `${name}.norm2`, y)));
}

/** Tokens of one sample to vectors, (n, d). */
function embed(w, tokens) {
  const table = w['text.embed.weight'];
  if (table !== undefined) {
    const d = table.shape[1];
    return Float64Array.from(
      { length: tokens.length * d },
      (_, i) => table.data[tokens[Math.floor(i / d)] * d + (i % d)] * Math.sqrt(d),
    );
  }
  const { data, shape } = w['patch_embed.proj.weight'];
  const [out, channels, ...places] = shape;
  const spots = places.reduce((a, b) => a * b, 1);
  // In files channels come first, in tokens last.
  const moved = Float64Array.from(data, (_, i) => {
    const [o, rest] = [Math.floor(i / (spots * channels)), i % (spots * channels)];
    return data[(o * channels + (rest % channels)) * spots + Math.floor(rest / channels)];
  });
  const matrix = { 'm.weight': { data: moved, shape: [out, spots * channels] }, 'm.bias': w['patch_embed.proj.bias'] };
  return linear(matrix, 'm', tokens);
}

/** (n, d) to the states of all tokens; the class token, where there is one, is row 0. */
function encode(w, embedded, { type, placed = true } = {}) {
  const token = w.cls_token?.data;
  const positions = placed ? w.pos_embed?.data : undefined;
  const d = w['blocks.0.norm1.weight'].data.length;
  const count = embedded.length / d;
  let x = Float64Array.from([...(token ?? []), ...embedded]);
  if (positions !== undefined) x = plus(x, positions);
  if (type !== undefined) x = x.map((v, i) => v + type.data[i % d]);
  const after = w['norm_pre.weight'] !== undefined;
  if (after) x = norm(w, 'norm_pre', x);
  const side = Math.round(Math.sqrt(count));
  const bands = config.sound.tokens === 'patches' ? config.sound.bins / 8 : 1;
  const reads = JSON.parse(metadata['patchwork.tokens'] ?? '{}').modality;
  const grid = reads === 'picture' ? [side, side] : reads === 'sound' ? [bands, count / bands] : [1, count];
  for (let i = 0; w[`blocks.${i}.norm1.weight`] !== undefined; i++) x = block(w, `blocks.${i}`, x, d, after, grid);
  return w['norm.weight'] === undefined ? x : norm(w, 'norm', x);
}

/** Mean of the rows that `shown` says. */
function meanOf(x, d, shown = () => true) {
  const mean = new Float64Array(d);
  const rows = Array.from({ length: x.length / d }, (_, row) => row).filter(shown);
  for (const row of rows) for (let i = 0; i < d; i++) mean[i] += x[row * d + i] / rows.length;
  return mean;
}

function alone(tokens) {
  const d = all['blocks.0.norm1.weight'].data.length;
  const embedded = embed(all, tokens);
  const states = encode(all, embedded);
  const first = all.cls_token === undefined ? 0 : 1;
  const words = all['text.embed.weight'] !== undefined;
  const mean = meanOf(states, d, (row) => (words ? tokens[row] >= 2 : row >= first));
  const normed = all['fc_norm.weight'] === undefined ? mean : norm(all, 'fc_norm', mean);
  const pooled = !words && metadata['patchwork.pooling'] === 'class' ? states.subarray(0, d) : normed;
  const out = { last_hidden_state: states, pooled };
  if (all['head.weight'] !== undefined) out.logits = linear(all, 'head', pooled);
  if (all['head_position.weight'] !== undefined && all.mask_position === undefined)
    out.position_logits = linear(all, 'head_position', encode(all, embedded, { placed: false }).subarray(first * d));
  return out;
}

function together(samples) {
  const d = config.model.width;
  const senses = Object.keys(samples);
  const scopes = senses.map((sense) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, tensor]) =>
        name.startsWith(`${sense}.`) ? [[name.slice(sense.length + 1), tensor]] : [],
      ),
    ),
  );
  const states = senses.map((sense, i) => encode(scopes[i], embed(scopes[i], samples[sense]), { type: all[`type.${sense}`] }));
  let embeddings;
  if (all['joint_norm.weight'] !== undefined) {
    const joint = norm(all, 'joint_norm', block(all, 'joint.0', Float64Array.from(states.flatMap((one) => [...one])), d, false));
    let from = 0;
    embeddings = states.map(({ length }) => {
      from += length;
      return meanOf(joint.subarray(from - length, from), d);
    });
  } else {
    embeddings = states.map((one, i) => {
      const mean = meanOf(one, d);
      if (config.contrastive.readout === 'before') return mean;
      const z = linear(scopes[i], 'proj', mean);
      const length = Math.hypot(...z);
      return z.map((v) => (v / length) * Math.sqrt(z.length));
    });
  }
  const pooled = embeddings[0].map((_, i) => embeddings.reduce((sum, one) => sum + one[i], 0) / embeddings.length);
  const out = { pooled, ...Object.fromEntries(senses.map((sense, i) => [`embedding.${sense}`, embeddings[i]])) };
  if (all['head.weight'] !== undefined) out.logits = linear(all, 'head', pooled);
  return out;
}

/** Sample `index` of a tensor of the probe. */
function sampleOf(name, index) {
  const { data, shape } = probe[name];
  const length = data.length / shape[0];
  return data.subarray(index * length, (index + 1) * length);
}

const inputs = Object.keys(probe).filter((name) => /(^|\.)tokens$/.test(name));
const differences = {};
for (let index = 0; index < probe[inputs[0]].shape[0]; index++) {
  const samples = Object.fromEntries(
    ['picture', 'sound', 'text']
      .filter((sense) => inputs.includes(`${sense}.tokens`))
      .map((sense) => [sense, sampleOf(`${sense}.tokens`, index)]),
  );
  const out = inputs.includes('tokens') ? alone(sampleOf('tokens', index)) : together(samples);
  for (const [name, values] of Object.entries(out)) {
    if (probe[name] === undefined) continue;
    const expected = sampleOf(name, index);
    const size = Math.max(1, ...probe[name].data.map(Math.abs));
    const worst = values.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i])), 0) / size;
    differences[name] = Math.max(differences[name] ?? 0, worst);
  }
}
for (const [name, value] of Object.entries(differences)) console.log(`${name.padEnd(20)} differs by ${value.toExponential(1)}`);
const values = Object.values(differences);
if (values.length === 0 || !values.every((value) => value < TOLERANCE)) {
  console.error('The model does NOT compute what it computed in Patchwork.');
  process.exit(1);
}
console.log('The model computes what it computed in Patchwork.');
