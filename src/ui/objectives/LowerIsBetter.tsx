/** How to read the mask-ratio explorer of an error. */
export function LowerIsBetter() {
  return (
    <p>
      Here lower is better: the more is hidden, the less there is to reason from, and the higher the error. A ratio that hides
      nothing has no point. The dashed upright line is the mask ratio of this training. The run before this one stays faintly
      behind it.
    </p>
  );
}
