import { defineConfig } from 'vitest/config';

// The page's sources use the page's own packages, the base map its own: npm ci in ../dispatch and ../basemap comes first.
const here = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);
const packages = ['preact', '@preact/signals', 'lucide-static'];

export default defineConfig({
  resolve: {
    alias: packages.map((name) => ({
      find: new RegExp(`^${name}(?=/|$)`),
      replacement: here(`../dispatch/node_modules/${name}`),
    })),
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  server: { fs: { allow: [here('..')] } },
  test: { environment: 'happy-dom', testTimeout: 30_000, include: ['tests/**/*.test.{ts,tsx,mjs}'], reporters: ['default'] },
});
