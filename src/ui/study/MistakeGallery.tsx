/** Test samples that were taken for something else, the surest answers first. */
import type { Gallery } from '../../data/gallery.ts';
import { PictureCanvas } from '../canvas/PictureCanvas.tsx';
import { extrasOf } from '../extras.ts';
import { formatPercent } from '../format.ts';
import type { Size } from '../hooks.ts';
import { viewOf } from '../modalities/registry.ts';
import { isStrip } from '../modalities/view.ts';

export interface ShownMistake {
  /** Index into the pictures. */
  picture: number;
  truth: number;
  answer: number;
  confidence: number;
}

interface Props {
  pictures: Gallery;
  mistakes: readonly ShownMistake[];
  classes: readonly string[];
}

const WHOLE = { is: 'whole' } as const;
const SIDE = 64;
const STRIP_WIDTH = 160;
/** More would be scrolled past. */
const MOST = 12;

export function MistakeGallery({ pictures, mistakes, classes }: Props) {
  const { words, aspect } = viewOf(pictures.modality);
  if (mistakes.length === 0) {
    return <p className="small muted study-empty">Not one test {words.sample} was taken for something else.</p>;
  }
  const Beside = extrasOf(pictures.modality)?.Beside;
  const size = sizeOf(aspect(pictures));
  const name = (index: number): string => classes[index] ?? `class ${index + 1}`;
  return (
    <ul className="mistakes" style={{ '--least': `${Math.max(96, size.width)}px` }}>
      {mistakes.slice(0, MOST).map(({ picture, truth, answer, confidence }, rank) => (
        <li key={picture}>
          <span className="mistake-picture">
            <PictureCanvas set={pictures} index={picture} size={size} />
            {Beside !== undefined && <Beside set={pictures} index={picture} name={`Mistake ${rank + 1}`} shown={WHOLE} />}
          </span>
          <span className="mistake-text">
            <span className="mistake-answer" title={`Taken for ${name(answer)}`}>
              <span className="visually-hidden">taken for </span>
              {name(answer)}
            </span>
            <span title={`It is ${name(truth)}`}>
              <span className="visually-hidden">, </span>is {name(truth)}
            </span>
            <span className="muted">{formatPercent(confidence, 0)} sure</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** In CSS pixels. */
function sizeOf(aspect: number): Size {
  const width = isStrip(aspect) ? STRIP_WIDTH : SIDE * aspect;
  return { width, height: width / aspect };
}
