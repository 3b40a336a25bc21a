/** What is heard, in a line, for those who do not hear it too; and a way to keep it. */
import { Download } from 'lucide-react';
import { useEffect } from 'react';
import { wavFile } from '../../data/sound/wavFile.ts';
import { useApp } from '../store/store.ts';
import { forgetPlayed, usePlayer } from './player.ts';
import { to16Bit, wavName } from './wav.ts';

export function Caption({ onSave }: { onSave(bytes: Uint8Array, name: string): void }) {
  const said = usePlayer(({ now, last, problem }) => problem ?? (now ?? last)?.heard.caption ?? '');
  const state = usePlayer(({ now }) => now?.is ?? 'silent');
  const last = usePlayer((player) => player.last);
  // Another run has other samples, or another model, under the same names.
  const board = useApp(({ run }) => run.info?.board);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change that counts
  useEffect(() => forgetPlayed, [board]);
  return (
    <span className="heard" data-state={state}>
      <output className="heard-words" title={said}>
        {said}
      </output>
      {last !== null && (
        <button
          type="button"
          className="icon-button play-button"
          aria-label={`Save ${last.heard.what} as WAV`}
          title="Save what was played as WAV"
          onClick={() => onSave(wavFile(to16Bit(last.samples), last.heard.rate), wavName(last.heard.what))}
        >
          <Download size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
