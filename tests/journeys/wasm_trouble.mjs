// Where the app cannot start, the page says so in Chinese and what to do; where that passes, 重试 helps.
import { journey, phone } from './browser.mjs';

await journey(async () => {
  const unlucky = await phone('no-module');
  await unlucky.window.answer('**/*.wasm', null);
  await unlucky.goto('/');
  await unlucky.sees('网络没连上');
  await unlucky.picture('network');
  await unlucky.page.unroute('**/*.wasm');
  await unlucky.press('重试');
  await unlucky.sees('今日必学');
  await unlucky.picture('after-retry');

  const old = await phone('old-engine');
  const body = Buffer.from('\0asm\x01\0\0\0 not for this engine', 'latin1');
  await old.window.answer('**/*.wasm', { status: 200, contentType: 'application/wasm', body });
  await old.goto('/');
  await old.sees('微信版本太旧');
  await old.sees('更新微信');
  await old.picture('too-old');

  const broken = await phone('server-trouble');
  await broken.window.answer('**/*.wasm', { status: 502, contentType: 'text/html', body: '<html>Bad Gateway' });
  await broken.goto('/');
  await broken.sees('网络没连上');
  await broken.picture('bad-gateway');
});
