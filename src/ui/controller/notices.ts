/** Putting messages up and taking them down. */
import type { Notice, NoticeAction } from '../store/notices.ts';
import { withNotice } from '../store/notices.ts';
import { type AppStore, update } from '../store/store.ts';

/** Long enough to read two lines and reach for the button. */
const INFO_MILLISECONDS = 12_000;

let lastId = 0;

export interface NoticeOptions {
  details?: readonly string[];
  action?: NoticeAction;
  /** Stays until dismissed, as errors do: nobody may have been looking. */
  stays?: boolean;
  /** Goes with the next run that begins. */
  untilRun?: boolean;
  about?: Notice['about'];
}

export function notify(store: AppStore, kind: Notice['kind'], text: string, options: NoticeOptions = {}): void {
  const id = ++lastId;
  const { details = [], action, stays = kind === 'error', untilRun = false, about } = options;
  const notice: Notice = { id, kind, text, details, untilRun, ...(action && { action }), ...(about && { about }) };
  update(store, 'notices', (notices) => withNotice(notices, notice));
  if (!stays) setTimeout(() => dismiss(store, id), INFO_MILLISECONDS);
}

export function dismiss(store: AppStore, id: number): void {
  update(store, 'notices', (notices) => notices.filter((notice) => notice.id !== id));
}

export function dismissAbout(store: AppStore, about: NonNullable<Notice['about']>): void {
  update(store, 'notices', (notices) => notices.filter((notice) => notice.about !== about));
}
