/** One head on one text of the board. */

import { useMemo } from 'react';
import { inWordsOf } from '../../config/inWords.ts';
import type { AttentionProps } from '../modalities/extras.ts';
import { viewWords } from '../modalities/registry.ts';
import { headMaps } from '../store/attention.ts';
import { useApp } from '../store/store.ts';
import { evenly, type Looking, lookingOf } from './looking.ts';
import { wordsOf } from './readable.ts';
import { WordMap } from './WordMap.tsx';

export function TextAttention(props: AttentionProps) {
  return (
    <div className="text-attention">
      <OneText {...props} />
    </div>
  );
}

function OneText({ looked: { set, cut }, picker, onQuery }: AttentionProps) {
  const attention = useApp((state) => state.attention);
  const { sample } = attention;
  const words = useMemo(() => wordsOf(set, sample), [set, sample]);
  const maps = useMemo(() => headMaps(attention), [attention]);
  const places = cut.tokens.count;
  const query = Math.min(attention.query, words.length - 1);
  const row = maps?.subarray(query * places, (query + 1) * places);
  const { token } = viewWords(cut.config);
  return (
    <>
      <WordMap words={words} places={places} maps={maps} query={query} token={token} onQuery={onQuery} />
      <div className="attention-caption small">
        {picker}
        {row !== undefined && query >= 0 && (
          <Said text={inWordsOf(cut.config, sayLooking(lookingOf(row, query, words), evenly(query, words)))} />
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

/** "12.3 words away (evenly 17.1), 1.8 sentences (2.2), 4 % on empty places"; of one sentence there are no others to look at. */
function sayLooking(own: Looking, even: Looking): string {
  if (Number.isNaN(own.words)) return 'looks at empty places only';
  const empty = Math.round(100 * own.empty);
  return [
    `${own.words.toFixed(1)} words away (evenly ${even.words.toFixed(1)})`,
    ...(even.sentences > 0 ? [`${own.sentences.toFixed(1)} sentences (${even.sentences.toFixed(1)})`] : []),
    ...(empty === 0 ? [] : [`${empty} % on empty places`]),
  ].join(', ');
}
