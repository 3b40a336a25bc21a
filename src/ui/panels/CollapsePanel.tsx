/** Whether the targets of a data2vec run still say anything, and what its masks save. */
import { metricOn } from '../../config/inWords.ts';
import type { MetricName } from '../../config/metrics.ts';
import { factsOf } from '../../config/objectives.ts';
import type { RunConfig } from '../../config/run.ts';
import { Hint } from '../controls/Hint.tsx';
import { formatMetric } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { selectConfig, selectLatestStep } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { useWords } from '../store/useView.ts';
import { MaskSaving } from './measures/MaskSaving.tsx';
import { Verdict } from './measures/Verdict.tsx';
import { Panel } from './Panel.tsx';

const READABLE_MILLISECONDS = 500;
const SIGNS: readonly MetricName[] = ['acrossImages', 'predictionStd', 'targetVariance', 'effectiveRank'];

/** Of texts. */
const WORD_SIGNS: readonly MetricName[] = ['withinWord'];

const isOfSeveral = (config: RunConfig): boolean => factsOf(config).several === true;

const selectScores = (state: AppState) => state.curves.latest?.scores ?? null;

/** Of embeddings of several senses. */
const EMBEDDING_SIGNS: readonly MetricName[] = ['embeddingSpread', 'modalityGap', 'pairMargin'];

export function CollapsePanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const scores = useAppSlowly(selectScores, READABLE_MILLISECONDS, isSeen);
  const config = useApp(selectConfig);
  const isOfSenses = isOfSeveral(config);
  const signs = isOfSenses ? EMBEDDING_SIGNS : [...SIGNS, ...(scores?.withinWord === undefined ? [] : WORD_SIGNS)];
  return (
    <Panel
      title="Collapse watch"
      about={isOfSenses ? <AboutEmbeddings /> : <About />}
      className="collapse-panel"
      frame={frame}
      live={selectLatestStep}
    >
      <Verdict />
      <dl className="signs">
        {signs.map((name) => (
          <Hint key={name} text={metricOn(name, config).help}>
            <div className="sign">
              <dt>{metricOn(name, config).label}</dt>
              <dd>{formatMetric(name, scores?.[name] ?? Number.NaN)}</dd>
            </div>
          </Hint>
        ))}
      </dl>
      {!isOfSenses && <MaskSaving />}
    </Panel>
  );
}

function AboutEmbeddings() {
  return (
    <p>
      A model that gives everything the same embedding finds nothing: its loss stays at chance. The <b>spread of embeddings</b>{' '}
      sees it, sense by sense: how much each of their numbers changes over held-out samples, as a share of the most that unit
      vectors can spread. Below 0.01 it is an alarm.
    </p>
  );
}

function About() {
  const { sample, token } = useWords();
  return (
    <>
      <p>
        A model that learns from its own targets can cheat: make the targets trivial, and the error falls to nothing. Two ways are
        known. Everything gets the same vector; or every position gets its own vector, whatever the {sample} holds.
      </p>
      <p>
        The second hides from the usual watch, because targets still differ from {token} to {token}. The{' '}
        <b>spread across samples</b> sees it: how much targets at one fixed position change from {sample} to {sample}.{' '}
        <b>Prediction spread</b> and <b>variance before norm</b> see the first. <b>Effective rank</b> counts the directions that
        targets use.
      </p>
      <p>
        <b>Several masks of a {sample}</b> share one look of the teacher. The button times a step as it is against one that gives
        each student a {sample} of its own, on this machine.
      </p>
    </>
  );
}
