// Reading aloud. The app's lessons do it, and the server's page of a clause (backend/templates/study_clause.js).

/** Milliseconds after which a voice that was not heard will hardly come. */
const SILENCE = 2500;

export const canSpeak = 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;

export function hush() {
  if (canSpeak) speechSynthesis.cancel();
}

/** A phone that names its voices and has none for Chinese would be silent, or read nonsense. */
function hasNoChinese() {
  const voices = speechSynthesis.getVoices();
  return voices.length > 0 && !voices.some((it) => /^(zh|cmn|yue)/i.test(it.lang));
}

/** What a button 听一遍 does: reads at the first press, stops at the next. `mute` tells whether nothing is heard. */
export const reading = (words, mute) => ({ currentTarget: press }) => {
  if (speechSynthesis.speaking || speechSynthesis.pending) hush();
  else if (hasNoChinese()) mute(true);
  else speak(words(), press, mute);
};

function speak(text, press, mute) {
  let [heard, over] = [false, false];
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = 'zh-CN';
  speech.rate = 0.9;
  speech.onstart = () => {
    heard = true;
    mute(false);
    press.textContent = '停下';
  };
  speech.onend = () => {
    over = true;
    press.textContent = '听一遍';
  };
  speech.onerror = ({ error }) => {
    speech.onend();
    if (!heard && !/^(canceled|interrupted|not-allowed)$/.test(error)) mute(true);
  };
  speechSynthesis.speak(speech);
  // It goes on waiting: a phone that has not read for long needs more time.
  setTimeout(() => { if (!heard && !over) mute(true); }, SILENCE);
}
