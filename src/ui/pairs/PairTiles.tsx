/** A few training samples, each as its members, clean. */
import { SENSES } from '../../config/modalities.ts';
import type { Gallery } from '../../data/gallery.ts';
import { Member } from './Member.tsx';

const TILES = 2;
const HEIGHT = 32;

export function PairTiles({ set }: { set: Gallery }) {
  const count = Math.min(TILES, set.count);
  return (
    <ul className="pair-tiles" aria-label={`${count} of the training samples`}>
      {Array.from({ length: count }, (_, i) => i).map((index) => (
        <li key={index} className="pair-row">
          {SENSES.filter((sense) => set.members?.[sense] !== undefined).map((sense) => (
            <Member key={sense} set={set} index={index} sense={sense} height={HEIGHT} name={`Training sample ${index + 1}`} />
          ))}
        </li>
      ))}
    </ul>
  );
}
