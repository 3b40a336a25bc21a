/**
 * What the page may fetch and run. `connect-src` proves the promise that nothing is uploaded: a browser lets page and workers talk to
 * their own server and to nobody else. Workers take the policy from the header of their own scripts, so it has to come with every file:
 * from the server, or, where a host sends no headers, from our service worker. The page has it in itself as well, for its very first visit.
 */
const RULES = {
  'default-src': "'none'",
  // TensorFlow.js and our kernels are compiled WebAssembly; no text is ever run as code.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  // A build of the wasm backend with shared memory is made in the page and read back as a blob.
  'connect-src': "'self' blob:",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  // Style attributes that scripts set one by one are no text to parse, and fall under no rule.
  'style-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  // Addresses become programs in one place only: src/base/ownScript.ts.
  'require-trusted-types-for': "'script'",
  'trusted-types': 'patchwork',
};

const IN_PAGE = textOf(RULES);

/** As a header; a page cannot say of itself by whom it may be framed. */
export const POLICY = textOf({ ...RULES, 'frame-ancestors': "'none'" });

/** Cross-origin isolation: without it a browser gives the page no shared memory, and wasm runs on one thread. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What comes with every file of the page. */
export const HEADERS = { ...ISOLATION, 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': POLICY };

/** @param {Record<string, string>} rules */
function textOf(rules) {
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/**
 * Puts the policy into the built page; served for development, Vite runs scripts of its own that it would forbid.
 *
 * @returns {import('vite').Plugin}
 */
export function policyInPage() {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: IN_PAGE }, injectTo: 'head-prepend' },
    ],
  };
}
