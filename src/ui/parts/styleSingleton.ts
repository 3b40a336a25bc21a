/**
 * What the package react-style-singleton does, without a style element, which the page's policy forbids: styles that are there while
 * anybody uses them. The build puts it in that package's place (scripts/styleTags.mjs); dialogs lock scrolling with it.
 */
import { useEffect } from 'react';

interface SheetProperties {
  styles: string;
  /** Other styles take effect while they are in use. */
  dynamic?: boolean;
}

/** A component that shows nothing; the styles of the first that is mounted hold until the last one goes. */
export function styleSingleton(): (properties: SheetProperties) => null {
  const sheet = new CSSStyleSheet();
  let users = 0;
  return function Sheet({ styles, dynamic = false }) {
    // biome-ignore lint/correctness/useExhaustiveDependencies: others than the first styles count only where they are dynamic
    useEffect(() => {
      if (users++ === 0) {
        sheet.replaceSync(styles);
        document.adoptedStyleSheets.push(sheet);
      }
      return () => {
        if (--users === 0) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      };
    }, [dynamic && styles]);
    return null;
  };
}
