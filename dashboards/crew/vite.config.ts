import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);
const packages = ['preact', '@preact/signals', 'lucide-static'];

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false })],
  // ../shared has no packages of its own: what it imports comes from here.
  resolve: { alias: packages.map((name) => ({ find: new RegExp(`^${name}(?=/|$)`), replacement: here(`node_modules/${name}`) })) },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/console': 'http://127.0.0.1:8311' } },
});
