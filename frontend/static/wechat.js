// What only WeChat can do, loaded by those who need it: its scanner, which is the mini-program's page
// where the app lies in its web view, else the one that WeChat's browser gives to pages that are signed
// for it; and the way back from the web view to the mini-program.
import { ask } from './asking.js';

const SDK = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js';
/** Milliseconds that WeChat may take for each step: whoever stands before the code cannot wait. */
const PATIENCE = 8000;

/** What the code says; an empty text where the person closed the scanner or goes on elsewhere. */
export async function scan(entered) {
  const wx = await sdk();
  if (isMiniProgram()) {
    await goTo(wx, 'navigateTo', '/pages/scan/index');
    return '';
  }
  await prove(wx, entered);
  return new Promise((done, failed) => {
    wx.scanQRCode({
      needResult: 1,
      scanType: ['qrCode'],
      success: ({ resultStr }) => done(resultStr),
      cancel: () => done(''),
      fail: ({ errMsg }) => failed(new Error(errMsg)),
    });
  });
}

/** Leaves the web view, whose sign-in is over, to the mini-program, which signs in and comes back. */
export async function signIn(to) {
  await goTo(await sdk(), 'reLaunch', `/pages/start/index?to=${encodeURIComponent(to)}`);
}

const goTo = (wx, how, url) =>
  within((done, failed) => wx.miniProgram[how]({ url, success: done, fail: failed }));

const isMiniProgram = () =>
  window.__wxjs_environment === 'miniprogram' || /miniProgram/i.test(navigator.userAgent);

async function sdk() {
  if (window.jWeixin) return window.jWeixin;
  await within((done, failed) => {
    const script = document.createElement('script');
    script.src = SDK;
    script.onload = done;
    script.onerror = () => failed(new Error('jweixin'));
    document.head.appendChild(script);
  });
  return window.jWeixin || window.wx;
}

/** An iPhone compares with the address that the app was entered by, everybody else with the present. */
async function prove(wx, entered) {
  const here = location.href.split('#')[0];
  const url = /iPhone|iPad|iPod/.test(navigator.userAgent) ? entered : here;
  const { app_id: appId, timestamp, nonce: nonceStr, signature } = await signed(url);
  await within((done, failed) => {
    wx.ready(done);
    wx.error(({ errMsg }) => failed(new Error(errMsg)));
    wx.config({ appId, timestamp, nonceStr, signature, jsApiList: ['scanQRCode'] });
  });
}

async function signed(url) {
  const answer = await ask(`/api/wechat/page-signature?url=${encodeURIComponent(url)}`);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

function within(begin) {
  return new Promise((done, failed) => {
    setTimeout(() => failed(new Error('too slow')), PATIENCE);
    begin(done, failed);
  });
}
