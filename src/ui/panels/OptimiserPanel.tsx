/** How the weights are changed, step by step. */
import { RUN_FIELDS } from '../../config/run.ts';
import { Field } from '../controls/Field.tsx';
import { Panel } from './Panel.tsx';

export function OptimiserPanel() {
  return (
    <Panel title="Optimiser" about={<About />} className="optimiser-panel">
      <div className="fields">
        {Object.keys(RUN_FIELDS.optimiser).map((name) => (
          <Field key={name} path={`optimiser.${name}`} />
        ))}
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
