import archive from 'lucide-static/icons/archive-x.svg?raw';
import arrow from 'lucide-static/icons/navigation.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import clock from 'lucide-static/icons/timer.svg?raw';
import cone from 'lucide-static/icons/traffic-cone.svg?raw';
import crew from 'lucide-static/icons/hard-hat.svg?raw';
import cross from 'lucide-static/icons/x.svg?raw';
import fit from 'lucide-static/icons/maximize.svg?raw';
import gone from 'lucide-static/icons/unplug.svg?raw';
import inbox from 'lucide-static/icons/inbox.svg?raw';
import keyboard from 'lucide-static/icons/keyboard.svg?raw';
import lamp from 'lucide-static/icons/lamp-wall-up.svg?raw';
import language from 'lucide-static/icons/languages.svg?raw';
import layers from 'lucide-static/icons/layers.svg?raw';
import leave from 'lucide-static/icons/log-out.svg?raw';
import minus from 'lucide-static/icons/minus.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import next from 'lucide-static/icons/chevron-right.svg?raw';
import order from 'lucide-static/icons/clipboard-list.svg?raw';
import picture from 'lucide-static/icons/image.svg?raw';
import pin from 'lucide-static/icons/map-pin.svg?raw';
import plus from 'lucide-static/icons/plus.svg?raw';
import print from 'lucide-static/icons/printer.svg?raw';
import receipt from 'lucide-static/icons/file-check.svg?raw';
import request from 'lucide-static/icons/ticket.svg?raw';
import search from 'lucide-static/icons/search.svg?raw';
import seen from 'lucide-static/icons/eye.svg?raw';
import sent from 'lucide-static/icons/send.svg?raw';
import sensor from 'lucide-static/icons/radio.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import system from 'lucide-static/icons/sun-moon.svg?raw';
import target from 'lucide-static/icons/locate-fixed.svg?raw';
import person from 'lucide-static/icons/user.svg?raw';
import unit from 'lucide-static/icons/truck.svg?raw';
import upload from 'lucide-static/icons/cloud-upload.svg?raw';
import voice from 'lucide-static/icons/mic.svg?raw';
import warning from 'lucide-static/icons/triangle-alert.svg?raw';
import overview from 'lucide-static/icons/gauge.svg?raw';
import replay from 'lucide-static/icons/history.svg?raw';
import report from 'lucide-static/icons/chart-line.svg?raw';
import office from 'lucide-static/icons/settings-2.svg?raw';
import filter from 'lucide-static/icons/list-filter.svg?raw';
import globe from 'lucide-static/icons/globe.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import note from 'lucide-static/icons/message-square-text.svg?raw';
import event from 'lucide-static/icons/cloud-snow.svg?raw';
import bell from 'lucide-static/icons/bell-ring.svg?raw';
import merge from 'lucide-static/icons/merge.svg?raw';
import split from 'lucide-static/icons/split.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import phone from 'lucide-static/icons/radio-tower.svg?raw';
import more from 'lucide-static/icons/ellipsis.svg?raw';
import route from 'lucide-static/icons/route.svg?raw';
import coins from 'lucide-static/icons/coins.svg?raw';
import attach from 'lucide-static/icons/paperclip.svg?raw';
import { Drawing, linesOf } from './Drawing';

const drawings = {
  archive, arrow, check, clock, cone, crew, cross, fit, gone, inbox, lamp, language, layers, leave, minus, moon, next,
  order, person, picture, pin, plus, print, receipt, request, search, seen, sensor, sent, sun, system, target, unit, upload,
  voice, warning,
  overview, replay, report, office, filter, globe, lock, note, event, bell, merge, split, pencil, play,
  pause, download, phone, more, route, coins, attach, keyboard,
};

export type IconName = keyof typeof drawings;

const inner = Object.fromEntries(Object.entries(drawings).map(([name, svg]) => [name, linesOf(svg)])) as Record<IconName, string>;

/** The lines of an icon, for canvases too. */
export const iconBody = (name: IconName): string => inner[name];

/** A Lucide drawing by its name here. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return <Drawing lines={inner[name]} size={size} />;
}
