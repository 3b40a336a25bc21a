/** The level that every painter has to get below. */
export function Zeros() {
  return (
    <p>
      <b>zeros</b> is the error of answering 0 everywhere, measured on the held-out pictures: what lies clearly below it was
      learned. With targets normalised per patch, a patch of N numbers costs (N − 1) / N, and a flat grey one nothing. With raw
      pixels the line is the <b>mean colour</b>.
    </p>
  );
}
