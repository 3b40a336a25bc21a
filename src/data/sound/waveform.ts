/** Sounds as numbers. */

/** A sound with one channel: samples between about -1 and 1, `rate` of them a second. */
export interface Waveform {
  samples: Float32Array;
  rate: number;
}

/** A stretch of a decoded sound: one array for each channel, all of the same length. */
export interface SoundBlock {
  channels: Float32Array[];
  rate: number;
}

/** A sound file whose header has been read. What the header does not tell is missing. */
export interface OpenedSound {
  /** Samples a second. */
  rate?: number;
  channelCount?: number;
  /** How long the sound is by its header. */
  seconds?: number;
  /** How long it can be at most by the size of the file: headers lie. */
  secondsThere?: number;
  /** Decodes, block after block. Throws anything at the place where the file is damaged; what came before is good. */
  blocks(): Iterable<SoundBlock> | AsyncIterable<SoundBlock>;
}
