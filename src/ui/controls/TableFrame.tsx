/** Lets a table that is wider than its place be scrolled, by keyboard too. */
import type { ReactNode } from 'react';
import '../styles/tables.css';

export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
    <section className="table-frame" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
