// Keeps what is typed into a form on this phone until the server has it, says so where there is no
// network, and sends it once, however often the button is pressed. The pages do without it.

/** Whose sign-in this browser holds: another tab may change that while the page is open. */
const owner = () => (/(?:^|; )(?:__Host-)?fingertip_person=([^;]*)/.exec(document.cookie) || [])[1] || '';
/** Whose page this is, as the server wrote into it. */
const ours = document.body.dataset.person || owner();
const drafts = `draft:${ours}:`;
/** Each of them has a name, which the server draws again where it has what was typed. */
const forms = [...document.forms].filter((it) => it.querySelector('[name=form]'));
const named = (kind) => new Map([...document.querySelectorAll(`[data-${kind}]`)].map((it) => [it.dataset[kind], it]));
/** What stands there is what the server took from the form of this name, or from one without. */
const sent = named('sent');
/** Forms of these names can send nothing any more. */
const over = named('over');
/** Milliseconds after which there is no network, or the answer is not coming. */
const PATIENCE = 15000;
/** The page was left and came back as it was: what its forms send would replace what they sent before. */
let spent = false;

const key = (form) => drafts + new URL(form.action).pathname;

/** Names and values, as they were kept; an earlier version kept nothing else. */
function read(draft) {
  const kept = JSON.parse(localStorage.getItem(draft) || '[]');
  return kept.fields || kept;
}

const nameIn = (fields) => (fields.find(([field]) => field === 'form') || [])[1];
const wordsIn = (fields) => fields.filter(([field]) => field === 'text').map(([, value]) => value).join('');
/** A text as the server tidies it. */
const tidy = (text) => text.replace(/[\0-\t\v-\x1f\x7f-\x9f]/g, '').trim();

function say(form, text) {
  const said = form.querySelector('[role=status]');
  said.hidden = false;
  said.textContent = text;
}

/** Where the phone is full, the pages that the app keeps make room; without any it is sent all the same. */
function keep(form) {
  const write = () => localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), fields: [...new FormData(form)] }));
  try {
    write();
  } catch (full) {
    Object.keys(localStorage).filter((it) => it.startsWith('seen:')).forEach((it) => localStorage.removeItem(it));
    try { write(); } catch (still) { /* What was kept before stays. */ }
  }
}

/** Whether she wrote here before this script came, over a slow network. */
const isTyped = (field) => /^text/.test(field.type) && field.value !== field.defaultValue;

/** Whether a field is not as it was kept; puts it right. */
function mend(field, kept) {
  const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
  if (/radio|checkbox/.test(field.type)) {
    const was = field.checked;
    field.checked = values.includes(field.value);
    return field.checked !== was;
  }
  if (!values.length) return false;
  const was = field.value;
  [field.value] = values;
  return field.type !== 'hidden' && field.value.trim() !== was.trim();
}

function restore(form) {
  // Under a name that has sent something this would take its place.
  const kept = read(key(form)).filter(([field, value]) => field !== 'form' || !sent.has(value));
  const typed = [...form.elements].filter(isTyped);
  const mended = kept.length ? [...form.elements].filter((it) => it.name && !typed.includes(it) && mend(it, kept)) : [];
  if (mended.length) {
    say(form, '上次没有交上去的还在这里，看一看再交。');
  } else if (kept.length && !typed.length && !document.querySelector('[role=alert]')) {
    localStorage.removeItem(key(form));
  }
  if (typed.length) keep(form);
}

/** Whether the server took just this text from a form of this name. */
function isTaken(name, text) {
  const shown = [...document.querySelectorAll('[data-sent]')].filter(({ dataset }) => !dataset.sent || dataset.sent === name);
  return sent.has(name) && shown.some((it) => tidy(it.textContent) === tidy(text));
}

/** Lets a draft go whose text the server took, or which can be sent no more. */
function settle(draft) {
  const fields = read(draft);
  const [name, text] = [nameIn(fields), wordsIn(fields)];
  if (over.has(name) || isTaken(name, text)) {
    localStorage.removeItem(draft);
  } else if (sent.has(name) && !forms.some((it) => key(it) === draft)) {
    if (!tidy(text)) localStorage.removeItem(draft);
    else if (!isShown(text)) showUnsent(draft, text, sent.get(name));
  }
}

/** Whether the server says of this text that it was not taken. */
const isShown = (text) => [...document.querySelectorAll('[data-unsent]')].some((it) => tidy(it.textContent) === tidy(text));

/** Another answer came first, and there is no box any more for what was written here. */
function showUnsent(draft, text, taken) {
  const shown = document.createElement('p');
  shown.className = 'said';
  shown.textContent = `您写的没有发出去：${text} `;
  const away = document.createElement('button');
  away.className = 'small';
  away.textContent = '删除';
  away.addEventListener('click', () => {
    localStorage.removeItem(draft);
    shown.remove();
  });
  shown.append(away);
  taken.closest('p').after(shown);
}

/** Fails where there is no network, or a gateway answers for a server that is away. */
async function reach() {
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), PATIENCE);
  const answer = await fetch('/healthz', { cache: 'no-store', signal: patience.signal });
  clearTimeout(late);
  if (!answer.ok) throw new Error(`${answer.status}`);
}

/** The page as the server has it now: at the address of a form there is none. */
function renew() {
  location.replace(location.pathname.replace(/\/(?:note|question|rating|favourite)$|(\/study\/questions)\/.*/, '$1'));
}

async function send(event) {
  const form = event.target;
  const button = form.querySelector('button');
  event.preventDefault();
  if (button.disabled) return;
  button.disabled = true;
  try {
    await reach();
  } catch (error) {
    button.disabled = false;
    say(form, `现在没有网络，还没有交上去。您填的都在，有网了再点一次“${button.textContent}”。`);
    return;
  }
  // As it is sent: what was only restored stands under an earlier name.
  keep(form);
  const now = owner();
  if (now && now !== ours) {
    button.disabled = false;
    say(form, '这台手机换了人登录，刚才的没有交上去，写的给您留着，请刷新这一页。');
  } else if (spent) {
    renew();
  } else {
    form.submit();
    setTimeout(() => { button.disabled = false; }, PATIENCE);
  }
}

Object.keys(localStorage).filter((it) => it.startsWith(drafts)).forEach(settle);
for (const form of forms) {
  restore(form);
  form.addEventListener('input', () => keep(form));
  form.addEventListener('submit', send);
}
addEventListener('pageshow', ({ persisted }) => {
  // Whoever comes back finds a button that can be pressed.
  forms.forEach((it) => { it.querySelector('button').disabled = false; });
  if (!persisted) return;
  spent = true;
  // Without a network this page is better than none.
  reach().then(renew, () => {});
});
