#!/usr/bin/env node
// A practice hub for working on the page: node mock-hub.mjs [--port 5399] [--vehicles 30] [--requests 140] [--tiles DIR]
// It speaks the shapes of the real one; its city is Cambridge's streets, everything that happens on them is invented.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PracticeCity } from './practice-city.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '5399' }, vehicles: { type: 'string', default: '30' },
    requests: { type: 'string', default: '140' }, tiles: { type: 'string', default: here('../basemap/dist') },
    page: { type: 'string', default: here('../dispatch/dist') },
  },
});

const city = new PracticeCity(here('../../hub/Cities/cambridge-ma'), Number(options.vehicles), Number(options.requests));
const CSP =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self'; connect-src 'self'";
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.pbf': 'application/x-protobuf', '.pmtiles': 'application/vnd.pmtiles',
};
const TICK_MS = 100;
const clients = new Set();
let seq = 0;

setInterval(() => {
  const tick = city.step(Date.now(), TICK_MS);
  const frame = `id: ${city.boot}:${++seq}\nevent: tick\ndata: ${JSON.stringify(tick)}\n\n`;
  for (const client of clients) client.write(frame);
}, TICK_MS);

const server = createServer((request, response) => {
  response.setHeader('content-security-policy', CSP);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = decodeURIComponent(url.pathname);
  if (path === '/api/live') return live(response);
  if (path.startsWith('/api/')) return api(request, response, path, url.searchParams);
  if (path.startsWith('/tiles/')) return file(request, response, join(options.tiles, normalize(path.slice(7))));
  if (path.startsWith('/glyphs/')) return file(request, response, join(options.tiles, normalize(path)));
  const asked = join(options.page, normalize(path));
  file(request, response, existsSync(asked) && statSync(asked).isFile() ? asked : join(options.page, 'index.html'));
});

function live(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`id: ${city.boot}:${seq}\nevent: snapshot\ndata: ${JSON.stringify(city.snapshot(Date.now()))}\n\n`);
  clients.add(response);
  response.on('close', () => clients.delete(response));
}

async function api(request, response, path, query) {
  let text = '';
  for await (const chunk of request) text += chunk;
  const json = request.headers['content-type']?.includes('json');
  const given = city.answer(request.method, path, json && text ? JSON.parse(text) : {}, query);
  const answer = given?.problem ?? given;
  const status = given?.problem?.status ?? (answer === undefined ? 404 : answer === null ? 204 : 200);
  response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' });
  response.end(status === 204 ? undefined : JSON.stringify(answer ?? { title: 'Not found', status }));
}

function file(request, response, name) {
  if (!existsSync(name)) return response.writeHead(404).end();
  const size = statSync(name).size;
  response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
  response.setHeader('accept-ranges', 'bytes');
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) return createReadStream(name).pipe(response.writeHead(200, { 'content-length': size }));
  const start = Number(range[1]);
  const end = Math.min(size - 1, range[2] ? Number(range[2]) : size - 1);
  response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 });
  createReadStream(name, { start, end }).pipe(response);
}

server.listen(Number(options.port), '127.0.0.1', () => console.log(`http://localhost:${options.port}`));
