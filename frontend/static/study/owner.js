/** Whose sign-in this browser holds; nobody's is an empty text. */
export function owner() {
  const cookie = document.cookie.split('; ').find((it) => /^(__Host-)?fingertip_person=/.test(it));
  return cookie ? cookie.slice(cookie.indexOf('=') + 1) : '';
}
