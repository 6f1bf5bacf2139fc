// On a slow network the shell stands long before the app: the brand, a skeleton, and words.
import { journey, phone, until } from './browser.mjs';

await journey(async () => {
  const waiting = await phone('slow-network');
  const arrives = await waiting.window.hold('**/*.wasm');
  await waiting.goto('/');
  await waiting.sees('指尖教学');
  await waiting.sees('首页');
  if (await waiting.reads('今日必学')) throw new Error('the app was there before its module');
  await until('something is painted', () => waiting.run(() => performance.getEntriesByName('first-contentful-paint').length > 0));
  await waiting.picture('shell');
  arrives();
  await waiting.sees('今日必学');
});
