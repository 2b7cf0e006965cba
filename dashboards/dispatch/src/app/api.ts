// The hub's JSON API. Errors come as problem+json; what they say is shown to the person.

export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function toSignIn() {
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.hash)}`);
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init?.headers } });
  if (response.status === 401) toSignIn();
  if (!response.ok) throw new ApiError(response.status, await problemOf(response));
  if (response.status === 204 || !response.headers.get('content-type')?.includes('json')) return undefined as T;
  return (await response.json()) as T;
}

export const send = <T>(path: string, body: unknown, method = 'POST'): Promise<T> =>
  ask<T>(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function problemOf(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { detail?: string; title?: string; errors?: Record<string, string[]> };
    const fields = Object.values(problem.errors ?? {}).flat();
    return fields[0] ?? problem.detail ?? problem.title ?? `${response.status}`;
  } catch {
    return `${response.status}`;
  }
}
