/** Sounds and sound files for tests, made here. */
import { joinBytes } from '../../../src/base/join.ts';
import { SOUND_RATE } from '../../../src/config/modalities/sound.ts';
import type { Waveform } from '../../../src/data/sound/waveform.ts';

export function tone(hertz: number, seconds: number, rate: number, amplitude = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

export function silence(seconds: number, rate = SOUND_RATE): Float32Array {
  return new Float32Array(Math.round(seconds * rate));
}

/** Parts of a sound at 16 kHz, one after another. */
export function inTurn(...parts: Float32Array[]): Waveform {
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { samples, rate: SOUND_RATE };
}

/** A chunk of a RIFF or IFF file: padded to an even length. */
export function chunk(id: string, body: Uint8Array, littleEndian = true, size = body.length): Uint8Array {
  const bytes = new Uint8Array(8 + body.length + (body.length % 2));
  bytes.set(Uint8Array.from(id, (letter) => letter.charCodeAt(0)));
  new DataView(bytes.buffer).setUint32(4, size, littleEndian);
  bytes.set(body, 8);
  return bytes;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return joinBytes(parts);
}

export function text(letters: string): Uint8Array {
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Numbers as bytes, each of so many, the first one the lowest unless told. */
export function numbers(values: readonly number[], bytes: number, littleEndian = true): Uint8Array {
  return Uint8Array.from(
    values.flatMap((value) => {
      const low = Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff);
      return littleEndian ? low : low.reverse();
    }),
  );
}

export interface WavParts {
  tag?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  blockBytes?: number;
  data: Uint8Array;
  size?: number;
  form?: string;
  before?: Uint8Array;
}

/** A WAV file, as right or as wrong as wanted. */
export function wav({
  tag = 1,
  channels = 1,
  rate = SOUND_RATE,
  bits = 16,
  blockBytes,
  data,
  size,
  form,
  before,
}: WavParts): Uint8Array {
  const littleEndian = form !== 'RIFX';
  const block = blockBytes ?? (channels * bits) / 8;
  const format = join(
    numbers([tag, channels], 2, littleEndian),
    numbers([rate, rate * block], 4, littleEndian),
    numbers([block, bits], 2, littleEndian),
  );
  return join(
    chunk(form ?? 'RIFF', text('WAVE'), littleEndian),
    before ?? new Uint8Array(0),
    chunk('fmt ', format, littleEndian),
    chunk('data', data, littleEndian, size ?? data.length),
  );
}
