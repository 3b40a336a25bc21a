/** How near the student's predictions are to the teacher's targets, word by word. */

import { useMemo } from 'react';
import type { RunInfo } from '../../worker/protocol.ts';
import { formatNumber } from '../format.ts';
import { viewWords } from '../modalities/registry.ts';
import { rowClass, rowName } from '../modalities/sampleNames.ts';
import { wordsOf } from './readable.ts';
import { ShadedText } from './ShadedText.tsx';
import { StoryHead } from './StoryHead.tsx';
import { NOT_THERE, shownTexts, useSample } from './useSample.ts';

export function LatentTexts({ info }: { info: RunInfo }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="text-board" tabIndex={0} aria-label="Texts of the board">
      {shownTexts(info).map((index) => (
        <LatentText key={index} info={info} index={index} />
      ))}
    </section>
  );
}

function LatentText({ info, index }: { info: RunInfo; index: number }) {
  const sample = useSample('latents', info, index);
  const words = useMemo(() => wordsOf(info.board, index), [info.board, index]);
  const name = rowName(index, info);
  if (sample === null) return <StoryHead name={name} said={NOT_THERE} />;
  const { cosine, other } = sample;
  const hidden = words.filter((_, place) => sample.mask[place] === 1).length;
  const { token, tokens } = viewWords(info.config);
  const others = `with another ${token}’s target`;
  const apart = other === undefined ? '' : `, ${others} ${formatNumber(meanOf(other))}`;
  const said = `cosine ${formatNumber(meanOf(cosine))}${apart}; ${hidden} of ${words.length} ${tokens} hidden`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="story-row" role="group" aria-label={name}>
      <StoryHead name={name} className={rowClass(info, index)} said={said} />
      <ShadedText
        words={words}
        shades={cosine}
        what="cosine"
        {...(other === undefined ? {} : { below: { shades: other, what: others } })}
        label={`${name}: ${said}`}
      />
    </div>
  );
}

/** Of the words that were predicted; NaN when none was. */
function meanOf(values: Float32Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
