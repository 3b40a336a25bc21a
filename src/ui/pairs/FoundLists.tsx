/** The nearest things, sense by sense. */
import type { Found } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import { formatCount } from '../format.ts';
import { Member } from './Member.tsx';

const HEIGHT = 40;

export function FoundLists({ info, found: { lists, shown, of, asked, truth, step, notes } }: { info: RunInfo; found: Found }) {
  const name = (label: number | undefined): string => (label === undefined ? '' : (info.classes[label] ?? ''));
  return (
    <>
      {lists.map(({ sense, nearest }) => (
        <section key={sense} className="found" aria-label={`Nearest by ${sense}`}>
          <h3 className="small">Nearest by {sense}</h3>
          <ol className="found-list">
            {nearest.map(({ index, cosine }, rank) => {
              const label = shown.labels?.[index];
              const verdict = truth === undefined || label === undefined ? undefined : label === truth ? 'right' : 'wrong';
              return (
                <li key={index} className="found-thing" data-verdict={verdict}>
                  <Member
                    set={shown}
                    index={index}
                    sense={sense}
                    height={HEIGHT}
                    name={`Found by ${sense}, number ${rank + 1}`}
                  />
                  <span className="found-words">
                    {name(label)} <span className="muted">{cosine.toFixed(2)}</span>
                    {verdict !== undefined && (
                      <span className="visually-hidden">, {verdict === 'right' ? 'same class' : 'other class'}</span>
                    )}
                  </span>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
      <p className="small muted">
        Asked with {asked.join(' + ')} at step {formatCount(step)}, of {formatCount(of)} held-out samples; cosines.{' '}
        {notes.join(' ')}
      </p>
    </>
  );
}
