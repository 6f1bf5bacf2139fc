// Somebody whose WeChat the roster does not know is asked who they are and told whom to ask; somebody
// whose WeChat shows the app only as a snapshot is told to open it fully.
import { journey, phone } from './browser.mjs';

const { WECHAT } = process.env;

await journey(async () => {
  const stranger = await phone('stranger');
  await stranger.window.setCookie({ name: 'sandbox_person', value: 'stranger', url: WECHAT });
  await stranger.goto('/');
  await stranger.sees('花名册里还没有您的微信');
  await stranger.sees('培训办公室');
  await stranger.picture('whom-to-ask');

  const onlooker = await phone('onlooker');
  await onlooker.window.setCookie({ name: 'sandbox_person', value: 'snapshot', url: WECHAT });
  await onlooker.goto('/');
  await onlooker.sees('完整服务');
  await onlooker.picture('snapshot');
});
