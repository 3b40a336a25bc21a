/** Reads samples with several members. A member that cannot be read is missing; what the sample has besides is used. */
import { crc32 } from '../../base/crc32.ts';
import { BadDataError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';
import { LIMITS } from '../../config/limits.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { SENSES, type Sense } from '../../config/modalities.ts';
import { Budget } from '../budget.ts';
import type { Collection } from '../collect.ts';
import type { DecodePicture } from '../decode.ts';
import type { Entry } from '../entries.ts';
import { baseName, type LoadOptions } from '../files.ts';
import type { Pace } from '../pace.ts';
import { readCaption } from '../pairs/caption.ts';
import { openPairs } from '../pairs/openPairs.ts';
import type { BroughtPairs, PairedSet } from '../pairs/pairedSet.ts';
import { type PlannedMember, type PlannedPair, pathOf } from '../pairs/plan.ts';
import { classProblem, countSubsets, subsetText, usableSenses } from '../pairs/present.ts';
import { squarePixels } from '../resize.ts';
import type { Refusal } from '../samples.ts';
import type { Pick } from '../select.ts';
import type { ReadClips } from '../sound/readClips.ts';
import { storeClips } from '../sound/soundSet.ts';
import type { Source } from '../sources/source.ts';
import { TextNotes } from '../text/textNotes.ts';
import { storeTexts } from '../text/textSet.ts';
import { learningVocabulary, type Vocabulary } from '../text/vocabulary.ts';
import { amountText, countText, sizeText } from '../wording.ts';
import { pictureCapacity } from './pictures.ts';
import type { Instead, Opened, Plan, Reader, Reading, Single } from './reader.ts';

/** The members of one sample. */
export interface PairContent {
  picture?: { pixels: Uint8Array; channels: 1 | 3 };
  sound?: Int16Array;
  text?: string;
}

/** Bytes of files that are held at the same time while they are decoded. */
const BYTES_AT_ONCE = 128 * 2 ** 20;

export class PairReader implements Reader<PairContent> {
  readonly modality = 'pair';
  private readonly planned = new Map<Source, PlannedPair>();
  private entries: ReadonlyMap<string, Entry> = new Map();
  private refused: Refusal[] = [];
  private readonly bytes = new Budget(BYTES_AT_ONCE);
  /** Grey, where all pictures are. */
  private channels: 1 | 3 = 1;
  private lowestRate = Number.POSITIVE_INFINITY;
  private longer = 0;
  /** Of captions. */
  private readonly said: TextNotes;
  /** Learned from the training captions, which are gathered first. */
  private vocabulary: Vocabulary | undefined;
  /** Members of what was gathered, the samples of training first. */
  private readonly gathered: Sense[][][] = [];
  private classes: (string | undefined)[] = [];

  constructor(
    private readonly options: LoadOptions,
    private readonly decode: DecodePicture,
    private readonly readClips: ReadClips,
  ) {
    this.said = new TextNotes(options.text, 'caption');
  }

  async open(found: Collection, pace: Pace): Promise<Opened> {
    const { pairs, entries, boundBy, notes } = await openPairs(found, this.options.classLevel, pace);
    this.entries = entries;
    this.refused = found.refused;
    const labelled = pairs.map((pair): Source => {
      const source = { path: pair.name, count: 1, split: pair.split, boundBy: boundBy.get(pair), classOf: () => pair.className };
      this.planned.set(source, pair);
      return source;
    });
    const isFree = pairs.every(({ split }) => split === undefined);
    return { files: [], labelled, notes: isFree && boundBy.size > 0 ? [...notes, boundNote(boundBy.size)] : notes };
  }

  plan(picks: readonly Pick[]): Plan {
    this.classes = picks.map(({ className }) => className);
    const length = Math.round(this.options.clip.seconds * SOUND_RATE);
    const clips = Math.floor(LIMITS.decodedBytes / (length * Int16Array.BYTES_PER_ELEMENT));
    const most = Math.min(pictureCapacity(this.options.size, 3), clips);
    return { most, limit: `${countText(most)} are the most (${sizeText(LIMITS.decodedBytes)} of pictures or of sound)` };
  }

  async read({ source }: Pick): Promise<Reading<PairContent>> {
    const pair = this.planned.get(source);
    invariant(pair !== undefined, 'a sample is read by the reader that planned it');
    const content: PairContent = {};
    let print = 0;
    const problems: Refusal[] = [];
    for (const sense of SENSES) {
      const member = pair.members[sense];
      if (member === undefined) continue;
      try {
        print = crc32(new Uint8Array(await this.readMember(sense, member, content)), print);
      } catch (error) {
        if (!(error instanceof BadDataError)) throw error;
        problems.push({ name: pathOf(member) ?? pair.name, reason: error.message });
      }
    }
    if (Object.keys(content).length > 0) this.refused.push(...problems);
    else
      throw new BadDataError(
        `has no member that can be read: ${problems.map(({ name, reason }) => `${name} ${reason}`).join(' ')}`,
      );
    return { content, samples: 1, print };
  }

  /** The first gathered are those of training. */
  async gather(contents: (PairContent | undefined)[], pace: Pace): Promise<PairedSet> {
    const all = contents.map((content) => content ?? {});
    contents.fill(undefined);
    const senses = all.map((content) => SENSES.filter((sense) => content[sense] !== undefined));
    this.gathered.push(senses);
    const usable = usableSenses(this.gathered[0]).senses;
    const has = (sense: Sense) => usable.includes(sense);
    const present = SENSES.filter((sense) => has(sense) && senses.some((own) => !own.includes(sense))).map((sense) => [
      sense,
      Uint8Array.from(senses, (own) => Number(own.includes(sense))),
    ]);
    const count = all.length;
    const shared = { count, classes: [] };
    const members: BroughtPairs['members'] = {
      ...(has('picture') && { picture: { ...shared, ...this.pictures(all) } }),
      ...(has('sound') && { sound: { ...shared, ...this.sounds(all) } }),
      ...(has('text') && { text: { ...shared, ...(await this.captions(all, pace)) } }),
    };
    return { modality: 'pair', ...shared, present: Object.fromEntries(present), content: { members } };
  }

  /** Files that looked like enough pairs: some were damaged, or are tested on. */
  instead(): Instead | undefined {
    const { alone, notes } = usableSenses(this.gathered[0] ?? []);
    return alone === undefined ? undefined : { modality: alone, why: notes };
  }

  async one(): Promise<Single> {
    throw new BadDataError('is one file, and a sample of pairs has several: it cannot be pinned.');
  }

  notes(): string[] {
    const [train = [], heldOut] = this.gathered;
    const counted = subsetText(countSubsets(train));
    const tested = heldOut === undefined ? '' : `; to test on ${subsetText(countSubsets(heldOut))}`;
    const problem = classProblem(this.classes);
    const long =
      this.longer > 0
        ? [`Of ${amountText(this.longer, 'sound')} longer than ${this.options.clip.seconds} s one clip is used.`]
        : [];
    return [
      ...(counted === '' ? [] : [`Members (I pictures, S sounds, T texts): ${counted}${tested}.`]),
      ...usableSenses(train).notes,
      ...this.said.read(),
      ...long,
      ...(problem === undefined ? [] : [problem]),
    ];
  }

  /** Reads one member into `content`; returns the bytes that it came from. */
  private async readMember(sense: Sense, member: PlannedMember, content: PairContent): Promise<ArrayBuffer> {
    if ('caption' in member) {
      content.text = member.caption;
      return copied(new TextEncoder().encode(member.caption));
    }
    const entry = this.entries.get(member.path);
    invariant(entry !== undefined, 'a planned member is one of the files');
    return this.bytes.spend(entry.size, async () => {
      const bytes = await entry.read();
      // Decoders may take bytes away.
      const kept = copied(bytes);
      const name = baseName(entry.path);
      if (sense === 'text') this.readText(bytes, entry.path, content);
      else if (sense === 'picture') await this.readPicture(bytes, name, content);
      else await this.readSound(bytes, entry.path, name, content);
      return kept;
    });
  }

  private readText(bytes: Uint8Array, path: string, content: PairContent): void {
    const { text, ...decoded } = readCaption(bytes);
    content.text = text;
    this.said.decoded(path, decoded, true);
  }

  private async readPicture(bytes: Uint8Array, name: string, content: PairContent): Promise<void> {
    const raster = await this.decode(bytes, name);
    const channels = raster.channels === 3 ? 3 : 1;
    if (channels === 3) this.channels = 3;
    content.picture = { pixels: squarePixels(raster, this.options.size, channels), channels };
  }

  private async readSound(bytes: Uint8Array, path: string, name: string, content: PairContent): Promise<void> {
    const { clips, rate, shortened } = await this.readClips(bytes, name, { ...this.options.clip, clipsPerFile: 2 });
    [content.sound] = clips;
    if (clips.length > 1) this.longer += 1;
    this.lowestRate = Math.min(this.lowestRate, rate);
    if (shortened !== undefined) {
      this.refused.push({ name: path, reason: `is damaged: ${shortened.seconds.toFixed(1)} s of it are used.` });
    }
  }

  private pictures(all: readonly PairContent[]) {
    const { channels } = this;
    const { size } = this.options;
    const length = size * size * channels;
    const pixels = new Uint8Array(all.length * length);
    for (const [i, { picture }] of all.entries()) {
      if (picture === undefined) continue;
      const raster = { width: size, height: size, channels: picture.channels, data: picture.pixels };
      pixels.set(picture.channels === channels ? picture.pixels : squarePixels(raster, size, channels), i * length);
    }
    return { modality: 'picture' as const, pixels, size, channels };
  }

  private sounds(all: readonly PairContent[]) {
    const sourceRate = Math.min(this.lowestRate, SOUND_RATE);
    const clips = storeClips(all.map(({ sound }) => sound ?? new Int16Array()));
    return { modality: 'sound' as const, clips, seconds: this.options.clip.seconds, sourceRate };
  }

  private async captions(all: readonly PairContent[], pace: Pace) {
    const texts = all.map(({ text }) => text ?? '');
    const { words, tokens: kind, vocabulary: size, lower } = this.options.text;
    this.vocabulary ??= await pace.finish('Learning the vocabulary', learningVocabulary(texts, { kind, size, lower }));
    const there = texts.filter((text) => text !== '');
    await pace.finish('Reading captions in their vocabulary', this.said.counting(there, this.vocabulary));
    return { modality: 'text' as const, words, texts: storeTexts(texts), vocabulary: this.vocabulary };
  }
}

function boundNote(count: number): string {
  return `${countText(count)} pairs share a picture or a sound with others, byte for byte: such are held out together or not at all.`;
}

function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
