/**
 * Two libraries of the page write style elements, which our policy forbids (`style-src 'self'`): Radix's Select hides a scroll bar, which
 * styles/overlays.css does instead, and what locks scrolling behind a dialog takes a style sheet of its own (src/ui/parts/styleSingleton.ts).
 */
import { fileURLToPath } from 'node:url';

const SELECT = '@radix-ui/react-select/dist/index.mjs';
const ELEMENT = /\/\* @__PURE__ \*\/ jsx\(\s*"style",\s*\{[^{}]*dangerouslySetInnerHTML: \{[\s\S]*?`\s*\},\s*nonce\s*\}\s*\),/;

/** @returns {import('vite').Plugin} */
export function withoutStyleTags() {
  return {
    name: 'without-style-tags',
    // Served for development there is no policy, and libraries are bundled ahead.
    apply: 'build',
    enforce: 'pre',
    resolveId(source) {
      if (source === 'react-style-singleton') return fileURLToPath(new URL('../src/ui/parts/styleSingleton.ts', import.meta.url));
    },
    transform(code, id) {
      if (!id.split('?')[0].endsWith(SELECT)) return undefined;
      if (!ELEMENT.test(code)) throw new Error(`${SELECT} has changed: see scripts/styleTags.mjs.`);
      return { code: code.replace(ELEMENT, 'null,'), map: null };
    },
  };
}
