/** What can be heard of a drawing. */
import { sidesOf } from '../../config/modalities/tokens.ts';
import { type Gallery, type GallerySound, rasterAt } from '../../data/gallery.ts';
import { HOLE, joinPieces } from '../../data/sound/joinPieces.ts';
import { plural } from '../format.ts';
import { type DrawingProps, NOTHING, type Shown } from '../modalities/extras.ts';
import { pasted, type Raster, rearranged, visible } from './rasters.ts';
import { drawnSound } from './resynthesis.ts';

export interface Heard {
  /** "the placement of sample 2". */
  what: string;
  /** Said while it sounds. */
  caption: string;
  /** The drawing whose piece is lit meanwhile, among all that are on the page. */
  drawing: string;
  rate: number;
  /** It is not the waveform, but what the drawing tells of it. */
  isDrawn: boolean;
  /** Samples, -1 to 1. */
  make(signal: AbortSignal): Float32Array<ArrayBuffer> | Promise<Float32Array<ArrayBuffer>>;
}

type Place = Pick<DrawingProps, 'set' | 'index' | 'shown' | 'name'>;

/** Of shorter pieces in a wrong order nothing is heard but a buzz (sound.md 8). */
const SHORTEST_HEARD_SECONDS = 0.02;

export function drawingName({ name, shown }: Pick<DrawingProps, 'name' | 'shown'>): string {
  return `${name}: ${shown.is}`;
}

/** What there is to hear: of an original the waveform, and what its drawing tells of it. */
export function heardOf({ set, index, shown, name }: Place): Heard[] {
  const { sound } = set;
  if (sound === undefined || index >= set.count) return [];
  const clip = clipOf(sound, index);
  const one = (words: string, saying: string, make: Heard['make'], isDrawn = false): Heard => ({
    what: words === '' ? lowered(name) : `${words} of ${lowered(name)}`,
    caption: `${name}${saying === '' ? '' : `, ${saying}`}`,
    drawing: drawingName({ name, shown }),
    rate: sound.rate,
    isDrawn,
    make,
  });
  const drawn =
    (pixels: () => Uint8Array): Heard['make'] =>
    (signal) =>
      drawnSound({ frontEnd: sound.frontEnd, raster: pixels(), scale: sound.scale, samples: clip.length, seed: SEED }, signal);
  const raster = rasterOf(set, index);
  const { bins } = sound.frontEnd;
  switch (shown.is) {
    case 'whole':
      return [one('', '', () => waveformOf(clip))];
    case 'truth':
      return [one('the truth', 'the truth', () => waveformOf(clip))];
    case 'original': {
      const original = one('the original', 'the original', () => waveformOf(clip));
      const words = `through ${bins} ${bands(sound)}`;
      const through = one(
        `the original ${words}`,
        `the original ${words}: its phase is made up`,
        drawn(() => raster.pixels),
        true,
      );
      return shown.compared ? [original, through] : [original];
    }
    case 'shuffled':
    case 'argmax':
    case 'assignment': {
      if (shown.is === 'shuffled' && clip.length / sound.rate / sidesOf(shown.grid)[1] < SHORTEST_HEARD_SECONDS) return [];
      return [one(NAMES[shown.is], arrangedWords(shown, sound), arranged(clip, raster, shown, drawn), isPicture(shown))];
    }
    case 'masked':
      return [one('what is left', maskedWords(shown), arranged(clip, raster, { ...shown, cells: visible(shown.mask) }, drawn))];
    case 'prediction':
      return [
        one(
          'the prediction',
          `the prediction, visible pieces too: ${madeUp(shown.borrowed)}`,
          drawn(() => shown.raster),
          true,
        ),
      ];
    case 'pasted':
      return [
        one(
          'the prediction with the visible pieces',
          `the prediction with the visible pieces: ${madeUp(shown.borrowed)}`,
          drawn(() => pasted(raster, shown.raster, shown.mask, shown.grid)),
          true,
        ),
      ];
  }
  return shown satisfies never;
}

/** Of every phase that is made up: what is compared differs in nothing else. */
const SEED = 1;

const NAMES = { shuffled: 'the shuffled pieces', argmax: 'the placement', assignment: 'the placement' } as const;

type Arranged = Extract<Shown, { cells: unknown }>;

function arrangedWords({ is, cells, grid }: Arranged, sound: GallerySound): string {
  const holes = cells.filter((patch) => patch === NOTHING).length;
  const silent = holes === 0 ? '' : `: ${plural(holes, is === 'shuffled' ? 'missing piece' : 'hole')} silent`;
  const through = sidesOf(grid)[0] > 1 ? `, through ${sound.frontEnd.bins} ${bands(sound)}` : '';
  switch (is) {
    case 'shuffled':
      return `shuffled${through}${silent}`;
    case 'argmax':
      return `the placement${through}${silent}`;
    case 'assignment':
      return `the placement, solved whole${through}${silent}`;
  }
  return is satisfies never;
}

function maskedWords({ mask, grid }: Extract<Shown, { is: 'masked' }>): string {
  const removed = mask.reduce((sum, one) => sum + one, 0);
  const through = sidesOf(grid)[0] > 1 ? ', through its bands' : '';
  return `masked${through}: ${removed} of ${mask.length} pieces silent`;
}

function madeUp(borrowed: boolean): string {
  return borrowed ? 'its phase is made up, loudness and spread borrowed from the truth' : 'its phase is made up';
}

function bands({ frontEnd }: GallerySound): string {
  return frontEnd.features === 'mfcc' ? 'coefficients' : 'bands';
}

/** Patches of a picture have no waveform of their own. */
function isPicture({ grid }: { grid: Arranged['grid'] }): boolean {
  return sidesOf(grid)[0] > 1;
}

function arranged(
  clip: Int16Array,
  raster: Raster,
  { cells, grid }: Pick<Arranged, 'cells' | 'grid'>,
  drawn: (pixels: () => Uint8Array) => Heard['make'],
): Heard['make'] {
  if (isPicture({ grid })) return drawn(() => rearranged(raster, cells, grid));
  return () =>
    joinPieces(
      clip,
      cells.map((patch) => (patch === NOTHING ? HOLE : patch)),
    );
}

function waveformOf(clip: Int16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(clip, (sample) => sample / 32_768);
}

function clipOf({ samples, starts }: GallerySound, index: number): Int16Array {
  return samples.subarray(starts[index], starts[index + 1]);
}

function rasterOf(set: Gallery, index: number): Raster {
  return { pixels: rasterAt(set, index), width: set.width, height: set.height };
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
