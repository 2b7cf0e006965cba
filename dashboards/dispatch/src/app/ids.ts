/** A name that nobody else makes; crypto.randomUUID is missing on plain http. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
