// The views of the page: where each stands in the rail, what it needs, and which program draws it.
import type { FunctionComponent } from 'preact';
import type { IconName } from '../../../shared/widgets/Icon';
import type { Words } from '../../../shared/words/dispatch';
import { UnitList } from '../lists/UnitList';
import { RequestQueue } from '../queue/RequestQueue';
import { lazy } from './lazy';
import type { List } from './route';

export interface View {
  name: (w: Words) => string;
  /** Permission without which it is not offered. */
  needs?: string;
  /** It lies over the map. */
  wide?: boolean;
  page: FunctionComponent;
}

export interface Section {
  icon: IconName;
  name: (w: Words) => string;
  /** Its views; the first is where the rail leads. */
  views: readonly List[];
}

export const views: Record<List, View> = {
  requests: { name: (w) => w.requests, page: RequestQueue },
  orders: { name: (w) => w.orders, page: lazy(() => import('../lists/OrderList').then((m) => m.OrderList)) },
  units: { name: (w) => w.units, page: UnitList },
  crews: { name: (w) => w.crews, page: lazy(() => import('../lists/CrewList').then((m) => m.CrewList)) },
  shifts: { name: (w) => w.navShifts, needs: 'crews.read', page: lazy(() => import('../lists/ShiftList').then((m) => m.ShiftList)) },
  unsent: { name: (w) => w.navUnsent, page: lazy(() => import('../lists/UnsentList').then((m) => m.UnsentList)) },
  overview: { name: (w) => w.navOverview, wide: true, page: lazy(() => import('../team/Overview').then((m) => m.Overview)) },
  alerts: { name: (w) => w.navAlerts, page: lazy(() => import('../team/AlertList').then((m) => m.AlertList)) },
  hazards: { name: (w) => w.navHazards, needs: 'orders.read', page: lazy(() => import('../team/HazardList').then((m) => m.HazardList)) },
  desk: { name: (w) => w.navDesk, needs: 'desks.read', page: lazy(() => import('../team/DeskLog').then((m) => m.DeskLog)) },
  replay: { name: (w) => w.navReplay, needs: 'vehicles.history', page: lazy(() => import('../past/ReplayPane').then((m) => m.ReplayPane)) },
  reports: { name: (w) => w.navFlow, wide: true, page: lazy(() => import('../past/FlowReport').then((m) => m.FlowReport)) },
  coverage: { name: (w) => w.navCoverage, wide: true, page: lazy(() => import('../past/CoverageReport').then((m) => m.CoverageReport)) },
  lights: { name: (w) => w.navLights, needs: 'map.read', page: lazy(() => import('../lists/LightList').then((m) => m.LightList)) },
  spots: { name: (w) => w.navSpots, wide: true, page: lazy(() => import('../past/HotSpots').then((m) => m.HotSpots)) },
  costs: { name: (w) => w.navCosts, needs: 'costs.read', wide: true, page: lazy(() => import('../past/CostReport').then((m) => m.CostReport)) },
  automation: { name: (w) => w.navAutomation, wide: true, page: lazy(() => import('../office/AutomationTable').then((m) => m.AutomationTable)) },
  events: { name: (w) => w.navEvents, page: lazy(() => import('../office/EventList').then((m) => m.EventList)) },
  places: { name: (w) => w.navPlaces, page: lazy(() => import('../office/WaitingReports').then((m) => m.WaitingReports)) },
  imports: { name: (w) => w.navImports, needs: 'imports.read', wide: true, page: lazy(() => import('../office/ImportList').then((m) => m.ImportList)) },
  city: { name: (w) => w.navCity, needs: 'city.read', page: lazy(() => import('../lists/CityList').then((m) => m.CityList)) },
  aside: { name: (w) => w.navAside, needs: 'ingest.read', page: lazy(() => import('../lists/AsideList').then((m) => m.AsideList)) },
};

export const sections: readonly Section[] = [
  { icon: 'request', name: (w) => w.navRequests, views: ['requests'] },
  { icon: 'order', name: (w) => w.navOrders, views: ['orders'] },
  { icon: 'unit', name: (w) => w.navUnits, views: ['units'] },
  { icon: 'crew', name: (w) => w.navCrews, views: ['crews', 'shifts', 'unsent'] },
  { icon: 'overview', name: (w) => w.navShift, views: ['overview', 'alerts', 'hazards', 'desk'] },
  { icon: 'replay', name: (w) => w.navReplay, views: ['replay'] },
  { icon: 'report', name: (w) => w.navReports, views: ['reports', 'coverage', 'lights', 'spots', 'costs'] },
  { icon: 'office', name: (w) => w.navOffice, views: ['automation', 'events', 'places', 'imports', 'city', 'aside'] },
];
