/** Messages over the foot of the page. Errors are alerts and stay until dismissed. */
import { CircleAlert, Info, X } from 'lucide-react';
import { useController } from './controller/context.ts';
import { LoadingWeights } from './panels/LoadingWeights.tsx';
import { type Place, usePlace } from './place.ts';
import type { Notice } from './store/notices.ts';
import { useApp } from './store/store.ts';

/** They show a file of weights that is read where it is chosen. */
const SHOWING_WEIGHTS: ReadonlySet<Place> = new Set(['finetune', 'compare']);

export function Notices() {
  const notices = useApp((state) => state.notices);
  const isReading = useApp((state) => state.weights !== null);
  const place = usePlace();
  return (
    <div className="notices">
      {isReading && !SHOWING_WEIGHTS.has(place) && (
        <div className="notice notice-reading">
          <LoadingWeights />
        </div>
      )}
      {/* The polite place is there before anything is said in it: that is when screen readers listen. */}
      <div aria-live="polite">
        {notices
          .filter(({ kind }) => kind === 'info')
          .map((notice) => (
            <NoticeCard key={notice.id} notice={notice} />
          ))}
      </div>
      {notices
        .filter(({ kind }) => kind === 'error')
        .map((notice) => (
          <div key={notice.id} role="alert">
            <NoticeCard notice={notice} />
          </div>
        ))}
    </div>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { dismiss } = useController();
  const { id, kind, text, details, action } = notice;
  return (
    <div className="notice" data-kind={kind}>
      {kind === 'error' ? <CircleAlert size={16} aria-hidden="true" /> : <Info size={16} aria-hidden="true" />}
      <div className="notice-text">
        <p>{text}</p>
        {details.length > 0 && (
          <ul>
            {details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      {action !== undefined && (
        <button
          type="button"
          className="button small-button"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
