/** A few training texts, each by its beginning: as high as a row of drawings. */
import type { Gallery } from '../../data/gallery.ts';

/** Words of a tile. */
const WORDS = 12;
/** Tiles that stand side by side. */
const TILES = 2;

export function TextTiles({ set }: { set: Gallery }) {
  return (
    <ul className="text-tiles" aria-label={`${Math.min(TILES, set.count)} of the training texts`}>
      {set.text?.texts.slice(0, TILES).map((text) => (
        <li key={text} dir="auto">
          {beginning(text)}
        </li>
      ))}
    </ul>
  );
}

/** The first words of a text. */
export function beginning(text: string): string {
  const words = text.trim().split(/\s+/u);
  return words.length > WORDS ? `${words.slice(0, WORDS).join(' ')} …` : words.join(' ');
}
