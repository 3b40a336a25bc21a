/** Help on the robustness study. */
export function AboutRobustness() {
  return (
    <>
      <p>
        Pretraining saw pictures, sounds and captions together; labels come for <b>some senses</b>, and tests show{' '}
        <b>any of them</b>. For every subset of the senses in turn a classifier learns from labels of that subset (a row), and is
        tested on every subset (a column): 49 numbers for each method and seed.
      </p>
      <p>
        <b>Missing</b>: tested on a part of what had labels. <b>Added</b>: on all of it and more. <b>Transfer</b>: on nothing of
        it. <b>Overlap</b>: on some of it and something else. The diagonal is <b>equal</b>.
      </p>
      <p>
        <b>LP</b> is a linear probe on frozen encoders; <b>FT</b> fine-tunes everything from there; <b>MASD</b> also teaches the
        other senses, without labels, what the labelled ones answer; in <b>MASD*</b> the student sees a random part of them at
        each step. <b>Alpha</b> (WiSE-FT) mixes weights: 0 is the probe, 1 what was trained from it.
      </p>
      <p>
        <b>Press a cell</b> to see what its model answered to test samples, and switch senses on and off. <b>R against P</b> has a
        mark for each training subset; <b>best tested</b> tells with which senses each model is best.
      </p>
      <p>
        <b>P</b> is the mean over test subsets, <b>R</b> the lowest of them; both are then averaged over training subsets. Seeds
        draw labels, samples without labels, first weights of what starts from nothing, and batches; the pretrained weights and
        the test samples are the same for all, so the spread does not tell how another pretraining would do.
      </p>
    </>
  );
}
