/** How far each head looks, and where one of them looks on one picture. */
import { useOnScreen } from '../hooks.ts';
import { selectLatestStep } from '../store/selectors.ts';
import type { AppState } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { AttentionMap } from './attention/AttentionMap.tsx';
import { HeadGrid } from './attention/HeadGrid.tsx';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 700;

const selectDistances = (state: AppState) => state.curves.latest?.attentionDistance ?? null;
const selectUniform = (state: AppState) => state.curves.latest?.uniformDistance ?? null;

export function AttentionPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const distances = useAppSlowly(selectDistances, REDRAW_MILLISECONDS, isSeen);
  const uniform = useAppSlowly(selectUniform, REDRAW_MILLISECONDS, isSeen);
  return (
    <Panel
      title="Attention locality"
      about={<About />}
      extra={<span className="fact">{uniform !== null && `dashed: spread evenly, ${uniform.toFixed(2)} patches`}</span>}
      className="attention-panel"
      frame={frame}
      live={selectLatestStep}
    >
      <div className="attention">
        <HeadGrid distances={distances} uniform={uniform} />
        <AttentionMap />
      </div>
    </Panel>
  );
}

function About() {
  return (
    <>
      <p>
        Each bar is one head: the mean distance, in patches, between a patch and what it attends to, over many held-out pictures.
        The dashed line is attention that is spread evenly over the picture; shorter bars look nearby, longer ones far away.
      </p>
      <p>
        Click a head to see its attention on one picture of the board. Click a patch of the left picture to choose who is asking;
        on the right, the darker a patch the more that query attends to it.
      </p>
    </>
  );
}
