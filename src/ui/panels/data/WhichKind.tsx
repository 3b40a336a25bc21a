/** Files of several kinds: which of them are learned from, and the way to the others. */
import { MODALITIES, MODALITY_NAMES, type ModalityName } from '../../../config/modalities.ts';
import type { LoadReport } from '../../../data/samples.ts';
import { useController } from '../../controller/context.ts';
import { plural } from '../../format.ts';

interface Props {
  kinds: NonNullable<LoadReport['kinds']>;
  /** Of what the data set is. */
  read: ModalityName;
}

export function WhichKind({ kinds, read }: Props) {
  const { edits } = useController();
  const found = MODALITY_NAMES.filter((name) => kinds[name] > 0);
  const amount = (name: ModalityName): string => plural(kinds[name], MODALITIES[name].words.sample);
  return (
    <fieldset className="which-kind" aria-label="Which of your files to learn from">
      <p className="small which-kind-text">
        Your files hold {found.map(amount).join(' and ')}. {sayRead(read)}
      </p>
      {found.map((name) => (
        <button
          key={name}
          type="button"
          className="button small-button"
          aria-pressed={name === read}
          disabled={name === read}
          onClick={() => edits.edit('data.modality', name)}
        >
          Use the {amount(name)}
        </button>
      ))}
    </fieldset>
  );
}

/** Members of pairs are not left out, though they could be learned from by themselves. */
function sayRead(read: ModalityName): string {
  const { samples } = MODALITIES[read].words;
  return MODALITIES[read].members === undefined
    ? `This is a set of ${samples}; the others were left out.`
    : `This is a set of ${samples}, whose members are counted by themselves too.`;
}
