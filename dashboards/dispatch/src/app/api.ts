// The hub's JSON API. Errors come as problem+json; what they say is shown to the person, at the field where there is one.

import { type Coded, problems, sayProblem } from '../../../shared/words/problems';
import { language } from './preferences';

export class ApiError extends Error {
  readonly status: number;
  /** What is wrong by the name of the field. */
  readonly fields: Record<string, string>;

  constructor(status: number, message: string, fields: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

export function toSignIn() {
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.hash)}`);
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init?.headers } });
  if (response.status === 401) toSignIn();
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204 || !response.headers.get('content-type')?.includes('json')) return undefined as T;
  return (await response.json()) as T;
}

/** Sent also while the page closes: a step that was taken is not lost with its tab. */
export const send = <T>(path: string, body: unknown, method = 'POST', headers: Record<string, string> = {}): Promise<T> =>
  ask<T>(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers }, keepalive: true });

/** What says which version somebody has seen: the hub refuses with 412 when it has changed since. */
export const ifUnchanged = (version: number | undefined): Record<string, string> => (version === undefined ? {} : { 'if-match': `"${version}"` });
export const CHANGED_SINCE = 412;

/** A path of the API with its parts made safe. */
export const at = (...parts: string[]): string => `/api/${parts.map(encodeURIComponent).join('/')}`;

interface ProblemAnswer {
  detail?: string;
  title?: string;
  errors?: Record<string, string[]>;
  code?: string;
  values?: Record<string, string>;
  /** By field. */
  codes?: Record<string, Coded>;
}

/** The reader's own words for a coded sentence of the hub; the sentence itself where there are none. */
export async function inWords(coded: Coded | undefined | null, sentence: string): Promise<string> {
  if (!coded) return sentence;
  try {
    const own = await problems[language.peek()]?.();
    return (own && sayProblem(own, coded)) ?? sentence;
  } catch {
    // The words cannot be fetched: English is better than nothing.
    return sentence;
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  let problem: ProblemAnswer;
  try {
    problem = (await response.json()) as ProblemAnswer;
  } catch {
    return new ApiError(response.status, `${response.status}`);
  }
  const said = { ...Object.fromEntries(Object.keys(problem.codes ?? {}).map((name) => [name, [problem.detail ?? '']])), ...problem.errors };
  const fields = Object.fromEntries(await Promise.all(Object.entries(said).map(async ([name, lines]) => [name, await inWords(problem.codes?.[name], lines[0] ?? '')] as const)));
  const whole = problem.code ? { code: problem.code, ...(problem.values ? { values: problem.values } : {}) } : null;
  return new ApiError(response.status, Object.values(fields)[0] ?? (await inWords(whole, problem.detail ?? problem.title ?? `${response.status}`)), fields);
}
