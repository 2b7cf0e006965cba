// Numbers with units as the reader's region uses them. SI comes in, text goes out.

const MILES = new Set(['US', 'GB', 'LR', 'MM']);

/** Whether roads are signed in miles there. */
export function usesMiles(locale: string): boolean {
  const region = new Intl.Locale(locale).maximize().region ?? 'US';
  return MILES.has(region);
}

export interface Measure {
  value: string;
  unit: string;
}

export function speed(locale: string, metresPerSecond: number): Measure {
  const miles = usesMiles(locale);
  const value = Math.round(metresPerSecond * (miles ? 2.236936 : 3.6));
  return { value: value.toLocaleString(locale), unit: miles ? 'mph' : 'km/h' };
}

export function distance(locale: string, metres: number): Measure {
  if (!usesMiles(locale))
    return metres < 950
      ? { value: `${Math.round(metres / 10) * 10}`, unit: 'm' }
      : { value: number(locale, metres / 1000, 1), unit: 'km' };
  const feet = metres / 0.3048;
  return feet < 1000
    ? { value: (Math.round(feet / 10) * 10).toLocaleString(locale), unit: 'ft' }
    : { value: number(locale, metres / 1609.344, 1), unit: 'mi' };
}

export function number(locale: string, value: number, digits = 0): string {
  return value.toLocaleString(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** Bytes as megabytes, without the unit. */
export const megabytes = (locale: string, bytes: number): string => number(locale, bytes / 1e6, 1);

export function percent(locale: string, share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  return share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: digits });
}

const WINDS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;

/** Course over ground as degrees and wind name; null when the vehicle has none. */
export function course(degrees: number): Measure | null {
  if (degrees < 0) return null;
  return { value: WINDS[Math.round(degrees / 45) % 8] ?? 'N', unit: `${Math.round(degrees)}°` };
}

/** Money from its hundredth part. */
export const money = (locale: string, currency: string, cents: number): string =>
  (cents / 100).toLocaleString(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
