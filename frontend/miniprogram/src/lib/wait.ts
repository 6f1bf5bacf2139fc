/** Milliseconds before the first retry, and before any. */
const FIRST = 1_000;
const LONGEST = 8_000;

/** Waits after a failed try: twice as long each time, and never all phones at the same moment. */
export function wait(tries: number): Promise<void> {
  const longest = Math.min(FIRST * 2 ** tries, LONGEST);
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}
