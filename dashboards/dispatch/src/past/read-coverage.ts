import { ask } from '../app/api';
import { hubNow } from '../feed/city';
import { coverage, type CoverageSegment, toDrawn } from '../map/coverage';

const DAY = 86_400_000;

/** All streets, also those that nobody sensed. */
export async function readCoverage(days: number): Promise<void> {
  const to = Math.floor(hubNow() / 60_000) * 60_000;
  const span = `from=${encodeURIComponent(new Date(to - days * DAY).toISOString())}&to=${encodeURIComponent(new Date(to).toISOString())}`;
  const answer = await ask<{ items: CoverageSegment[] }>(`/api/coverage/segments?${span}`);
  coverage.value = answer.items.map(toDrawn);
}
