// What a page shows first: asked for while the app is on its way, and drawn as far as it can be without it.

/** What the page at an address shows first. */
function firstQuestion(path) {
  if (path === '/') return '/api/today';
  return /^\/lessons\/[0-9a-f-]{36}$/.test(path) ? `/api${path}` : null;
}

/** Asks for it; the app takes the answer over. Where something is drawn of it, `drawnAhead` says when. */
export async function askAhead() {
  const question = firstQuestion(location.pathname);
  if (!question) return;
  const drawn = ask(question);
  if (question !== '/api/today') window.drawnAhead = drawn;
  await drawn;
}

async function ask(question) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 20000);
  const answer = fetch(question, { signal: patience.signal });
  window.askedAhead = { [question]: answer };
  try {
    const response = await answer;
    const text = await response.clone().text();
    // What has arrived would be lost to an app that takes longer.
    clearTimeout(timer);
    if (response.ok) await drawLesson(JSON.parse(text));
  } catch (error) {
    // The app tells what goes wrong.
  }
}

const element = (name, className, text = '') => {
  const it = document.createElement(name);
  it.className = className;
  it.textContent = text;
  return it;
};

/** A lesson's title and the step card that the learner comes to, where the skeleton of the page was. */
async function drawLesson({ title, course_title: course, minutes, content, progress }) {
  if (!content) return;
  const drawn = [element('p', 'early-title', title), element('p', 'early-note', `${course} · ${minutes} 分钟`)];
  const at = progress.finished_at ? 0 : progress.position;
  const cards = content.cards || [];
  // As the app does: another revision may have fewer. What this phone has not sent yet, only the app knows.
  const card = cards[Math.min(at, cards.length - 1)];
  // Also where the app was faster: it shows the same picture, which is fetched once.
  const picture = card && card.picture && pictureOf(card);
  // The answer may have been faster than the end of the page.
  if (document.readyState === 'loading') await new Promise((read) => addEventListener('DOMContentLoaded', read));
  const bones = document.querySelector('#shell .bones');
  if (!bones) return;
  if (card) {
    if (card === cards[0] && content.materials.length) drawn.push(materials(content.materials));
    const box = element('div', 'card early-card');
    box.append(element('p', 'early-note', number(card, cards)), element('p', 'early-step', card.title));
    if (picture) box.append(picture);
    drawn.push(box);
    bones.textContent = '';
  } else {
    bones.querySelector('.bone').remove();
  }
  bones.prepend(...drawn);
  // A lesson has the whole screen.
  document.querySelector('#shell .tabs').remove();
}

function materials(names) {
  const box = element('div', 'card');
  const list = element('ul', '');
  list.append(...names.map((name) => element('li', '', name)));
  box.append(element('p', 'early-prepare', '先备好'), list);
  return box;
}

/** As the app words it. */
const number = (card, cards) =>
  `第 ${cards.indexOf(card) + 1} 步，共 ${cards.length} 步${card.seconds ? `，用时约 ${span(card.seconds)}` : ''}`;

function span(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (!minutes) return `${rest} 秒`;
  return rest ? `${minutes} 分 ${rest} 秒` : `${minutes} 分钟`;
}

/** The picture in the width that the app will ask for. */
function pictureOf({ picture, clip }) {
  const url = `/media/${picture.media}`;
  const it = element('img', '');
  it.alt = '';
  // Before the app is up, all that is looked at.
  it.setAttribute('fetchpriority', 'high');
  // `boot.js` asks the browser when it is on the screen.
  it.setAttribute('elementtiming', 'card');
  it.width = picture.width;
  it.height = picture.height;
  if (clip) {
    // The still of a player has one width.
    it.src = picture.width > 720 ? `${url}/w720` : url;
    return it;
  }
  const smaller = [360, 720, 1080].filter((width) => width < picture.width).map((width) => `${url}/w${width} ${width}w`);
  it.sizes = '100vw';
  it.srcset = [...smaller, `${url} ${picture.width}w`].join(',');
  return it;
}
