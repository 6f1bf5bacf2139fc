// What scripts ask the server for on behalf of whoever is signed in.

/** A sign-in that ran out meanwhile is renewed: a page may stay open for longer than it lasts. */
export async function ask(address) {
  const answer = await fetch(address);
  if (answer.status !== 401) return answer;
  await fetch('/api/sign-ins/refresh', { method: 'POST' });
  return fetch(address);
}
