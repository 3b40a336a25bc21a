/** Help with the pages after pretraining. */
export function HelpStudies() {
  return (
    <section>
      <h3>After pretraining</h3>
      <ul>
        <li>
          <b>Keep.</b> A finished run is kept in this browser by itself, any other with <b>Keep</b>, with all that training needs
          to go on. Compare lists kept runs; there they are opened, duplicated, set side by side, saved, renamed, deleted, and
          imported from files. Going on with one makes another: nothing that is kept is written over.
        </li>
        <li>
          <b>Fine-tune.</b> Gives a pretrained encoder a head that names classes and trains it with labels, all of it or its last
          blocks. Shown are held-out samples with the answers, what is taken for what, and where heads look before and after.
        </li>
        <li>
          <b>Was it worth it?</b> On Compare, one button gives every ticked run, the same model from scratch and a random encoder
          the same few labels, several times over. Accuracy stands with its spread beside what it cost; a difference smaller than
          the spread is none.
        </li>
        <li>
          <b>Robustness study.</b> On Compare, from a run of several senses: labels for every subset of them, tests on every
          subset. Press a cell of the map to try its model; everything leaves as CSV.
        </li>
        <li>
          <b>Papers.</b> Figures of five papers as cards. <b>Run quick</b> repeats one here with one seed, which shows a shape and
          proves no difference; a card says what was expected, what came out, and how to run it with more seeds. Finished points
          are kept in this browser.
        </li>
        <li>
          <b>What a step costs.</b> Time and memory of a training step over mask ratios on this machine, beside the paper’s table.
        </li>
      </ul>
    </section>
  );
}
