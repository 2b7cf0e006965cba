import accept from 'lucide-static/icons/thumbs-up.svg?raw';
import add from 'lucide-static/icons/map-pin-plus.svg?raw';
import arrow from 'lucide-static/icons/navigation-2.svg?raw';
import back from 'lucide-static/icons/delete.svg?raw';
import blocks from 'lucide-static/icons/blocks.svg?raw';
import call from 'lucide-static/icons/phone-call.svg?raw';
import camera from 'lucide-static/icons/camera.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import coffee from 'lucide-static/icons/coffee.svg?raw';
import cross from 'lucide-static/icons/x.svg?raw';
import crew from 'lucide-static/icons/users.svg?raw';
import dog from 'lucide-static/icons/dog.svg?raw';
import done from 'lucide-static/icons/circle-check-big.svg?raw';
import due from 'lucide-static/icons/timer.svg?raw';
import flame from 'lucide-static/icons/flame.svg?raw';
import gone from 'lucide-static/icons/unplug.svg?raw';
import here from 'lucide-static/icons/map-pin-check.svg?raw';
import history from 'lucide-static/icons/history.svg?raw';
import hole from 'lucide-static/icons/circle-dashed.svg?raw';
import home from 'lucide-static/icons/log-out.svg?raw';
import ice from 'lucide-static/icons/snowflake.svg?raw';
import inspect from 'lucide-static/icons/clipboard-check.svg?raw';
import lamp from 'lucide-static/icons/lamp-wall-up.svg?raw';
import language from 'lucide-static/icons/languages.svg?raw';
import material from 'lucide-static/icons/package.svg?raw';
import message from 'lucide-static/icons/bell-ring.svg?raw';
import mic from 'lucide-static/icons/mic.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import note from 'lucide-static/icons/notebook-pen.svg?raw';
import offline from 'lucide-static/icons/wifi-off.svg?raw';
import online from 'lucide-static/icons/wifi.svg?raw';
import other from 'lucide-static/icons/circle-alert.svg?raw';
import pause from 'lucide-static/icons/circle-pause.svg?raw';
import pothole from 'lucide-static/icons/construction.svg?raw';
import repeat from 'lucide-static/icons/volume-2.svg?raw';
import report from 'lucide-static/icons/message-square-warning.svg?raw';
import safe from 'lucide-static/icons/shield-check.svg?raw';
import sign from 'lucide-static/icons/signpost.svg?raw';
import signature from 'lucide-static/icons/signature.svg?raw';
import siren from 'lucide-static/icons/siren.svg?raw';
import start from 'lucide-static/icons/circle-play.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import syringe from 'lucide-static/icons/syringe.svg?raw';
import system from 'lucide-static/icons/sun-moon.svg?raw';
import temporary from 'lucide-static/icons/bandage.svg?raw';
import tree from 'lucide-static/icons/tree-deciduous.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import upload from 'lucide-static/icons/cloud-upload.svg?raw';
import wait from 'lucide-static/icons/hourglass.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';
import water from 'lucide-static/icons/droplets.svg?raw';
import waves from 'lucide-static/icons/waves-horizontal.svg?raw';
import wrench from 'lucide-static/icons/wrench.svg?raw';
import zap from 'lucide-static/icons/zap.svg?raw';
import { Drawing, linesOf } from '../../../shared/widgets/Drawing';

const drawings = {
  accept, add, arrow, back, blocks, call, camera, check, coffee, crew, cross, dog, done, due, flame, gone, here, history, hole, home, ice, inspect, lamp, language,
  material, message, mic, moon, note, offline, online, other, pause, pothole, repeat, report, safe, sign, signature, siren, start, sun,
  syringe, system, temporary, tree, undo, upload, wait, warning, water, waves, wrench, zap,
};

export type GlyphName = keyof typeof drawings;

const lines = Object.fromEntries(Object.entries(drawings).map(([name, svg]) => [name, linesOf(svg)])) as Record<GlyphName, string>;

export function Glyph({ name, size = 32 }: { name: GlyphName; size?: number }) {
  return <Drawing lines={lines[name]} size={size} />;
}

const services: [RegExp, GlyphName][] = [
  [/light|lamp|signal/, 'lamp'], [/pothole|pav|road|street-surface|sidewalk/, 'pothole'], [/\btree|limb/, 'tree'],
  [/water|drain|sewer|basin|flood/, 'water'], [/sign/, 'sign'], [/inspect/, 'inspect'],
];

/** The drawing of a service, by the words in its code. */
export const serviceGlyph = (code: string): GlyphName => services.find(([words]) => words.test(code))?.[1] ?? 'wrench';

const dangers: Record<string, GlyphName> = {
  'wire-down': 'zap', gas: 'flame', sinkhole: 'hole', flooding: 'waves', ice: 'ice', 'tree-down': 'tree', debris: 'blocks', dog: 'dog', sharps: 'syringe',
};

/** The drawing of a hazard; a kind of a newer hub is a warning. */
export const hazardGlyph = (kind: string): GlyphName => dangers[kind] ?? 'warning';
