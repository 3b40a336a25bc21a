/** One head on one text of the board. */

import { type ReactNode, useMemo } from 'react';
import { inWordsOf } from '../../config/inWords.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { headMaps } from '../store/attention.ts';
import { selectInfo } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { evenly, type Looking, lookingOf } from './looking.ts';
import { wordsOf } from './readable.ts';
import { WordMap } from './WordMap.tsx';

interface Props {
  /** Chooses the text. */
  picker: ReactNode;
  onQuery(place: number): void;
}

export function TextAttention(props: Props) {
  const info = useApp(selectInfo);
  return <div className="text-attention">{info !== null && <OneText info={info} {...props} />}</div>;
}

function OneText({ info, picker, onQuery }: Props & { info: RunInfo }) {
  const attention = useApp((state) => state.attention);
  const { sample } = attention;
  const words = useMemo(() => wordsOf(info.board, sample), [info.board, sample]);
  const maps = useMemo(() => headMaps(attention), [attention]);
  const places = info.tokens.count;
  const query = Math.min(attention.query, words.length - 1);
  const row = maps?.subarray(query * places, (query + 1) * places);
  return (
    <>
      <WordMap words={words} places={places} maps={maps} query={query} onQuery={onQuery} />
      <div className="attention-caption small">
        {picker}
        {row !== undefined && query >= 0 && (
          <Said text={inWordsOf(info.config, sayLooking(lookingOf(row, query, words), evenly(query, words)))} />
        )}
      </div>
    </>
  );
}

function Said({ text }: { text: string }) {
  return (
    <span className="muted" title={text}>
      {text}
    </span>
  );
}

/** "12.3 words away (evenly 17.1), 1.8 sentences (2.2), 4 % on empty places". */
function sayLooking(own: Looking, even: Looking): string {
  if (Number.isNaN(own.words)) return 'looks at empty places only';
  const words = `${own.words.toFixed(1)} words away (evenly ${even.words.toFixed(1)})`;
  const sentences = `${own.sentences.toFixed(1)} sentences (${even.sentences.toFixed(1)})`;
  const empty = Math.round(100 * own.empty);
  return empty === 0 ? `${words}, ${sentences}` : `${words}, ${sentences}, ${empty} % on empty places`;
}
