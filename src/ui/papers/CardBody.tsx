/** All of a card: its charts, its verdicts, the scales, and how to repeat it. */
import { useId, useState } from 'react';
import type { FigureCard } from '../../config/figures/card.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { FigureLines } from '../../metrics/figureLines.ts';
import { Toggles } from '../controls/Toggles.tsx';
import { CardCharts } from './CardCharts.tsx';
import { CardNumbers } from './CardNumbers.tsx';
import { CardRun } from './CardRun.tsx';
import type { RunningCard } from './cardRunners.ts';
import { Scales } from './Scales.tsx';
import type { CardSamples } from './samples.ts';
import type { Shown } from './shown.ts';
import { Verdicts } from './Verdicts.tsx';
import '../styles/cardBody.css';

interface Props {
  card: FigureCard;
  running: RunningCard;
  shown: readonly Shown[];
  samples: CardSamples;
}

const NOTHING: FigureLines = {};

export function CardBody({ card, running, shown, samples }: Props) {
  const id = useId();
  const [wanted, want] = useState<string | null>(null);
  const looked = shown.find(({ whose }) => whose === wanted) ?? shown[0];
  const form = looked?.form ?? card.sizes.quick;
  const lines = looked?.lines ?? NOTHING;
  const said = looked?.said ?? 'What was measured here will stand beside what was expected.';
  const version = looked?.result?.version ?? RESULTS_VERSION;
  return (
    <>
      <div className="card-source-choice">
        <p id={id} className="small">
          {said}
          {looked?.whose === 'yours' && '. One seed tells no difference: Careful runs have three.'}
          {looked?.whose === 'ours' && '. Marks through a point: standard deviation over seeds.'}
        </p>
        {shown.length > 1 && (
          <Toggles
            labelledBy={id}
            value={looked?.whose ?? 'ours'}
            disabled={false}
            options={[
              ['yours', 'Your run'],
              ['ours', 'Measured by us'],
            ]}
            onChange={want}
          />
        )}
      </div>
      {version !== RESULTS_VERSION && (
        <p className="study-problem">These numbers are of another version of Patchwork, which computed other ones.</p>
      )}
      <CardCharts card={card} form={form} lines={lines} source={said} />
      <Verdicts card={card} form={form} {...(looked && { lines })} />
      <CardNumbers card={card} form={form} lines={lines} />
      <Scales card={card} form={form} />
      <CardRun card={card} running={running} samples={samples} {...(looked && { looked })} />
    </>
  );
}
