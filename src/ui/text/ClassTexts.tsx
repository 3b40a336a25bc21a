/** What a classifier takes texts for, and what each word has to do with it. */
import { useMemo } from 'react';
import type { ClassifiedSample } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { AnswerList } from '../AnswerList.tsx';
import { rowClass, rowName } from '../modalities/sampleNames.ts';
import { wordsOf } from './readable.ts';
import { ShadedText } from './ShadedText.tsx';
import { StoryHead } from './StoryHead.tsx';
import { NOT_THERE, shownTexts, useSample } from './useSample.ts';

export function ClassTexts({ info }: { info: RunInfo }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="text-board" tabIndex={0} aria-label="Texts of the board">
      {shownTexts(info).map((index) => (
        <ClassText key={index} info={info} index={index} />
      ))}
    </section>
  );
}

function ClassText({ info, index }: { info: RunInfo; index: number }) {
  const sample = useSample('classes', info, index);
  const words = useMemo(() => wordsOf(info.board, index), [info.board, index]);
  const name = rowName(index, info);
  const shades = useMemo(() => sharesOf(sample, words.length), [sample, words.length]);
  if (sample === null) return <StoryHead name={name} said={NOT_THERE} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="story-row class-text" role="group" aria-label={name}>
      <StoryHead name={name} className={rowClass(info, index)} said="" />
      <ShadedText words={words} shades={shades} what="share of the first answer" label={`${name}: the text`} />
      <AnswerList sample={sample} classes={info.classes} label={`${name}: most probable classes`} />
    </div>
  );
}

/** How much less probable the first answer is without each word, by the largest of the text; NaN where it was not asked. */
function sharesOf(sample: ClassifiedSample | null, count: number): Float32Array {
  const shares = sample?.shares?.subarray(0, count) ?? new Float32Array(count).fill(Number.NaN);
  const most = shares.reduce((largest, share) => Math.max(largest, Math.abs(share)), 0);
  return most > 0 ? shares.map((share) => share / most) : shares;
}
