import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * What the page may load and run: its own files, WebAssembly, style attributes (Plotly and KaTeX place their
 * marks with them), pictures as data and blobs (Plotly's export), and nothing from elsewhere. A policy in a
 * meta element does not reach a worker, which follows the headers of its own response; a server that sends
 * this line as a header closes that gap.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Writes the policy into the built page; the development server's own inline script would break under it. */
const policy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
};

/** Plotly's map styles (83 kB, no map is drawn) and the styles it would inject (linked as a file instead). */
const withoutStyles: Plugin = {
  name: 'without-injected-styles',
  enforce: 'pre',
  resolveId: (id) =>
    /maplibre-gl.*\.css$/.test(id) || /(^|\/)build\/plotcss(\.js)?$/.test(id) ? '\0empty' : undefined,
  load: (id) => (id === '\0empty' ? 'export default {};' : undefined),
};

export default defineConfig({
  base: './',
  plugins: [policy, withoutStyles, react()],
  define: { global: 'globalThis' },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  preview: { headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/setup.ts'],
    // A component test over the real solver takes a second; on a machine that is also busy, several.
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
