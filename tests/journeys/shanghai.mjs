// Shanghai's date and time, so many minutes from now, as a form's fields take them.
export function shanghai(minutes) {
  const there = new Date(Date.now() + (8 * 60 + minutes) * 60000).toISOString();
  return { date: there.slice(0, 10), time: there.slice(11, 16) };
}
