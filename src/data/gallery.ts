/** Samples as people see, hear and read them, whatever they are of: rasters of one size, with their sound or text where they have one. */
import type { ModalityName, Sense } from '../config/modalities.ts';
import type { SampleSet } from './sampleSet.ts';
import type { FrontEnd } from './sound/frontEnd.ts';
import type { Scale } from './sound/map.ts';
import type { StoredClips } from './sound/soundSet.ts';
import type { Vocabulary } from './text/vocabulary.ts';

export interface Gallery extends SampleSet {
  modality: ModalityName;
  /** (count, height, width, channels), row-major, 0..255. */
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
  /** What can be heard. */
  sound?: GallerySound;
  /** What can be read. */
  text?: GalleryText;
  /** Of samples with several members: each, as it is looked at. The pixels above are those of the first one then. */
  members?: GalleryMembers;
  /** Which samples have a sense: (count) 1 or 0; absent for a sense that all have. */
  present?: Readonly<Partial<Record<Sense, Uint8Array>>>;
}

/** One kind of member of all samples of a gallery, as rasters. */
export interface MemberRasters {
  /** (count, height, width, channels) 0..255. */
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

export interface GalleryMembers {
  picture?: MemberRasters;
  /** With what can be heard, clean, at 16 kHz. */
  sound?: MemberRasters & { clips: StoredClips };
  text?: GalleryText;
}

export interface GallerySound {
  /** 16-bit samples at `rate`, one sample of the set after the other. */
  samples: Int16Array;
  /** (count + 1) where each begins, and the end of the last. */
  starts: Uint32Array;
  rate: number;
  /** What the rasters are made by: bands of log-mel, which 0 and 255 stand for `low` and `high` of. */
  frontEnd: FrontEnd;
  scale: Scale;
}

export interface GalleryText {
  /** Each as it was brought, all of it. */
  texts: readonly string[];
  /** (count, n) what models read of them: a window, or the beginning, and empty places behind the end. */
  ids: Int32Array;
  /** What ids stand for. */
  vocabulary: Vocabulary;
}

/** One sense of all samples of a gallery, as a gallery of samples of that kind; of a sense that a sample lacks it shows nothing. */
export function galleryOf({ members = {}, count, labels, classes }: Gallery, sense: Sense): Gallery {
  const nothing = { pixels: new Uint8Array(), width: 1, height: 1, channels: 1 } as const;
  const { text } = members;
  const shown = sense === 'text' ? { ...nothing, ...(text && { text }) } : (members[sense] ?? nothing);
  return { ...shown, count, classes, modality: sense, ...(labels && { labels }) };
}

/** A view on the raster of sample `index`: (height, width, channels). */
export function rasterAt({ pixels, width, height, channels }: Gallery, index: number): Uint8Array {
  const length = width * height * channels;
  return pixels.subarray(index * length, (index + 1) * length);
}
