/** A moment as people say it: 今天 14:02, 11月23日 14:02. */
export function moment(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const today = at.toDateString() === now.toDateString();
  return today ? `今天 ${clock}` : `${at.getMonth() + 1}月${at.getDate()}日 ${clock}`;
}

/** The digits of what was typed; Chinese keyboards also make wide ones. */
export function digits(typed: string): string {
  return typed
    .replace(/[０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\D/g, '');
}
