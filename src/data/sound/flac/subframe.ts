/** One channel of a FLAC frame: a prediction, and what it missed (RFC 9639, sections 9.2.1 to 9.2.7). */
import type { BitReader } from './bitReader.ts';

/** Prediction from the samples before, the nearest one first, for orders 0 to 4. */
const FIXED: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/**
 * Fills `samples` with whole numbers of so many bits. Everything is done in doubles, which hold each sum exactly: 32 products of
 * 33 and 15 bits are less than 2^53. Throws when the bits make no sense.
 */
export function readSubframe(reader: BitReader, samples: Float64Array, bits: number): void {
  if (reader.unsigned(1) !== 0) throw new Error('no subframe starts here');
  const type = reader.unsigned(6);
  const wasted = reader.unsigned(1) === 0 ? 0 : reader.zeros() + 1;
  const depth = bits - wasted;
  if (depth < 1) throw new Error('all bits are wasted');
  if (type === 0) samples.fill(reader.signed(depth));
  else if (type === 1) readWarmUp(reader, samples, samples.length, depth);
  else if (type >= 8 && type <= 12) readPredicted(reader, samples, depth, FIXED[type - 8]);
  else if (type >= 32) readPredicted(reader, samples, depth, type - 31);
  else throw new Error(`subframes of type ${type} are reserved`);
  if (wasted > 0) for (let i = 0; i < samples.length; i++) samples[i] *= 2 ** wasted;
}

/** `model` holds the coefficients, or how many of them to read. */
function readPredicted(reader: BitReader, samples: Float64Array, depth: number, model: readonly number[] | number): void {
  const order = typeof model === 'number' ? model : model.length;
  if (order > samples.length) throw new Error('a frame is shorter than its prediction');
  readWarmUp(reader, samples, order, depth);
  if (typeof model !== 'number') {
    readResiduals(reader, samples, order);
    addPrediction(samples, model, 0);
    return;
  }
  const precision = reader.unsigned(4) + 1;
  const shift = reader.signed(5);
  if (precision === 16 || shift < 0) throw new Error('the coefficients are of no kind that exists');
  const coefficients = Array.from({ length: order }, () => reader.signed(precision));
  readResiduals(reader, samples, order);
  addPrediction(samples, coefficients, shift);
}

function readWarmUp(reader: BitReader, samples: Float64Array, count: number, depth: number): void {
  for (let i = 0; i < count; i++) samples[i] = reader.signed(depth);
  reader.check();
}

function addPrediction(samples: Float64Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const weights = Float64Array.from(coefficients);
  const scale = 2 ** -shift;
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += weights[k] * samples[i - 1 - k];
    samples[i] += Math.floor(sum * scale);
  }
}

/** Rice codes, in partitions that each have their own parameter. */
function readResiduals(reader: BitReader, samples: Float64Array, order: number): void {
  const method = reader.unsigned(2);
  if (method > 1) throw new Error('the residual is of no kind that exists');
  const parameterBits = 4 + method;
  const partitions = 1 << reader.unsigned(4);
  const length = samples.length / partitions;
  if (!Number.isInteger(length) || length < order) throw new Error('the partitions do not fit the frame');
  for (let p = 0; p < partitions; p++) {
    const parameter = reader.unsigned(parameterBits);
    const part = samples.subarray(p === 0 ? order : p * length, (p + 1) * length);
    if (parameter === (1 << parameterBits) - 1) readPlain(reader, part);
    else readRice(reader, part, parameter);
    reader.check();
  }
}

function readPlain(reader: BitReader, part: Float64Array): void {
  const bits = reader.unsigned(5);
  for (let i = 0; i < part.length; i++) part[i] = bits === 0 ? 0 : reader.signed(bits);
}

function readRice(reader: BitReader, part: Float64Array, parameter: number): void {
  const scale = 2 ** parameter;
  for (let i = 0; i < part.length; i++) {
    const folded = reader.zeros() * scale + reader.unsigned(parameter);
    // Even numbers stand for 0, 1, 2 ..., odd ones for -1, -2 ...
    part[i] = folded & 1 ? -(folded + 1) / 2 : folded / 2;
  }
}
