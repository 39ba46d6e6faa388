"""What only the browser can do: keep the keyboard's place, show a new question, uncover the page, and say when the
server is gone.

When a button goes away that was pressed by key or mouse (Commit, Skip), the browser leaves the keyboard nowhere, and
the next Tab begins at the top of the page. Here it goes on to the next heading, note or control. A button far down a
page may lead to another view, which asks something first: above the window, so the window goes there. A pasted row
that ends with a blank cell loses it in a table, and with it the word that a number is missing; here its line gets an
end. On a phone the sidebar lies over the page, also over one that was just chosen in it; here it goes away, as it does
with Streamlit's own list of pages. When the connection is lost, Streamlit only turns pale for seconds; here a sentence
says so until it is back.
"""

import streamlit as st

_JS = """
const NEXT = 'h1, h2, h3, h4, [data-testid="stAlert"], button, a[href], input, select, summary, [tabindex="0"]';
const LOST = 'The connection to the server is lost. This page comes back by itself as soon as the server answers.';
const BANNER = 'position: fixed; inset: 0 0 auto 0; z-index: 1000000; padding: 0.6rem 1rem; text-align: center;'
  + 'font: 600 0.95rem var(--st-font, sans-serif); background: #B85C00; color: #FFFFFF;';

function keepPlace(signal) {
  let left = null, timer = 0;  // what was pressed, by key or mouse: its elements and their heights
  const top = e => e.getBoundingClientRect().top;
  const note = at => {
    left = at?.closest('[data-testid="stMain"]') ? [] : null;
    for (let e = at; left && e && e !== document.body; e = e.parentElement) left.push([e, top(e)]);
  };
  const pressed = event => { if (['Enter', ' '].includes(event.key)) note(document.activeElement); };
  const clicked = event => note(event.pointerType === 'mouse' ? event.target.closest('button') : null);
  const goOn = () => {
    if (!left || left[0][0].isConnected) return;
    const app = document.querySelector('[data-testid="stApp"]');
    if (app?.getAttribute('data-test-script-state') === 'running') { timer = setTimeout(goOn, 60); return; }
    const stays = left.findIndex(([e]) => e.isConnected), [around] = left[stays], [, height] = left[stays - 1];
    left = null;
    if (document.activeElement && document.activeElement !== document.body) return;
    const page = document.querySelector('[data-testid="stMain"]');
    const within = [around, page].flatMap(e => [...e.querySelectorAll(NEXT)]);
    const next = within.find(e => e.checkVisibility() && !e.disabled && top(e) >= height - 8);
    if (!next) return;
    if (next.tabIndex < 0) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(goOn, 60); });
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('keydown', pressed, { capture: true, signal });
  document.addEventListener('pointerdown', clicked, { capture: true, signal });
  signal.addEventListener('abort', () => { watch.disconnect(); clearTimeout(timer); });
}

function showQuestion(signal) {
  let asked = '', timer = 0;
  const look = () => {
    const card = document.querySelector('[class*="prediction-ask"]'), before = asked;
    const name = [...(card?.classList ?? [])].find(one => one.startsWith('st-key-')) ?? '';
    asked = name.replace(/-ask(ing|ed)$/, '');
    if (!asked || asked === before) return;
    if (card.getBoundingClientRect().top >= 60) return;
    document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
    if (card.getBoundingClientRect().bottom > innerHeight) card.scrollIntoView({ block: 'center' });
  };
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(look, 60); });
  watch.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener('abort', () => { watch.disconnect(); clearTimeout(timer); });
}

function keepBlanks(signal) {
  const clipboard = navigator.clipboard, read = clipboard?.read?.bind(clipboard), plain = 'text/plain';
  if (!read) return;
  const whole = async item => {
    if (item.types.includes('text/html') || !item.types.includes(plain)) return item;
    const text = await (await item.getType(plain)).text();
    return text.endsWith('\\t') ? new ClipboardItem({ [plain]: new Blob([text + '\\n'], { type: plain }) }) : item;
  };
  clipboard.read = async (...how) => Promise.all((await read(...how)).map(whole));
  signal.addEventListener('abort', () => { delete clipboard.read; });
}

function uncover(signal) {
  document.addEventListener('click', event => {
    const sidebar = event.target.closest('[data-testid="stSidebar"]:has(a[data-testid^="stPageLink"])');
    if (!sidebar || !event.target.closest('a') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (sidebar.clientWidth > innerWidth / 2)
      sidebar.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }, { signal });
}

function sayWhenLost(signal) {
  const app = document.querySelector('[data-testid="stApp"]'), banner = document.createElement('div');
  let timer = 0;
  banner.setAttribute('role', 'status');
  banner.style.cssText = BANNER;
  document.body.append(banner);
  const look = () => {
    clearTimeout(timer);
    const lost = app.getAttribute('data-test-connection-state') !== 'CONNECTED';
    const say = () => { banner.hidden = !lost; banner.textContent = lost ? LOST : ''; };
    if (lost) timer = setTimeout(say, 400); else say();
  };
  const watch = new MutationObserver(look);
  watch.observe(app, { attributes: true, attributeFilter: ['data-test-connection-state'] });
  look();
  signal.addEventListener('abort', () => { watch.disconnect(); clearTimeout(timer); banner.remove(); });
}

const open = new Set();
let stop = null;
export default function ({ parentElement }) {
  open.add(parentElement);
  if (!stop) {
    stop = new AbortController();
    keepPlace(stop.signal);
    showQuestion(stop.signal);
    keepBlanks(stop.signal);
    uncover(stop.signal);
    sayWhenLost(stop.signal);
  }
  return () => {
    open.delete(parentElement);
    if (!open.size) { stop?.abort(); stop = null; }
  };
}
"""

_ATTENDANT = st.components.v2.component("attendant", html="<span></span>", js=_JS)


def attend() -> None:
    """Watch over keyboard and connection as long as the page is open."""
    _ATTENDANT(key="attendant")
