/** Reads sounds: each file becomes some clips, which all stay on one side of a split. */
import { crc32 } from '../../base/crc32.ts';
import { invariant } from '../../base/invariant.ts';
import { LIMITS } from '../../config/limits.ts';
import { FEWEST_PIECES, SOUND_RATE } from '../../config/modalities/sound.ts';
import { Budget } from '../budget.ts';
import type { Collection } from '../collect.ts';
import type { Entry } from '../entries.ts';
import { baseName, type LoadOptions } from '../files.ts';
import type { Pick } from '../select.ts';
import { type ClipOptions, evenly, TooShortError } from '../sound/clips.ts';
import type { Shortened } from '../sound/read.ts';
import type { FileClips, ReadClips } from '../sound/readClips.ts';
import { bandsEnd, kilohertz } from '../sound/settings.ts';
import { type SoundSet, takeClips } from '../sound/soundSet.ts';
import type { Source } from '../sources/source.ts';
import { amountText, countText, sizeText } from '../wording.ts';
import type { Opened, Plan, Reader, Reading, Single } from './reader.ts';
import { readLayout } from './soundLayouts.ts';

type Clips = readonly Int16Array[];

/** Bytes of files that are held at the same time while they are decoded. */
const BYTES_AT_ONCE = 128 * 2 ** 20;
const CLIPS_A_FILE = 64;
/** A sound of so many clips is more than one to look at. */
const CLIPS_OF_A_SET = 4;
/** Files that are too short are told together when they are more than this share, with what would make them long enough. */
const NOTABLE_SHARE = 0.05;

export class SoundReader implements Reader<Clips> {
  readonly modality = 'sound';
  private readonly entries = new Map<Source, Entry>();
  private readonly bytes = new Budget(BYTES_AT_ONCE);
  /** Settled by `plan`. */
  private clipsPerFile = CLIPS_A_FILE;
  private lowestRate = Number.POSITIVE_INFINITY;
  private readonly tally = { files: 0, clips: 0, capped: 0, leftOut: 0, silent: 0 };
  /** Samples of those that were too short, at 16 kHz. */
  private readonly tooShort: number[] = [];

  constructor(
    private readonly options: LoadOptions,
    private readonly readClips: ReadClips,
  ) {}

  private get clip(): ClipOptions {
    return this.options.clip;
  }

  async open({ sound, splitLists, refused }: Collection): Promise<Opened> {
    const layout = await readLayout(sound, splitLists, this.options.classLevel);
    refused.push(...layout.refused);
    for (const source of layout.files) this.entries.set(source, source.entry);
    return { files: layout.files, labelled: [], notes: layout.notes };
  }

  plan(picks: readonly Pick[]): Plan {
    const length = Math.round(this.clip.seconds * SOUND_RATE);
    const most = Math.min(LIMITS.samples, Math.floor(LIMITS.decodedBytes / (length * Int16Array.BYTES_PER_ELEMENT)));
    this.clipsPerFile = Math.max(1, Math.min(CLIPS_A_FILE, Math.floor(most / picks.length)));
    const limit = `of clips of ${this.clip.seconds} s ${countText(most)} are the most (${countText(LIMITS.samples)}, or ${sizeText(LIMITS.decodedBytes)})`;
    return { most, limit };
  }

  async read({ source }: Pick): Promise<Reading<Clips>> {
    const entry = this.entries.get(source);
    invariant(entry !== undefined, 'a source is read by the reader that opened it');
    return this.bytes.spend(entry.size, async () => {
      const bytes = await entry.read();
      // Before they are decoded, which may take them away.
      const print = crc32(bytes);
      const { clips, found, silent, rate, shortened } = await this.cut(bytes, baseName(entry.path));
      const content = evenly(clips, this.clipsPerFile);
      this.lowestRate = Math.min(this.lowestRate, rate);
      this.tally.files += 1;
      this.tally.clips += content.length;
      if (content.length < found) this.tally.capped += 1;
      this.tally.leftOut += found - content.length;
      this.tally.silent += silent;
      return { content, samples: content.length, print, ...(shortened && { shortened: shortenedText(shortened) }) };
    });
  }

  gather(contents: (Clips | undefined)[]): SoundSet {
    const clips = takeClips(contents);
    const sourceRate = Math.min(this.lowestRate, SOUND_RATE);
    const count = clips.starts.length - 1;
    return { modality: 'sound', clips, count, seconds: this.clip.seconds, sourceRate, classes: [] };
  }

  /** The loudest of its clips. */
  async one(entry: Entry): Promise<Single> {
    const { clips, rate } = await this.readClips(await entry.read(), baseName(entry.path), this.clip);
    const loudest = clips.reduce((best, clip) => (energyOf(clip) > energyOf(best) ? clip : best));
    this.lowestRate = rate;
    return { sample: this.gather([[loudest]]), isLong: clips.length >= CLIPS_OF_A_SET };
  }

  notes(): string[] {
    const { files, clips } = this.tally;
    const cut =
      clips > files
        ? [
            `${amountText(files, 'sound')} ${files === 1 ? 'makes' : 'make'} ${amountText(clips, 'clip')} of ${this.clip.seconds} s at most.`,
          ]
        : [];
    return [...cut, ...this.leftOutNotes(), ...this.rateNotes(), ...this.shortNotes(files)];
  }

  /** What of the files is in no clip. */
  private leftOutNotes(): string[] {
    const { capped, leftOut, silent } = this.tally;
    const most = `${amountText(capped, 'sound')} ${capped === 1 ? 'makes' : 'make'} more than ${amountText(this.clipsPerFile, 'clip')}${capped === 1 ? '' : ' each'}`;
    const without = `${amountText(silent, 'clip')} in which nothing is heard beside the rest of the sound`;
    return [
      ...(capped === 0 ? [] : [`${most}: ${countText(leftOut)} ${leftOut === 1 ? 'is' : 'are'} left out, evenly.`]),
      ...(silent === 0 ? [] : [`${without} ${silent === 1 ? 'is' : 'are'} left out.`]),
    ];
  }

  private rateNotes(): string[] {
    const high = bandsEnd(this.lowestRate);
    return high < bandsEnd(SOUND_RATE) ? [`${this.lowestRate / 1000} kHz files: bands end at ${kilohertz(high)}.`] : [];
  }

  private shortNotes(files: number): string[] {
    const { pieces, fewestSamples, fewestInLeast = fewestSamples } = this.clip;
    const { length } = this.tooShort;
    if (length <= NOTABLE_SHARE * (files + length) || fewestInLeast === undefined) return [];
    const said = `${amountText(length, 'sound')} of ${countText(files + length)} ${length === 1 ? 'is' : 'are'} too short for ${pieces} pieces.`;
    // Frames that run through a clip need as many samples in few pieces as in many.
    const enough = this.tooShort.filter((samples) => samples >= fewestInLeast).length;
    const help = enough > 0 ? [`${FEWEST_PIECES} pieces would leave out ${countText(length - enough)}.`] : [];
    return [[said, ...help].join(' ')];
  }

  private async cut(bytes: Uint8Array, name: string): Promise<FileClips> {
    try {
      return await this.readClips(bytes, name, this.clip);
    } catch (error) {
      if (error instanceof TooShortError) this.tooShort.push(error.samples);
      throw error;
    }
  }
}

function shortenedText({ seconds, ofSeconds }: Shortened): string {
  const text = (amount: number): string => amount.toFixed(1);
  return ofSeconds === undefined ? `${text(seconds)} s` : `${text(seconds)} of ${text(ofSeconds)} s`;
}

/** Mean square. */
function energyOf(samples: Int16Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}
