/** The board of a run on texts: what is read stands in lines, not in drawings. */
import type { BoardReport } from '../../trainer/reports.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import type { Fill } from '../modalities/extras.ts';
import { ClassTexts } from './ClassTexts.tsx';
import { ClozeBoard } from './ClozeBoard.tsx';
import { LatentTexts } from './LatentTexts.tsx';
import { OrderBoard } from './OrderBoard.tsx';

interface Props {
  info: RunInfo;
  kind: BoardReport['kind'];
  onFill: Fill;
}

export function TextBoard({ info, kind, onFill }: Props) {
  switch (kind) {
    case 'cloze':
      return <ClozeBoard info={info} onFill={onFill} />;
    case 'jigsaw':
      return <OrderBoard info={info} />;
    case 'latents':
      return <LatentTexts info={info} />;
    case 'classes':
      return <ClassTexts info={info} />;
    case 'painting':
    case 'pairs':
    case 'senses':
    case 'switchboard':
      return <p className="muted">Words are guessed, not painted.</p>;
    default:
      return kind satisfies never;
  }
}
