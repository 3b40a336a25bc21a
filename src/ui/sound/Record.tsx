/** Recording from the microphone, as another way to bring sounds. */
import { Mic, Square } from 'lucide-react';
import { formatCount } from '../format.ts';
import { MOST_SECONDS, record, stopRecording, useRecorder } from './recorder.ts';

export function Record({ onFile }: { onFile(file: File): void }) {
  const is = useRecorder((state) => state.is);
  return (
    <>
      {is === 'recording' ? (
        <button type="button" className="button picker record" onClick={stopRecording}>
          <Square size={14} aria-hidden="true" />
          Stop
        </button>
      ) : (
        <button
          type="button"
          className="button picker record"
          disabled={is === 'asking'}
          title="Records from the microphone, for a minute at most. The recording stays on this computer."
          onClick={() => void record(onFile)}
        >
          <Mic size={14} aria-hidden="true" />
          {is === 'asking' ? 'Asking…' : 'Record'}
        </button>
      )}
      <Meter />
      <Words />
    </>
  );
}

function Meter() {
  const seconds = useRecorder((state) => Math.floor(state.seconds));
  const level = useRecorder((state) => (state.is === 'recording' ? state.level : null));
  const clipped = useRecorder((state) => state.clipped);
  if (level === null) return null;
  const percent = Math.round(100 * level);
  return (
    <div className="recording">
      <meter className="visually-hidden" aria-label="Level" max={100} value={percent} />
      <div className="level" aria-hidden="true">
        <span className="level-bar" data-clipped={clipped || undefined} style={{ width: `${percent}%` }} />
      </div>
      <span>
        {formatCount(seconds)} of {MOST_SECONDS} s
      </span>
    </div>
  );
}

/** What went wrong, or is to be known of the recording. */
function Words() {
  const problem = useRecorder((state) => state.problem);
  const clipped = useRecorder((state) => state.clipped);
  const processing = useRecorder((state) => state.processing);
  const words = [
    problem,
    clipped ? 'Too loud: the tips of the sound are cut off.' : null,
    processing.length === 0 ? null : `The browser keeps ${processing.join(' and ')} on: it does not sound as it was.`,
  ].filter((line) => line !== null);
  return (
    <output className="record-words small" data-problem={problem !== null || undefined}>
      {words.join(' ')}
    </output>
  );
}
