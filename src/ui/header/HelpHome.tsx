/** What can be done with a model elsewhere. */
export function HelpHome() {
  return (
    <section>
      <h3>Taking it home</h3>
      <p>
        <b>Save</b> writes the whole run, to go on from. <b>Take home…</b>, behind the arrow beside it and in the menu of a kept
        run, packs the model for other programs: PyTorch, timm, transformers, onnxruntime, or one page that is the model. A card
        says what it learned from, how to repeat it and how far to trust it; nothing that it learned from goes along. In the
        unpacked folder, <i>python3 example.py</i> or <i>node proof.mjs</i> prove that the model computes what it computed here.
      </p>
    </section>
  );
}
