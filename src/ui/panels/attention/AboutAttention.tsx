/** What the attention panel shows. */
import type { ViewWords } from '../../modalities/view.ts';

/** @param hasSenses each sense has an encoder of its own, and `words` are those of the one that is looked at */
export function AboutAttention({
  words: { sample, samples, token, tokens },
  hasSenses,
}: {
  words: ViewWords;
  hasSenses: boolean;
}) {
  return (
    <>
      <p>
        Each bar is one head: the mean distance, in {tokens}, between a {token} and what it attends to, over many held-out{' '}
        {samples}. The dashed line is attention that is spread evenly over the {sample}; shorter bars look nearby, longer ones far
        away.
      </p>
      {hasSenses && (
        <p>
          Every sense has an encoder of its own, and the switch chooses whose heads these are. It is measured alone, with all its
          tokens in sight, none masked; empty places behind the end of a caption count as places. What the senses share behind
          their encoders is not measured: between a patch and a word there is no distance.
        </p>
      )}
      <p>
        Click a head to see its attention on one {sample} of the board. Click a {token} of the first drawing to choose who is
        asking; in the second, the darker a {token} the more that query attends to it.
      </p>
    </>
  );
}
