/** What becomes of samples with several members. */
import { FEWEST_COMMON } from '../../data/pairs/present.ts';

export function HelpPairs() {
  return (
    <section>
      <h3>Pairs</h3>
      <p>
        A picture, a sound and a caption of one thing, or two of these, are one sample where they have the same name (cat01.png,
        cat01.wav, cat01.txt), also across folders such as pictures, sounds and captions; or where a table says so: metadata.csv,
        .tsv or .jsonl with the columns file_name or image_file_name, audio_file_name, caption, label and split.
      </p>
      <p>
        It takes {FEWEST_COMMON} samples that have two of the same senses. Members may be missing, which is counted; one that
        cannot be read is missing too. Nothing stands in its place: what is there is averaged.
      </p>
    </section>
  );
}
