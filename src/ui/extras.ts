/** What modalities add to the drawings of their samples, where there is more to them than can be seen. Comes when it is needed. */
import type { ModalityName } from '../config/modalities.ts';
import type { Extras } from './modalities/extras.ts';
import { lazyPart } from './parts/lazyPart.tsx';

const hearing = () => import('./sound/parts.ts');
const reading = () => import('./text/parts.ts');
const pairing = () => import('./pairs/parts.ts');

const EXTRAS: Readonly<Partial<Record<ModalityName, Extras>>> = {
  picture: {
    Source: lazyPart(async () => ({ default: (await import('./picture/Camera.tsx')).Camera })),
  },
  sound: {
    About: lazyPart(async () => ({ default: (await hearing()).AboutHearing })),
    Beside: lazyPart(async () => ({ default: (await hearing()).PlayButtons })),
    Over: lazyPart(async () => ({ default: (await hearing()).Playhead })),
    Below: lazyPart(async () => ({ default: (await hearing()).TimeScale })),
    Line: lazyPart(async () => ({ default: (await hearing()).Caption })),
    Source: lazyPart(async () => ({ default: (await hearing()).Record })),
  },
  text: {
    instead: {
      Board: lazyPart(async () => ({ default: (await reading()).TextBoard })),
      placesLegend: true,
      About: lazyPart(async () => ({ default: (await reading()).AboutTexts })),
      Attention: lazyPart(async () => ({ default: (await reading()).TextAttention })),
      Samples: lazyPart(async () => ({ default: (await reading()).TextTiles })),
      Cut: lazyPart(async () => ({ default: (await reading()).TokensButton })),
    },
  },
  pair: {
    instead: {
      Board: lazyPart(async () => ({ default: (await pairing()).PairBoard })),
      About: lazyPart(async () => ({ default: (await pairing()).AboutPairs })),
      Samples: lazyPart(async () => ({ default: (await pairing()).PairTiles })),
      Retrieval: lazyPart(async () => ({ default: (await pairing()).Retrieval })),
    },
  },
};

export function extrasOf(modality: ModalityName): Extras | undefined {
  return EXTRAS[modality];
}
