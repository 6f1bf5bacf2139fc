// Shanghai's date and time, so many minutes from now, as a form's fields take them.
export function shanghai(minutes) {
  const there = new Date(Date.now() + (8 * 60 + minutes) * 60000).toISOString();
  return { date: there.slice(0, 10), time: there.slice(11, 16) };
}

/** A date as people read it where it is neither yesterday, today nor tomorrow: `6月3日 周三`. */
export function dayOf(date) {
  const [, month, day] = date.split('-').map(Number);
  return `${month}月${day}日 周${'日一二三四五六'[new Date(date).getUTCDay()]}`;
}
