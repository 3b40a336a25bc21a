/** The size of the Transformer. */
import { factsOf } from '../../config/objectives.ts';
import { RUN_FIELDS } from '../../config/run.ts';
import { formatParameters } from '../format.ts';
import type { ViewWords } from '../modalities/view.ts';
import { useApp } from '../store/store.ts';
import { useDraftWords, useWords } from '../store/useView.ts';
import { Field } from './Field.tsx';
import { Panel } from './Panel.tsx';

export function ModelPanel() {
  return (
    <Panel title="Model" about={<About />} extra={<ModelSize />} className="model-panel">
      <div className="fields">
        {Object.keys(RUN_FIELDS.model).map((name) => (
          <Field key={name} path={`model.${name}`} />
        ))}
      </div>
    </Panel>
  );
}

/** Of the run, not of the settings: a change that has not been taken over yet has no parameters. */
function ModelSize() {
  const parameters = useApp((state) => state.run.info?.parameters ?? null);
  const tokens = useApp((state) => state.run.info?.tokens.count ?? null);
  const words = useWords();
  if (parameters === null || tokens === null) return null;
  return (
    <span className="fact">
      {formatParameters(parameters)} parameters, {tokens} {words.tokens}
    </span>
  );
}

function About() {
  const positions = useApp(({ settings: { draft } }) => {
    const known = factsOf(draft).encoder.positions(draft) ?? 'none';
    return draft.task.objective === 'mp3' && known !== 'none' ? 'some' : known;
  });
  const words = useDraftWords();
  const floor = useApp(({ settings: { draft } }) => factsOf(draft).answers === 'cells');
  return (
    <>
      <p>
        A Transformer: each {words.token} becomes a vector of <b>width</b> numbers, which then passes through <b>depth</b> blocks.
        In every block, <b>heads</b> attention patterns let {words.tokens} look at each other, side by side.
      </p>
      <p>
        {POSITIONS[positions](words)} {(floor ? contentFloor : noBlocks)(words)}
      </p>
    </>
  );
}

type Say = (words: ViewWords) => string;

/** What the model is told of where a token is. */
const POSITIONS = {
  none: ({ tokens }) => `It is given no positions at all: shuffle the ${tokens} and its answers are shuffled the same way.`,
  some: ({ tokens }) => `It is told the place of a few ${tokens}, by waves added to them, and of the others nothing.`,
  sincos: ({ token }) => `To each ${token} fixed waves are added that say where it is.`,
  learned: ({ token }) => `To each ${token} a learned vector is added that says where it is.`,
  relative: ({ tokens }) => `In every block it learns how ${tokens} matter to each other by the way from one to the other.`,
} as const satisfies Record<string, Say>;

const contentFloor: Say = ({ token }) =>
  `At depth 0 it can only judge each ${token} by itself; that is the content-only floor in the curves.`;
const noBlocks: Say = ({ token }) => `At depth 0 there is no attention: no ${token} learns of another.`;
