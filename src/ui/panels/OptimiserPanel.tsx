/** How the weights are changed, step by step. */
import { phasesOf } from '../../config/phases.ts';
import { RUN_FIELDS } from '../../config/run.ts';
import { selectStep } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { Field } from './Field.tsx';
import { HiddenProblems, MoreFields } from './MoreFields.tsx';
import { Panel } from './Panel.tsx';

const HIDDEN = ['optimiser.weightDecay', 'optimiser.clip'];
const IN_SIGHT = Object.keys(RUN_FIELDS.optimiser)
  .map((name) => `optimiser.${name}`)
  .filter((path) => !HIDDEN.includes(path));

export function OptimiserPanel() {
  return (
    <Panel
      title="Optimiser"
      about={<About />}
      extra={<MoreFields title="Optimiser" paths={HIDDEN} />}
      className="optimiser-panel"
      live={selectStep}
    >
      <div className="fields">
        {IN_SIGHT.map((path) => (
          <Field key={path} path={path} />
        ))}
        <HiddenProblems paths={HIDDEN} />
      </div>
    </Panel>
  );
}

function About() {
  const phased = useApp((state) => phasesOf(state.settings.draft).length > 1);
  return (
    <>
      <p>
        AdamW. The learning rate climbs from zero during the <b>warm-up</b>, peaks, and falls along a cosine to zero at the last
        step. Gradients longer than the <b>clip</b> are shortened to it.
      </p>
      <p>
        Everything here but the seed{phased && ' and the steps'} can change while it trains.{' '}
        {phased && 'Each phase has its own warm-up, its own cosine and a fresh optimiser. '}Same <b>seed</b>, same settings, same
        engine: same numbers.
      </p>
    </>
  );
}
