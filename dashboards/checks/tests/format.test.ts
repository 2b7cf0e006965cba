import { expect, test } from 'vitest';
import { course, distance, percent, speed, usesMiles } from '../../shared/format/measure';
import { age, clock, duration, moment, urgency } from '../../shared/format/time';
import { languages, pickLanguage } from '../../shared/words';
import { dictionaries, en, tags } from '../../shared/words/dispatch';
import { HOUR, NOW } from './samples';

test('Speed follows the region', () => {
  expect(speed('en-US', 10)).toEqual({ value: '22', unit: 'mph' });
  expect(speed('es-MX', 10)).toEqual({ value: '36', unit: 'km/h' });
  expect(usesMiles('es-US')).toBe(true);
  expect(usesMiles('en')).toBe(true);
});

test('Distance follows the region', () => {
  expect(distance('en-US', 100)).toEqual({ value: '330', unit: 'ft' });
  expect(distance('en-US', 3218.7)).toEqual({ value: '2.0', unit: 'mi' });
  expect(distance('de-DE', 1500)).toEqual({ value: '1,5', unit: 'km' });
});

test('Durations have at most two parts', () => {
  expect([500, 59_000, 61_000, 3 * HOUR + 20 * 60_000, 30 * HOUR, 75 * HOUR].map(duration)).toEqual([
    '0 s', '59 s', '1 min', '3 h 20 min', '1 d 6 h', '3 d',
  ]);
  expect(duration(-5)).toBe('0 s');
});

test('Ages of live data show tenths while small', () => {
  expect(age('en-US', 340)).toBe('0.3 s');
  expect(age('de-DE', 340)).toBe('0,3 s');
  expect(age('en-US', 75_000)).toBe('1 min');
});

test('A target date is late, soon, fine or none', () => {
  expect([NOW - 1, NOW + HOUR, NOW + 9 * HOUR, null].map((t) => urgency(t, NOW))).toEqual(['late', 'soon', 'fine', 'none']);
});

test('Times are the city’s, not the reader’s', () => {
  expect(clock('en-US', NOW, 'America/New_York')).toMatch(/^3:00:00\sPM$/);
  expect(moment('en-US', NOW - HOUR, NOW, 'America/New_York')).toMatch(/^2:00\sPM$/);
  expect(moment('en-US', NOW - 48 * HOUR, NOW, 'America/New_York')).toMatch(/^Nov 19/);
});

test('Course reads as wind and degrees, or nothing', () => {
  expect(course(358)).toEqual({ value: 'N', unit: '358°' });
  expect(course(135)?.value).toBe('SE');
  expect(course(-1)).toBeNull();
});

test('Small shares keep a decimal', () => {
  expect(percent('en-US', 0.049)).toBe('4.9%');
  expect(percent('en-US', 0.24)).toBe('24%');
});

test('The reader’s most wanted language that we have is chosen', () => {
  expect(pickLanguage(['de', 'es-MX', 'en'], tags)).toBe('es');
  expect(pickLanguage(['', 'xx'], tags)).toBe('en');
  expect(tags.every((tag) => tag in languages)).toBe(true);
});

test('Every language says every word, with the same parameters', async () => {
  for (const words of await Promise.all(Object.values(dictionaries).map((fetched) => fetched())))
    for (const [key, english] of Object.entries(en)) {
      const word = words[key as keyof typeof en];
      expect(typeof word, key).toBe(typeof english);
      if (typeof word === 'function') expect(word.length, key).toBe((english as { length: number }).length);
      else expect(word, key).not.toBe('');
    }
});
