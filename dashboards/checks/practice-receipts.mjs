// Invented shifts of the practice hub: what of them is at city hall, still on a vehicle, or missing.
const HOUR = 3_600_000;
const WAITED = 4_380_000;

/** One crew is out of reach with work done. */
const actionsOn = (unit) => (unit.crew && unit.unsent > 0 ? 3 : 0);

/** One shift a crew and day, the newest first. */
export function shiftsOf(city, now) {
  const shifts = [];
  for (let day = 0; day < 4; day++)
    city.crews.forEach((crew, i) => {
      const vehicle = city.units[i].public;
      const from = now - (day * 24 + 4 + (i % 3)) * HOUR;
      const over = day > 0 || crew.shift === 'off';
      const signed = over ? 30 + ((day * 7 + i * 5) % 20) : null;
      const still = vehicle.online ? (day === 2 && i === 0 ? 2 : 0) : day === 0 ? actionsOn(vehicle) : 0;
      shifts.push({
        shift: `shift-${crew.id}-${day}`, crew: crew.id, crewName: crew.name, from: iso(from), to: over ? iso(from + 8 * HOUR) : null,
        atCityHall: (signed ?? 12 + i) - still, still, complete: over && still === 0,
        vehicles: [{
          vehicle: vehicle.id, name: vehicle.name, atCityHall: (signed ?? 12 + i) - still, signedFor: signed, still,
          missing: over && still > 0 && vehicle.online, online: vehicle.online, lastHeard: iso(vehicle.lastSeenMs),
        }],
      });
    });
  return shifts.sort((a, b) => Date.parse(b.from) - Date.parse(a.from));
}

export function unsentOf(city) {
  const view = (u) => ({
    id: u.id, name: u.name, online: u.online, lastHeard: iso(u.lastSeenMs), unsentActions: actionsOn(u), unsent: u.unsent,
    oldest: actionsOn(u) > 0 ? iso(Date.now() - WAITED) : null, unsentFileBytes: actionsOn(u) > 0 ? 2_900_000 : u.n === 4 ? 1_200_000 : 0,
    shift: u.crew ? `shift-${u.crew}-0` : null, crew: u.crew, offline: { days: 19, limits: { certificate: 45, disk: 19 } },
  });
  const units = city.units.map((u) => u.public);
  return {
    items: units.filter((u) => actionsOn(u) > 0).map(view),
    silent: units.filter((u) => !u.online && u.crew && actionsOn(u) === 0).map(view),
    files: units.filter((u) => u.n === 4).map(view),
  };
}

export function gapsOf(unit) {
  const missing = unit.online ? 0 : unit.unsent;
  return {
    vehicle: unit.id, online: unit.online, unsent: unit.unsent, lastHeard: iso(unit.lastSeenMs), missing, dropped: 12,
    missingLinks: actionsOn(unit), brokenLinks: 0,
    epochs: [{
      epoch: '8f0c', highest: 900, missing: missing ? [[901 - missing, 900]] : [],
      dropped: [{ ranges: [[40, 51]], kind: 'roughness', reason: "the outbox's byte budget was full" }],
      chain: { atHub: 61, count: 61 + actionsOn(unit), missing: [], broken: [] },
    }],
  };
}

const iso = (ms) => new Date(ms).toISOString();
