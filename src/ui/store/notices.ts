/** Messages to the visitor. Errors and news of the run stay until they are dismissed; the rest goes by itself. */

export interface NoticeAction {
  label: string;
  run(): void;
}

export interface Notice {
  id: number;
  kind: 'error' | 'info';
  text: string;
  /** Lines under the text, e.g. one for each bad setting of a link. */
  details: readonly string[];
  action?: NoticeAction;
  /** It is about the run under way, or about one that was refused: old news once there is a new one. */
  untilRun?: boolean;
  /** What it is about, where whoever said it takes it back once that is well again. */
  about?: 'keeping' | 'back';
}

/** More than these would hide the page; the oldest goes first. */
const MOST_NOTICES = 3;

export function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  // The same words twice (two bad drops) are one message.
  const others = notices.filter((other) => other.text !== notice.text);
  return [...others, notice].slice(-MOST_NOTICES);
}
