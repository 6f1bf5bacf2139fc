// The mini-program opens its web view with a ticket: whoever is signed in there is signed in here, and
// the ticket is in no address and no history. A ticket that was used already signs nobody in.
import { journey, phone } from './browser.mjs';

const { NAME, URL_WITH_TICKET, WECHAT } = process.env;

await journey(async () => {
  const view = await phone('web-view');
  await view.goto(URL_WITH_TICKET);
  await view.sees(NAME);
  await view.isAt(/^\/me$/);
  const left = await view.run(() => location.hash + history.length);
  if (left.startsWith('#')) throw new Error(`the address still has ${left}`);
  await view.picture('signed-in');
  await view.goto('/me');
  await view.sees(NAME);

  const thief = await phone('thief');
  await thief.window.setCookie({ name: 'sandbox_person', value: 'stranger', url: WECHAT });
  await thief.goto(URL_WITH_TICKET);
  await thief.sees('花名册里还没有您的微信');
});
