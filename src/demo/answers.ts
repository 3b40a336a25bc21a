/** What a model says of one sample, task by task. */
import { joinFloats } from '../base/join.ts';
import { UNKNOWN } from '../config/modalities/tokens.ts';
import type { StackSpec } from '../model/blocks.ts';
import type { DemoTask } from './manifest.ts';
import { type Attention, type Net, product, softmax, takeRows } from './net.ts';

type Tokens = Float32Array | Int32Array;
type TaskOf<K extends DemoTask['kind']> = Extract<DemoTask, { kind: K }>;

/** What the encoder makes of a whole sample: (N, width). */
export function hiddenStates(net: Net, tokens: Tokens, look?: Attention): Float32Array {
  return net.encode(net.place(net.embed(tokens), range(net.spec.patches)), look);
}

/** (classes), unnormalised. */
export function classLogits(net: Net, { pooling }: TaskOf<'labels'>, tokens: Tokens, look?: Attention): Float32Array {
  const hidden = hiddenStates(net, tokens, look);
  return net.linear(pooled(net, pooling, hidden, tokens), 'head');
}

function pooled(net: Net, pooling: 'class' | 'mean', hidden: Float32Array, tokens: Tokens): Float32Array {
  const { width, vocabulary, classToken } = net.spec;
  if (vocabulary !== undefined)
    return meanOf(
      hidden,
      width,
      range(tokens.length).filter((i) => tokens[i] >= UNKNOWN),
    );
  if (pooling === 'class') return hidden.slice(0, width);
  const first = classToken ? 1 : 0;
  const mean = meanOf(
    hidden,
    width,
    range(net.spec.patches).map((i) => i + first),
  );
  return net.tensors.has('fc_norm.weight') ? net.norm(mean, 'fc_norm') : mean;
}

export function meanOf(hidden: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const mean = new Float32Array(width);
  for (const row of rows) for (let i = 0; i < width; i++) mean[i] += hidden[row * width + i] / rows.length;
  return mean;
}

/**
 * How well each piece fits each cell.
 *
 * @param order slot s holds the token of cell order[s]; the first `told` are told where they are
 * @returns (order.length - told, n)
 */
export function positionLogits(
  net: Net,
  { told, marked, decoder }: TaskOf<'puzzle'>,
  tokens: Tokens,
  order: readonly number[],
): Float32Array {
  const { width, patchLength, classToken } = net.spec;
  const given = order.flatMap((cell) => Array.from(tokens.subarray(cell * patchLength, (cell + 1) * patchLength)));
  const embedded = net.embed(tokens instanceof Int32Array ? Int32Array.from(given) : Float32Array.from(given));
  const known = net.place(embedded.slice(0, told * width), order.slice(0, told));
  const asked = embedded.slice(told * width);
  if (marked) addEverywhere(asked, net.get('mask_position'));
  let hidden = net.encode(joinFloats([known, asked]));
  if (decoder !== undefined) hidden = net.norm(net.stack(decoder, net.linear(hidden, 'decoder_embed')), 'decoder_norm');
  return net.linear(hidden.slice((told + (classToken ? 1 : 0)) * width), 'head_position');
}

function addEverywhere(rows: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < rows.length; i++) rows[i] += vector[i % vector.length];
}

/** Hidden tokens as painted, in the order of `hidden`: (hidden.length, length). */
export function paint(
  net: Net,
  { decoder }: TaskOf<'paint'>,
  tokens: Tokens,
  kept: readonly number[],
  hidden: readonly number[],
): Float32Array {
  if (decoder !== undefined) return net.linear(behind(net, decoder, tokens, kept, hidden), 'decoder_pred');
  const { width, classToken } = net.spec;
  const masks = repeated(net.get('mask_token'), hidden.length);
  const placed = net.place(joinFloats([takeRows(net.embed(tokens), width, kept), masks]), [...kept, ...hidden]);
  return net.linear(net.encode(placed).slice((kept.length + (classToken ? 1 : 0)) * width), 'head_pixels');
}

/** What a decoder makes of the hidden cells, normed. */
function behind(net: Net, decoder: StackSpec, tokens: Tokens, kept: readonly number[], hidden: readonly number[]): Float32Array {
  const { width, classToken } = net.spec;
  const encoded = net.encode(net.place(takeRows(net.embed(tokens), width, kept), kept));
  const latent = joinFloats([net.linear(encoded, 'decoder_embed'), repeated(net.get('mask_token'), hidden.length)]);
  const first = classToken ? 1 : 0;
  const rows = [...(classToken ? [0] : []), ...[...kept, ...hidden].map((cell) => cell + first)];
  const positions = takeRows(net.get('decoder_pos_embed'), decoder.width, rows);
  for (let i = 0; i < latent.length; i++) latent[i] += positions[i];
  const decoded = net.stack(decoder, latent);
  return net.norm(decoded.slice((kept.length + first) * decoder.width), 'decoder_norm');
}

/** Chances of every word in each of some places: (hidden.length, V). The ids at these places are masked, or taken out. */
export function wordChances(net: Net, { decoder }: TaskOf<'words'>, ids: Int32Array, hidden: readonly number[]): Float32Array[] {
  const rows = decoder === undefined ? insideRows(net, ids, hidden) : behindRows(net, decoder, ids, hidden);
  const { width } = net.spec;
  return hidden.map((_, i) => softmax(wordLogits(net, rows.subarray(i * width, (i + 1) * width))));
}

function insideRows(net: Net, ids: Int32Array, hidden: readonly number[]): Float32Array {
  return takeRows(hiddenStates(net, masked(ids, hidden)), net.spec.width, hidden);
}

function behindRows(net: Net, decoder: StackSpec, ids: Int32Array, hidden: readonly number[]): Float32Array {
  const kept = range(ids.length).filter((place) => !hidden.includes(place));
  // Empty places stand behind the words that are kept, as in training.
  const words = [...kept.filter((place) => ids[place] >= UNKNOWN), ...kept.filter((place) => ids[place] < UNKNOWN)];
  const rows = behind(net, decoder, ids, words, hidden);
  return net.tensors.has('decoder_pred.weight') ? net.linear(rows, 'decoder_pred') : rows;
}

/** (V) for one row, with the table that reads words where there is no other. */
function wordLogits(net: Net, row: Float32Array): Float32Array {
  const bias = net.get('head_words.bias');
  const own = net.tensors.get('head_words.weight')?.data;
  if (own !== undefined) return product(row, own, bias);
  const table = net.get('text.embed.weight');
  return bias.map((value, word) => {
    let score = value;
    for (let i = 0; i < row.length; i++) score += row[i] * table[word * row.length + i];
    return score;
  });
}

const MASK = 1;

function masked(ids: Int32Array, places: readonly number[]): Int32Array {
  const changed = ids.slice();
  for (const place of places) changed[place] = MASK;
  return changed;
}

function repeated(row: Float32Array, count: number): Float32Array {
  return Float32Array.from({ length: row.length * count }, (_, i) => row[i % row.length]);
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
