/** Runs that were begun and not finished: written as they went, ten of them at most. */
import { BookmarkPlus, Play, Trash2 } from 'lucide-react';
import { useController } from '../controller/context.ts';
import { formatBytes, formatCount } from '../format.ts';
import { goTo, RUN_ADDRESS } from '../place.ts';
import type { KeptRun } from '../store/runs.ts';
import { useApp } from '../store/store.ts';
import { formatDate } from './csv.ts';

interface Props {
  runs: readonly KeptRun[];
  remove(run: KeptRun): void;
}

export function Unfinished({ runs, remove }: Props) {
  return (
    <section className="unfinished" aria-label="Not finished">
      <h3>Not finished</h3>
      <p className="small muted">
        Written as they train, the ten newest. Go on opens one at its step; Keep puts it among the runs above, where nothing makes
        room for others.
      </p>
      <ul>
        {runs.map((run) => (
          <li key={run.id} data-run={run.id}>
            <Row run={run} remove={() => remove(run)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ run, remove }: { run: KeptRun; remove(): void }) {
  const isHere = useApp((state) => state.keeping.id === run.id);
  const { kept } = useController();
  const { id, name, standing, step, totalSteps, keptAt, bytes } = run;
  const isWhole = standing === 'unfinished' || standing === 'finished';
  return (
    <>
      <span className="unfinished-name">{name}</span>
      <span className="unfinished-facts muted">
        {isWhole ? `step ${formatCount(step)} of ${formatCount(totalSteps)}` : STANDINGS[standing]}, {formatDate(keptAt)},{' '}
        {formatBytes(bytes)}
      </span>
      <span className="unfinished-buttons">
        {isHere && <span className="muted">under way here</span>}
        {!isHere && isWhole && (
          <button
            type="button"
            className="button small-button"
            aria-label={`Go on with ${name}`}
            onClick={() => {
              void kept.open(id);
              goTo(RUN_ADDRESS);
            }}
          >
            <Play size={12} aria-hidden="true" />
            Go on
          </button>
        )}
        {!isHere && isWhole && (
          <button type="button" className="button small-button" aria-label={`Keep ${name}`} onClick={() => void kept.want(id)}>
            <BookmarkPlus size={12} aria-hidden="true" />
            Keep
          </button>
        )}
        {standing === 'damaged' && (
          <button type="button" className="button small-button" onClick={() => void kept.save(id)}>
            Save what is there
          </button>
        )}
        {!isHere && (
          <button type="button" className="icon-button delete-run" aria-label={`Delete ${name}`} onClick={remove}>
            <Trash2 size={14} aria-hidden="true" />
          </button>
        )}
      </span>
    </>
  );
}

const STANDINGS = {
  damaged: 'damaged: nothing of it is whole',
  newer: 'saved by a newer Patchwork, and left alone',
} as const;
