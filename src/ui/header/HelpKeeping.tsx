/** What survives a closed tab, and what does not. */
export function HelpKeeping() {
  return (
    <section>
      <h3>Nothing is lost</h3>
      <p>
        While it trains a run is written to this browser’s own storage, about every ten seconds and whenever it pauses. Load the
        page again, or come back after a crash, and it stands paused at its step with curves and board; at most the last seconds
        are done again. On the same engine its numbers go on bit for bit; on another one the last digits differ, and a dotted line
        in the curves says from where. A link always opens what it says: a run that was not finished is only offered.
      </p>
      <p>
        Your own files come back too where there is room for them; else add them again, and they are compared with those the run
        had. The ten newest unfinished runs stay, finished and kept ones until you delete them. <b>Compare</b> says how much room
        is taken, and whether the browser may clear it. On a computer that many use, add <code>keep=off</code> to the address:
        nothing is written. The engine’s window has the switch that keeps the screen on.
      </p>
    </section>
  );
}
