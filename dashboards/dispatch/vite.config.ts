import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);
const packages = ['preact', '@preact/signals', 'lucide-static'];

/** The sign-in page is the hub's own and knows one name: the face of this page, without a hash. */
const plainFont = {
  name: 'plain-font',
  async generateBundle(this: { emitFile: (file: object) => void; fs: { readFile: (path: string) => Promise<Uint8Array> } }) {
    const source = await this.fs.readFile(here('node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2'));
    this.emitFile({ type: 'asset', fileName: 'assets/fonts/public-sans.woff2', source });
  },
};

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false }), plainFont],
  // ../shared has no packages of its own: what it imports comes from here.
  resolve: { alias: packages.map((name) => ({ find: new RegExp(`^${name}(?=/|$)`), replacement: here(`node_modules/${name}`) })) },
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1200, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:5399', '/tiles': 'http://127.0.0.1:5399', '/glyphs': 'http://127.0.0.1:5399' } },
});
