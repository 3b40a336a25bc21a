/** The board of a run on texts: what is read stands in lines, not in drawings. */
import type { ReactNode } from 'react';
import type { RunInfo } from '../../worker/protocol.ts';
import type { BoardProps } from '../modalities/extras.ts';
import { ClassTexts } from './ClassTexts.tsx';
import { ClozeBoard } from './ClozeBoard.tsx';
import { LatentTexts } from './LatentTexts.tsx';
import { OrderBoard } from './OrderBoard.tsx';

export function TextBoard(props: BoardProps) {
  const { info, kind, legend } = props;
  switch (kind) {
    case 'cloze':
      return <ClozeBoard {...props} />;
    case 'jigsaw':
      return <Plain legend={legend} of={OrderBoard} info={info} />;
    case 'latents':
      return <Plain legend={legend} of={LatentTexts} info={info} />;
    case 'classes':
      return <Plain legend={legend} of={ClassTexts} info={info} />;
    case 'painting':
    case 'pairs':
    case 'senses':
    case 'switchboard':
      return <p className="muted">Words are guessed, not painted.</p>;
    default:
      return kind satisfies never;
  }
}

interface PlainProps {
  legend: ReactNode;
  of(props: { info: RunInfo }): ReactNode;
  info: RunInfo;
}

function Plain({ legend, of: Texts, info }: PlainProps) {
  return (
    <>
      <div className="text-legend">{legend}</div>
      <Texts info={info} />
    </>
  );
}
