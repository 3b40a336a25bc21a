/** What one asks with, and the nearest things of the other senses. */
import { useId } from 'react';
import { sensesOf } from '../../config/modalities/pair.ts';
import type { Sense } from '../../config/modalities.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { capital } from '../format.ts';
import type { RetrievalProps } from '../modalities/extras.ts';
import { FoundLists } from './FoundLists.tsx';
import { Member } from './Member.tsx';
import { OwnQuestion } from './OwnQuestion.tsx';

const HEIGHT = 40;
const SOURCES = [
  ['board', 'of the board'],
  ['own', 'your own'],
] as const;

export function Retrieval({ info, state, onLook, onFile }: RetrievalProps) {
  const id = useId();
  const { from, found, problem } = state;
  return (
    <div className="retrieval">
      <div className="retrieval-source">
        <span id={id}>Ask with a thing</span>
        <Toggles
          labelledBy={id}
          value={from}
          disabled={false}
          options={SOURCES}
          onChange={(source) => onLook({ from: source === 'own' ? 'own' : 'board' })}
        />
      </div>
      {from === 'board' ? (
        <OfBoard info={info} state={state} onLook={onLook} />
      ) : (
        <OwnQuestion info={info} state={state} onLook={onLook} onFile={onFile} />
      )}
      <p className="retrieval-problem small" role="alert">
        {problem}
      </p>
      {found !== null && <FoundLists info={info} found={found} />}
    </div>
  );
}

function OfBoard({ info: { board, config }, state: { sample, senses }, onLook }: Omit<RetrievalProps, 'onFile'>) {
  const all = sensesOf(config);
  const move = (by: number): void => onLook({ sample: (sample + by + board.count) % board.count });
  const toggle = (sense: Sense): void => {
    const next = all.filter((one) => (one === sense ? !senses.includes(one) : senses.includes(one)));
    // There is nothing to ask with without.
    if (next.length > 0) onLook({ senses: next });
  };
  return (
    <>
      <div className="switchboard-samples">
        <button type="button" className="button small-button" onClick={() => move(-1)}>
          Previous
        </button>
        <span className="switchboard-count">
          Sample {sample + 1} of {board.count}
        </span>
        <button type="button" className="button small-button" onClick={() => move(1)}>
          Next
        </button>
      </div>
      <div className="retrieval-members">
        {all.map((sense) => (
          <div key={sense} className="switchboard-sense" data-off={!senses.includes(sense) || undefined}>
            <button type="button" className="toggle alone" aria-pressed={senses.includes(sense)} onClick={() => toggle(sense)}>
              {capital(sense)}
            </button>
            <Member set={board} index={sample} sense={sense} height={HEIGHT} name={`Asked with sample ${sample + 1}`} />
          </div>
        ))}
      </div>
    </>
  );
}
