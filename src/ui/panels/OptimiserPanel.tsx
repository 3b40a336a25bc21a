/** How the weights are changed, step by step. */
import { RUN_FIELDS } from '../../config/run.ts';
import { Field } from '../controls/Field.tsx';
import { HiddenProblems, MoreFields } from '../controls/MoreFields.tsx';
import { selectStep } from '../store/selectors.ts';
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
  return (
    <>
      <p>
        AdamW. The learning rate climbs from zero during the <b>warm-up</b>, peaks, and falls along a cosine to zero at the last
        step. Gradients longer than the <b>clip</b> are shortened to it.
      </p>
      <p>
        Everything here but the seed can change while it trains. Same <b>seed</b>, same settings, same engine: same numbers.
      </p>
    </>
  );
}
