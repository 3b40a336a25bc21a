/** From the bytes of a sound file to its clips: the whole of what a thread for sounds does. */
import { type ClipOptions, clips } from './clips.ts';
import { readSound, type Shortened } from './read.ts';

export interface FileClips {
  /** 16-bit samples at 16 kHz. */
  clips: Int16Array[];
  /** How many clips the file makes, of which `clips` are the most that are used of one. */
  found: number;
  /** Stretches as long as a clip in which nothing is heard: they are no clips. */
  silent: number;
  /** Samples a second in the file. */
  rate: number;
  shortened?: Shortened;
}

/**
 * Throws BadDataError when the file is no sound that can be used. May take `bytes` away. `onProgress` hears how many seconds have been
 * decoded.
 */
export type ReadClips = (
  bytes: Uint8Array,
  name: string,
  options: ClipOptions,
  onProgress?: (seconds: number) => void,
) => Promise<FileClips>;

/** Reads in the thread that it is called in. */
export const readClips: ReadClips = async (bytes, name, options, onProgress) => {
  const { waveform, rate, shortened } = await readSound(bytes, name, onProgress);
  // Copies, which can be handed to another thread.
  const { clips: cut, found, silent } = clips(waveform, options, 0);
  return { clips: cut.map(({ samples }) => samples), found, silent, rate, ...(shortened && { shortened }) };
};
