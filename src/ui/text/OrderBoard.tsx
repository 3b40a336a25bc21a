/** Puzzles of words. */
import { useMemo } from 'react';
import type { RunInfo } from '../../worker/protocol.ts';
import { rowName } from '../modalities/sampleNames.ts';
import { useApp } from '../store/store.ts';
import { Order } from './Order.tsx';
import { NO_WORD } from './order.ts';
import { wordsOf } from './readable.ts';
import { StoryHead } from './StoryHead.tsx';
import { NOT_THERE, shownTexts, useSample } from './useSample.ts';

export function OrderBoard({ info }: { info: RunInfo }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="text-board" tabIndex={0} aria-label="Texts of the board">
      <div className="orders">
        {shownTexts(info).map((index) => (
          <OneOrder key={index} info={info} index={index} />
        ))}
      </div>
    </section>
  );
}

function OneOrder({ info, index }: { info: RunInfo; index: number }) {
  const sample = useSample('jigsaw', info, index);
  const placement = useApp(({ board }) => board.placement);
  const words = useMemo(() => wordsOf(info.board, index).map(({ text }) => text), [info.board, index]);
  const name = rowName(index, info);
  const places = useMemo(
    () => Array.from({ length: sample?.order.length ?? 0 }, (_, place) => words[place] ?? NO_WORD),
    [sample, words],
  );
  if (sample === null) return <StoryHead name={name} said={NOT_THERE} />;
  return <Order name={name} words={places} sample={sample} placement={placement} />;
}
