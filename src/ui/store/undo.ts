/** What Undo goes back to. */
export interface UndoState {
  /** What happened to the run before: "Depth changed". */
  what: string;
  /** The step that it stood at. */
  step: number;
  /** It was taken back by Undo itself, so that this brings it again. */
  redo: boolean;
}
