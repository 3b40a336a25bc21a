/** Lets a table that is wider than its place be scrolled, by keyboard too; lines at its edges say that there is more. */
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import '../styles/tables.css';

export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  const frame = useRef<HTMLElement>(null);
  const scrolls = useScrolls(frame);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
    <section ref={frame} className="table-frame" tabIndex={0} aria-label={label} data-scrolls={scrolls || undefined}>
      {children}
    </section>
  );
}

/** Whether what is in the frame is wider than it. */
function useScrolls(frame: RefObject<HTMLElement | null>): boolean {
  const [scrolls, set] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // Fractions of a pixel are rounded: one more is no reason to scroll.
    const observer = new ResizeObserver(() => set(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [frame]);
  return scrolls;
}
