// What the scripts of studying draw.

export function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(text, act) {
  const made = element('button', 'button button-plain', text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

export function hint(text) {
  const made = element('p', 'hint', text);
  made.setAttribute('role', 'status');
  return made;
}
