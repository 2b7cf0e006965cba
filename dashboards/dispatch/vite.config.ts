import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);
const packages = ['preact', '@preact/signals', 'lucide-static'];

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false })],
  // ../shared has no packages of its own: what it imports comes from here.
  resolve: { alias: packages.map((name) => ({ find: new RegExp(`^${name}(?=/|$)`), replacement: here(`node_modules/${name}`) })) },
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1200, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:5399', '/tiles': 'http://127.0.0.1:5399', '/glyphs': 'http://127.0.0.1:5399' } },
});
