/** How the board is heard, where it is explained. */
export function AboutHearing() {
  return (
    <p>
      Each strip can be heard: press its button, or 1, 2, 3 on a row that has the focus. Holes and what is removed are silent;
      where pieces collide the surer one is heard. What is painted says nothing of the phase, so that is made up, and B plays the
      original in the same way to compare with.
    </p>
  );
}
