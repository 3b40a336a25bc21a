/** How far each head looks, and where one of them looks on one sample. */
import { useCallback } from 'react';
import { useController } from '../controller/context.ts';
import { extrasOf } from '../extras.ts';
import { useOnScreen } from '../hooks.ts';
import { selectInfo, selectLatestStep, selectModality } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useView, useWords } from '../store/useView.ts';
import { AttentionMap } from './attention/AttentionMap.tsx';
import { HeadGrid } from './attention/HeadGrid.tsx';
import { SamplePicker } from './attention/SamplePicker.tsx';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 700;

const selectDistances = (state: AppState) => state.curves.latest?.attentionDistance ?? null;
const selectUniform = (state: AppState) => state.curves.latest?.uniformDistance ?? null;

export function AttentionPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const distances = useAppSlowly(selectDistances, REDRAW_MILLISECONDS, isSeen);
  const uniform = useAppSlowly(selectUniform, REDRAW_MILLISECONDS, isSeen);
  const info = useApp(selectInfo);
  const { distance } = useView();
  const { view } = useController();
  const chooseQuery = useCallback((place: number) => view.chooseQuery(place), [view]);
  const instead = extrasOf(useApp(selectModality))?.instead;
  // Nobody looks at the heads of several encoders.
  if (instead !== undefined && instead.Attention === undefined) return null;
  const even = uniform === null || info === null ? null : distance(uniform, info);
  return (
    <Panel
      title="Attention locality"
      about={<About />}
      extra={<span className="fact">{even !== null && `dashed: spread evenly, ${even}`}</span>}
      className="attention-panel"
      frame={frame}
      live={selectLatestStep}
    >
      <div className="attention">
        <HeadGrid distances={distances} uniform={uniform} />
        {instead?.Attention === undefined ? (
          <AttentionMap isSeen={isSeen} />
        ) : (
          <instead.Attention picker={<SamplePicker />} onQuery={chooseQuery} />
        )}
      </div>
    </Panel>
  );
}

function About() {
  const { sample, samples, token, tokens } = useWords();
  return (
    <>
      <p>
        Each bar is one head: the mean distance, in {tokens}, between a {token} and what it attends to, over many held-out{' '}
        {samples}. The dashed line is attention that is spread evenly over the {sample}; shorter bars look nearby, longer ones far
        away.
      </p>
      <p>
        Click a head to see its attention on one {sample} of the board. Click a {token} of the first drawing to choose who is
        asking; in the second, the darker a {token} the more that query attends to it.
      </p>
    </>
  );
}
