/** Pairs that somebody brought: every member is cut as samples of its kind are, where a sample has it. */
import { BadDataError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { zerosLike } from '../../base/zerosLike.ts';
import type { Sense } from '../../config/modalities/names.ts';
import { pair, sensesOf } from '../../config/modalities/pair.ts';
import { tokensOf } from '../../config/modalities.ts';
import { oneSense } from '../../config/oneSense.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Members, PatchBatch } from '../../objectives/objective.ts';
import type { Gallery, GalleryMembers } from '../gallery.ts';
import type { Statistics } from '../learnedStatistics.ts';
import type { CutMember, MemberQuery } from '../memberQuery.ts';
import { selectPictures } from '../pictures.ts';
import { PictureTokenizer } from '../pictureTokenizer.ts';
import { selectLabels } from '../sampleSet.ts';
import { type SoundSet, selectClips } from '../sound/soundSet.ts';
import { SoundTokenizer } from '../sound/soundTokenizer.ts';
import { TextTokenizer } from '../text/textTokenizer.ts';
import type { Look, Tokenizer } from '../tokenizer.ts';
import { type BroughtPairs, isDrawn, type PairedSet, pairText, pairTraits } from './pairedSet.ts';

interface Tokenizers {
  picture?: PictureTokenizer;
  sound?: SoundTokenizer;
  text?: TextTokenizer;
}

type Looks = Readonly<Partial<Record<Sense, Look>>>;

export class BroughtPairTokenizer implements Tokenizer {
  readonly tokens;
  readonly statistics: Statistics;
  readonly raster;
  private readonly senses: readonly Sense[];
  private readonly own: Tokenizers;

  /** Throws BadDataError where the settings ask for senses that the files do not have. */
  constructor(config: RunConfig, train: PairedSet & { content: BroughtPairs }) {
    const { members } = train.content;
    const problem = pair.unfit?.(config, pairText(train));
    if (problem !== undefined) throw new BadDataError(problem);
    this.tokens = tokensOf(config, pairTraits(train));
    this.senses = sensesOf(config);
    const { picture, sound, text } = Object.fromEntries(
      this.senses.map((sense) => [sense, members[sense]]),
    ) as BroughtPairs['members'];
    this.own = {
      ...(picture && {
        picture: new PictureTokenizer(oneSense(config, 'picture'), selectPictures(picture, hasIt(train, 'picture'))),
      }),
      ...(sound && { sound: new SoundTokenizer(oneSense(config, 'sound'), selectClips(sound, hasIt(train, 'sound'))) }),
      ...(text && { text: new TextTokenizer(oneSense(config, 'text'), text) }),
    };
    const [first] = this.all();
    this.raster = first.raster;
    this.statistics = {
      mean: this.all().flatMap(({ statistics }) => statistics.mean),
      deviation: this.all().flatMap(({ statistics }) => statistics.deviation),
    };
  }

  get recipe() {
    return { modality: 'pair', members: this.all().map(({ recipe }) => recipe) };
  }

  look(live: RunConfig, random: Random): Looks {
    return Object.fromEntries(this.senses.map((sense) => [sense, this.own[sense]?.look(live, random)]));
  }

  cut(set: PairedSet, indices: ArrayLike<number>, looks?: readonly Looks[]): PatchBatch {
    const members = Object.fromEntries(this.senses.map((sense) => [sense, this.member(sense, set, indices, looks)]));
    return {
      values: new Float32Array(),
      count: indices.length,
      patches: this.tokens.count,
      patchLength: 0,
      ...selectLabels(set, indices),
      members: members as Members,
    };
  }

  cutMember(query: MemberQuery): CutMember {
    const tokenizer: Tokenizer | undefined = this.own[query.sense];
    if (tokenizer?.cutMember === undefined) throw new BadDataError(`These samples have no ${query.sense}s to compare with.`);
    return tokenizer.cutMember(query);
  }

  draw(tokens: Float32Array): Uint8Array {
    const [first] = this.all();
    return first.draw(tokens);
  }

  drawMember(sense: Sense, tokens: Float32Array): Uint8Array {
    const tokenizer = this.own[sense];
    if (tokenizer === undefined) throw new Error(`the samples have no ${sense}`);
    return tokenizer.draw(tokens);
  }

  gallery(set: PairedSet): Gallery {
    const { count, classes, labels, modality } = set;
    const shared = { count, classes, ...(labels === undefined ? {} : { labels }) };
    const { picture, sound, text } = brought(set).members;
    const galleries = {
      picture: picture && this.own.picture?.gallery(picture),
      sound: sound && this.soundGallery(set, sound),
      text: text && this.own.text?.gallery(text),
    };
    const members: GalleryMembers = {
      ...(galleries.picture && { picture: galleries.picture }),
      ...(galleries.sound && { sound: galleries.sound }),
      ...(galleries.text?.text && { text: galleries.text.text }),
    };
    const { pixels, width, height, channels } = galleries.picture ?? galleries.sound ?? (galleries.text as Gallery);
    return { ...shared, modality, pixels, width, height, channels, members, present: set.present };
  }

  /** Samples without a sound have a blank spectrogram and no clip. */
  private soundGallery(set: PairedSet, sounds: SoundSet): GalleryMembers['sound'] {
    const tokenizer = this.own.sound;
    if (tokenizer === undefined) return undefined;
    const present = hasIt(set, 'sound');
    const some = tokenizer.gallery(selectClips(sounds, present));
    const { width, height, channels } = some;
    const length = width * height * channels;
    const pixels = new Uint8Array(set.count * length);
    for (const [k, index] of present.entries()) {
      pixels.set(some.pixels.subarray(k * length, (k + 1) * length), index * length);
    }
    return { pixels, width, height, channels, clips: clipsOf(sounds) };
  }

  private member(sense: Sense, set: PairedSet, indices: ArrayLike<number>, looks: readonly Looks[] | undefined): PatchBatch {
    const tokenizer = this.own[sense];
    const samples = brought(set).members[sense];
    if (tokenizer === undefined || samples === undefined) throw new Error(`the samples have no ${sense}`);
    const flags = set.present[sense];
    const places = Array.from(indices, (_, i) => i).filter((i) => flags?.[indices[i]] !== 0);
    const some = (tokenizer as Tokenizer).cut(
      samples,
      places.map((i) => indices[i]),
      looks && places.map((i) => looks[i][sense]),
    );
    if (places.length === indices.length) return some;
    const { patches, patchLength } = some;
    const size = patches * patchLength;
    const values = zerosLike(some.values, indices.length * size);
    const present = new Uint8Array(indices.length);
    places.forEach((i, k) => {
      values.set(some.values.subarray(k * size, (k + 1) * size), i * size);
      present[i] = 1;
    });
    return { values, count: indices.length, patches, patchLength, present };
  }

  private all(): Tokenizer[] {
    return this.senses.flatMap((sense) => this.own[sense] ?? []);
  }
}

function hasIt({ count, present }: PairedSet, sense: Sense): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => present[sense]?.[i] !== 0);
}

function brought({ content }: PairedSet): BroughtPairs {
  if (isDrawn(content)) throw new Error('these pairs are built in');
  return content;
}

function clipsOf({ clips }: SoundSet) {
  if ('samples' in clips) return clips;
  throw new Error('somebody’s own sounds are stored');
}
