/** How far each head looks, and where one of them looks on one sample; of several encoders, those of one sense at a time. */
import { useCallback, useMemo } from 'react';
import { useController } from '../controller/context.ts';
import { extrasOf } from '../extras.ts';
import { formatCount } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { lacks, lookedAt, lookedSenses } from '../modalities/looked.ts';
import { viewOf, viewWords } from '../modalities/registry.ts';
import { selectConfig, selectInfo, selectLatestStep } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { AboutAttention } from './attention/AboutAttention.tsx';
import { AttentionMap } from './attention/AttentionMap.tsx';
import { HeadGrid } from './attention/HeadGrid.tsx';
import { SamplePicker } from './attention/SamplePicker.tsx';
import { SenseSwitch } from './attention/SenseSwitch.tsx';
import { Panel } from './Panel.tsx';

const REDRAW_MILLISECONDS = 700;

/** Of the encoder that is looked at. */
function selectOwn({ curves: { latest }, attention: { sense } }: AppState) {
  return latest?.attentionBySense?.find((own) => own.sense === sense) ?? null;
}

const selectDistances = (state: AppState) =>
  state.attention.sense === null ? (state.curves.latest?.attentionDistance ?? null) : (selectOwn(state)?.distances ?? null);
const selectUniform = (state: AppState) =>
  state.attention.sense === null ? (state.curves.latest?.uniformDistance ?? null) : (selectOwn(state)?.uniform ?? null);
const selectSamples = (state: AppState) => selectOwn(state)?.samples ?? null;

export function AttentionPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const distances = useAppSlowly(selectDistances, REDRAW_MILLISECONDS, isSeen);
  const uniform = useAppSlowly(selectUniform, REDRAW_MILLISECONDS, isSeen);
  const samples = useAppSlowly(selectSamples, REDRAW_MILLISECONDS, isSeen);
  const info = useApp(selectInfo);
  const config = useApp(selectConfig);
  const sense = useApp((state) => state.attention.sense);
  const looked = useMemo(() => (info === null ? null : lookedAt(info, sense)), [info, sense]);
  const words = viewWords(looked?.cut.config ?? config);
  const even = uniform === null || looked === null ? null : viewOf(looked.cut.tokens.modality).distance(uniform, looked.cut);
  const of = samples === null ? '' : `mean of ${formatCount(samples)} held-out ${words.samples}; `;
  return (
    <Panel
      title="Attention locality"
      about={<AboutAttention words={words} hasSenses={sense !== null} />}
      extra={
        <>
          <span className="fact">{even !== null && `${of}dashed: spread evenly, ${even}`}</span>
          {info !== null && sense !== null && <SenseSwitch senses={lookedSenses(info)} sense={sense} />}
        </>
      }
      className="attention-panel"
      frame={frame}
      live={selectLatestStep}
    >
      <div className="attention">
        <HeadGrid looked={looked} distances={distances} uniform={uniform} />
        <OnOneSample isSeen={isSeen} />
      </div>
    </Panel>
  );
}

function OnOneSample({ isSeen }: { isSeen: boolean }) {
  const info = useApp(selectInfo);
  const { sense, sample } = useApp((state) => state.attention);
  const looked = useMemo(() => (info === null ? null : lookedAt(info, sense)), [info, sense]);
  const { view } = useController();
  const chooseQuery = useCallback((place: number) => view.chooseQuery(place), [view]);
  const Instead = looked === null ? undefined : extrasOf(looked.cut.tokens.modality)?.instead?.Attention;
  if (info !== null && lacks(info, sense, sample)) {
    return (
      <div className="attention-map">
        <p className="muted attention-pictures">This sample has no {sense}.</p>
        <div className="attention-caption small">
          <SamplePicker />
        </div>
      </div>
    );
  }
  if (looked !== null && Instead !== undefined)
    return <Instead looked={looked} picker={<SamplePicker />} onQuery={chooseQuery} />;
  return <AttentionMap looked={looked} picker={<SamplePicker />} isSeen={isSeen} />;
}
