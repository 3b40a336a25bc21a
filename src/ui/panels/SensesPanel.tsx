/** How the senses lie to each other in their common space: who finds whom, how far apart they are, and a plane to see them in. */
import type { SensesReport } from '../../trainer/reports.ts';
import { formatPercent } from '../format.ts';
import { useOnScreen } from '../hooks.ts';
import { selectLatestStep } from '../store/selectors.ts';
import type { AppState } from '../store/store.ts';
import { useAppSlowly } from '../store/useAppSlowly.ts';
import { EmbeddingPlane } from './measures/EmbeddingPlane.tsx';
import { Panel } from './Panel.tsx';

const READABLE_MILLISECONDS = 500;

const selectSenses = (state: AppState): SensesReport | null => state.curves.latest?.senses ?? null;

export function SensesPanel() {
  const [frame, isSeen] = useOnScreen<HTMLElement>();
  const senses = useAppSlowly(selectSenses, READABLE_MILLISECONDS, isSeen);
  return (
    <Panel title="Between senses" about={<About />} className="senses-panel" frame={frame} live={selectLatestStep}>
      {senses === null ? <p className="muted">Not measured yet.</p> : <Between senses={senses} />}
    </Panel>
  );
}

function Between({ senses: { retrieval, alignment, plane } }: { senses: SensesReport }) {
  return (
    <div className="senses-tables">
      <table className="senses-table">
        <caption>The nearest one of another sense</caption>
        <thead>
          <tr>
            <th scope="col">asked with</th>
            <th scope="col">same class</th>
            <th scope="col">itself</th>
          </tr>
        </thead>
        <tbody>
          {retrieval.map(({ from, to, byClass, byPartner }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">
                {from} → {to}
              </th>
              <td
                title={
                  byClass && `chance ${formatPercent(byClass.chance, 1)}, ${byClass.queries} asked, ${byClass.gallery} to find`
                }
              >
                {byClass === undefined ? '–' : formatPercent(byClass.precision, 0)}
              </td>
              <td title={`chance ${formatPercent(byPartner.chance, 1)}`}>{formatPercent(byPartner.precision, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Chance retrieval={retrieval} />
      <EmbeddingPlane plane={plane} />
      <table className="senses-table">
        <caption>How far apart</caption>
        <thead>
          <tr>
            <th scope="col">senses</th>
            <th scope="col">gap</th>
            <th scope="col">pairs over others</th>
          </tr>
        </thead>
        <tbody>
          {alignment.map(({ first, second, distance, contrast }) => (
            <tr key={`${first} ${second}`}>
              <th scope="row">
                {first}, {second}
              </th>
              <td>{distance.toFixed(2)}</td>
              <td>{contrast.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Chance({ retrieval: [first] }: Pick<SensesReport, 'retrieval'>) {
  if (first === undefined) return null;
  const { byClass, byPartner } = first;
  const chance = byClass === undefined ? '' : `, ${formatPercent(byClass.chance, 0)} by class`;
  return (
    <p className="fact">
      Of {byPartner.queries} held-out samples; chance {formatPercent(byPartner.chance, 1)} itself{chance}.
    </p>
  );
}

function About() {
  return (
    <>
      <p>
        Each held-out sample asks with one sense for the nearest sample by another: is it of the <b>same class</b>, and is it the
        sample <b>itself</b>? Captions that do not name the digit cannot find it, nor be found by it, which sets a ceiling.
      </p>
      <p>
        The plane shows embeddings along the two directions in which they differ most; shape is the sense, colour the class.{' '}
        <b>Gap</b> is the distance between the means of two senses, 2 at most; <b>pairs over others</b> how much higher the cosine
        of a sample’s own members is than that of members of different samples.
      </p>
    </>
  );
}
