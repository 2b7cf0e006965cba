// The three dashboards. Measurements and fields are those of hub/Telemetry; VictoriaMetrics names them measurement_field.
import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, figure, lines, list } from './panels.mjs';

const HOURS = '[1h]';
// A street's hour is one point: over a day all of them, once each.
const DAY = '[1d:1h]';

export const fleet = dashboard('threeoneone-fleet', 'Fleet and requests', 'What is open, who is out there, and what has not arrived yet. No vehicle is named.', 'now-24h')
  .withPanel(figure('Units online', 'Vehicles that are connected now', 'none', 'max(fleet_units_online)'))
  .withPanel(figure('Units on shift', 'Vehicles with a crew signed on', 'none', 'max(fleet_units_on_shift)'))
  .withPanel(figure('Open requests', 'Service requests that are open', 'none', 'max(requests_open)'))
  .withPanel(figure('Past target date', 'Open requests whose target date is over', 'none', 'max(requests_overdue)', { steps: [[1, 'orange']] }))
  .withPanel(figure('Crew actions not arrived', 'Kept on vehicles until the hub has them', 'none', 'max(fleet_unsent_actions)', { steps: [[1, 'orange']] }))
  .withPanel(figure('Oldest of them', 'How long the oldest crew action has waited on its vehicle', 's', 'max(fleet_oldest_unsent_action_s)', { steps: [[3600, 'orange'], [14400, 'red']] }))
  .withRow(new RowBuilder('Over time'))
  .withPanel(lines('Requests', 'Open, and past their target date', 'none', [['max(requests_open)', 'open'], ['max(requests_overdue)', 'past target date']]))
  .withPanel(lines('Defects', 'Open requests by what is wrong', 'none', [['max(requests_lights_out)', 'street lights out'], ['max(requests_potholes)', 'potholes']]))
  .withPanel(lines('Units', 'Registered, connected, on shift', 'none', [['max(fleet_units)', 'registered'], ['max(fleet_units_online)', 'online'], ['max(fleet_units_on_shift)', 'on shift']]))
  .withPanel(lines('Still on vehicles', 'Records, and crew actions among them', 'none', [['max(fleet_unsent)', 'records'], ['max(fleet_unsent_actions)', 'crew actions']]))
  .withPanel(lines('Photos and voice notes still on vehicles', 'They wait for everything else', 'bytes', [['max(fleet_unsent_file_bytes)', 'bytes']]));

export const streets = dashboard('threeoneone-streets', 'Streets', 'What vehicles felt and saw, by street segment and hour. Where nothing was sensed there is no line: that is no good road.', 'now-7d')
  .withPanel(lines('Passes by district', 'Stretches of road felt in an hour: coverage. Read everything below beside it', 'none', [[`sum by (district) (sum_over_time(street_road_passes${HOURS}))`, '{{district}}']], { stacked: true }))
  .withPanel(lines('Light passes by district', 'Street lights that were passed at night', 'none', [[`sum by (district) (sum_over_time(street_lamp_passes${HOURS}))`, '{{district}}']], { stacked: true }))
  .withPanel(lines('Roughness by district', 'Mean estimated roughness (response type, not calibrated) of the segments that were driven', 'm/km', [[`avg by (district) (avg_over_time(street_roughness_m_per_km${HOURS}))`, '{{district}}']]))
  .withPanel(lines('Shocks like a pothole', 'Each shock, not each pothole', 'none', [[`sum by (district) (sum_over_time(street_potholes${HOURS}))`, '{{district}}']], { stacked: true }))
  .withPanel(lines('Share of lights found dark', 'Of the passes that could tell', 'percentunit',
    [[`sum by (district) (sum_over_time(street_lamps_dark${HOURS})) / sum by (district) (sum_over_time(street_lamps_dark${HOURS}) + sum_over_time(street_lamps_lit${HOURS}))`, '{{district}}']]))
  .withPanel(lines('Illuminance', 'Mean of the passes\' highest', 'lux', [[`avg by (district) (avg_over_time(street_peak_lux${HOURS}))`, '{{district}}']]))
  .withPanel(list('Roughest segments of a day', 'By mean estimated roughness (response type, not calibrated)', 'm/km', `topk(15, avg by (street, segment) (avg_over_time(street_roughness_m_per_km${DAY})))`))
  .withPanel(list('Most shocks like a pothole in a day', 'By segment', 'none', `topk(15, sum by (street, segment) (sum_over_time(street_potholes${DAY})))`));

export const hub = dashboard('threeoneone-hub', 'Hub', 'How the hub itself does: what comes in, how fast, and what it cannot take.', 'now-6h')
  .withPanel(lines('Records', 'From vehicles, each second', 'cps', [['sum by (outcome) (rate(field_ingest_records_total[5m]))', '{{outcome}}']]))
  .withPanel(lines('Ingest', 'From reading a batch to its commit', 's',
    [['histogram_quantile(0.5, sum by (le) (rate(field_ingest_batch_duration_seconds_bucket[5m])))', 'half within'],
      ['histogram_quantile(0.99, sum by (le) (rate(field_ingest_batch_duration_seconds_bucket[5m])))', '99 % within']]))
  .withPanel(lines('Calls', 'Of the API and the page, each second, by status', 'reqps', [['sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count[5m]))', '{{http_response_status_code}}']]))
  .withPanel(lines('Slowest routes', '99 % within; the live feed lasts as long as the page is open and is left out', 's',
    [['topk(8, histogram_quantile(0.99, sum by (le, http_route) (rate(http_server_request_duration_seconds_bucket{http_route!="/api/live"}[5m]))))', '{{http_route}}']]))
  .withPanel(lines('Vehicles', 'Registered and connected', 'none', [['max(field_vehicles)', 'registered'], ['max(field_vehicles_online)', 'online']]))
  .withPanel(lines('Memory', 'Of the process', 'bytes', [['max(dotnet_process_memory_working_set_bytes)', 'working set'], ['sum(dotnet_gc_last_collection_heap_size_bytes)', 'managed heap']]))
  .withPanel(lines('Time series', 'Points delivered each second, and lost', 'cps', [['rate(field_telemetry_points_total[5m])', 'delivered'], ['rate(field_telemetry_points_lost_total[5m])', 'lost']]))
  .withPanel(lines('Kept aside', 'Messages that the hub could not take, since it was set up', 'none', [['max(hub_kept_aside)', 'kept aside']]))
  .withPanel(lines('Readings', 'All there are', 'none', [['max(hub_readings)', 'readings'], ['max(hub_observations)', 'observations'], ['max(hub_duplicates)', 'came twice']]));
