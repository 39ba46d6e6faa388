"""The transport bar of ``player`` in the browser: its page, its clothes and its script."""

HTML = """
<div class="bar" role="group" aria-label="Player of the training run">
  <button type="button" class="play" aria-label="Play">
    <svg class="if-paused" viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5.2v13.6L19 12z"/></svg>
    <svg class="if-playing" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 5h3.6v14H7zM13.4 5H17v14h-3.6z"/></svg>
  </button>
  <button type="button" class="back" aria-label="One frame back" title="One frame back">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 6h2.4v12H7zM18 6v12l-7.6-6z"/></svg>
  </button>
  <button type="button" class="step" aria-label="One frame forward" title="One frame forward">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M14.6 6H17v12h-2.4zM6 6l7.6 6L6 18z"/></svg>
  </button>
  <button type="button" class="reset" aria-label="Back to the start" title="Back to the start">
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 5.5a6.5 6.5 0 1 1-6.2 4.6l1.9.6A4.5 4.5 0 1 0 12 7.5v2.8L7.4 6.6 12 3z"/></svg>
  </button>
  <input class="scrub" type="range" min="0" step="1" aria-label="Epoch">
  <output></output>
  <select class="speed" aria-label="Speed" title="Speed">
    <option value="0.5">0.5×</option><option value="1" selected>1×</option><option value="2">2×</option>
  </select>
</div>
"""

CSS = """
.bar { display: flex; align-items: center; gap: 0.25rem; min-height: 2.75rem; color: var(--st-text-color);
  font-family: var(--st-font); font-size: 0.9rem; font-variant-numeric: tabular-nums; }
button { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; padding: 0; flex: none; cursor: pointer;
  border: 0; border-radius: 50%; background: transparent; color: inherit; }
button:hover { background: var(--st-secondary-background-color); }
svg { width: 1.25rem; height: 1.25rem; fill: currentColor; }
.play { width: 2.5rem; height: 2.5rem; margin-right: 0.25rem;
  background: var(--st-primary-color); color: var(--st-background-color); }
.play:hover { background: var(--st-primary-color); filter: brightness(1.08); }
.bar .if-playing, .playing .if-paused { display: none; }
.playing .if-playing { display: block; }
:is(button, select, input):focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.scrub { flex: 1 1 6rem; min-width: 4rem; height: 1.5rem; margin: 0 0.5rem; cursor: pointer;
  appearance: none; background: transparent; }
.scrub::-webkit-slider-runnable-track { height: 0.35rem; border-radius: 1rem; background: var(--track); }
.scrub::-moz-range-track { height: 0.35rem; border-radius: 1rem; background: var(--track); }
.scrub::-webkit-slider-thumb { appearance: none; width: 1rem; height: 1rem; margin-top: -0.33rem; border-radius: 50%;
  background: var(--st-primary-color); }
.scrub::-moz-range-thumb { width: 1rem; height: 1rem; border: 0; border-radius: 50%;
  background: var(--st-primary-color); }
.scrub { --track: linear-gradient(to right, var(--st-primary-color) var(--done, 0%),
  color-mix(in srgb, var(--st-text-color) 22%, transparent) var(--done, 0%)); }
output { flex: none; text-align: right; white-space: nowrap; }
.speed { flex: none; margin-left: 0.5rem; padding: 0.25rem 0.1rem; border: 0; border-radius: var(--st-base-radius);
  background: transparent; color: inherit; font: inherit; cursor: pointer; }
.speed:hover { background: var(--st-secondary-background-color); }
.speed option { background: var(--st-background-color); color: var(--st-text-color); }
@container (max-width: 30rem) {
  .bar { flex-wrap: wrap; row-gap: 0; }
  .scrub { order: 9; flex-basis: 100%; margin: 0; }
  output { flex: 1; }
}
:host { display: block; container-type: inline-size; }
"""

JS = """
const bars = new WeakMap();
const AWAY = ['pointerdown', 'keydown', 'click'];
const MINE = '.vega-bindings input[type="range"][name="epoch"]';
const HIDE = '.vega-bind:has(input[name="epoch"]) { display: none !important; } '  // and a chart's tools: off the bar
  + '.stElementContainer:has(.stVegaLiteChart) .stElementToolbar { top: 0.25rem !important; }';
const HUSH = '[class*="st-key-resting"] { visibility: hidden; }'; // what it says is of another moment
const AGAIN = [100, 300, 1000];
const ENOUGH = 0.3;  // of a chart in sight: nobody has started this film, so it waits until it can be seen

// A chart at work queues what it hears, but first compares it with what it still shows: told 5, 9 and 5 at once, it
// would end on 9. So it's told again a little later.
function again(S, turn) {
  clearTimeout(S.again);
  if (turn < AGAIN.length) S.again = setTimeout(() => {
    for (const input of document.querySelectorAll(MINE)) input.dispatchEvent(new Event('input', { bubbles: true }));
    again(S, turn + 1);
  }, AGAIN[turn]);
}

function drive(S) {
  let told = false;
  for (const input of document.querySelectorAll(MINE)) {
    const chart = input.closest('.vega-embed'), wanted = String(Math.min(S.frame, +input.max));
    S.sight.observe(chart);
    if (input.value !== wanted && !(S.playing && S.unseen.has(chart))) {
      input.value = wanted;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      told = true;
    }
  }
  if (told) again(S, 0);
}

function begin(root) {
  const S = { frame: 0, run: null, playing: false, speed: 1, tick: 0, due: 0, sync: 0, wait: 0, again: 0, tell: null,
    draws: 0, unseen: new WeakSet(), shown: new WeakSet(), alone: false };
  const style = document.createElement('style');
  style.textContent = HIDE;
  document.head.append(style);
  const late = () => { S.sync ||= requestAnimationFrame(() => { S.sync = 0; drive(S); }); };
  S.sight = new IntersectionObserver(seen => {
    for (const { target, isIntersecting, intersectionRatio } of seen) {
      S.unseen[isIntersecting ? 'delete' : 'add'](target);
      S.shown[intersectionRatio < ENOUGH ? 'delete' : 'add'](target);
    }
    late();
  }, { threshold: [0, ENOUGH] });
  const watch = new MutationObserver(late);
  watch.observe(document.body, { childList: true, subtree: true });
  // Whoever leaves has the last word: a message that came after it would call the page back.
  const away = event => {
    const path = event.composedPath();
    if (!S.tell || path.includes(root)) return;
    clearTimeout(S.wait);
    if (event.type === 'click' && path.some(e => e.tagName === 'A')) S.tell = null;
    else S.wait = setTimeout(() => S.tell?.(), 2000);  // a page that was left is gone by then
  };
  for (const kind of AWAY) document.addEventListener(kind, away, true);
  S.style = style;
  S.end = () => {
    cancelAnimationFrame(S.tick); cancelAnimationFrame(S.sync); clearTimeout(S.wait); clearTimeout(S.again);
    for (const kind of AWAY) document.removeEventListener(kind, away, true);
    watch.disconnect(); S.sight.disconnect(); style.remove(); bars.delete(root);
  };
  return S;
}

export default function ({ data, parentElement, setStateValue }) {
  const $ = selector => parentElement.querySelector(selector);
  const bar = $('.bar'), scrub = $('.scrub'), output = $('output'), play = $('.play'), speed = $('.speed');
  const S = bars.get(parentElement) ?? begin(parentElement);
  bars.set(parentElement, S);
  const epochs = data.epochs, last = epochs.length - 1, words = f => `${data.unit} ${epochs[f]} of ${epochs[last]}`;

  const tell = (frame, wait) => {  // the frame it stopped on; null: it plays, up to its end
    clearTimeout(S.wait);
    S.tell = () => { S.tell = null; setStateValue('at', { run: data.run, frame }); };
    if (wait) S.wait = setTimeout(() => S.tell?.(), wait); else S.tell();
  };
  const show = frame => {
    S.frame = Math.max(0, Math.min(last, frame));
    scrub.value = S.frame;
    scrub.style.setProperty('--done', `${100 * S.frame / Math.max(1, last)}%`);
    output.value = words(S.frame);
    scrub.setAttribute('aria-valuetext', words(S.frame));
    drive(S);
    S.draws += 1;
    bar.dataset.frame = S.frame;
    bar.dataset.draws = S.draws;
  };
  const rest = () => {
    cancelAnimationFrame(S.tick);
    S.playing = false;
    S.style.textContent = HIDE;
    bar.classList.remove('playing');
    play.setAttribute('aria-label', 'Play'); play.title = 'Play';
    output.setAttribute('aria-live', 'polite');
    drive(S);
  };
  const run = () => {
    if (S.frame >= last) show(0);
    S.playing = true;
    S.style.textContent = HIDE + HUSH;
    S.due = performance.now();
    bar.classList.add('playing');
    play.setAttribute('aria-label', 'Pause'); play.title = 'Pause';
    output.setAttribute('aria-live', 'off');
    const turn = now => {
      if (!S.playing) return;
      const charts = [...document.querySelectorAll(MINE)].map(input => input.closest('.vega-embed'));
      if (!charts.length || S.alone && !charts.some(chart => S.shown.has(chart))) S.due = now;  // still to come
      else S.alone = false;
      const gap = 1000 / (data.rate * S.speed), behind = Math.floor((now - S.due) / gap);
      if (behind >= 1) {
        S.due = behind > 3 ? now : S.due + behind * gap;  // too slow: play slower, skip no more than two
        show(S.frame + Math.min(behind, 3));
        if (S.frame >= last) return rest();
      }
      S.tick = requestAnimationFrame(turn);
    };
    S.tick = requestAnimationFrame(turn);
  };
  const move = by => { rest(); show(S.frame + by); tell(S.frame, 250); };

  play.onclick = () => { S.alone = false; if (S.playing) { rest(); tell(S.frame, 0); } else { run(); tell(null, 0); } };
  $('.step').onclick = () => move(1);
  $('.back').onclick = () => move(-1);
  $('.reset').onclick = () => move(-last);
  speed.onchange = () => { S.speed = +speed.value; S.due = performance.now(); };
  scrub.max = last;
  scrub.setAttribute('aria-label', data.unit[0].toUpperCase() + data.unit.slice(1));
  scrub.oninput = () => { rest(); show(+scrub.value); };
  scrub.onchange = () => tell(S.frame, 250);

  if (S.run !== data.run) {
    S.run = data.run;
    clearTimeout(S.wait);
    S.tell = null;
    rest();
    const plays = data.frame === null, still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    show(plays ? (still ? last : 0) : data.frame);
    S.alone = plays;
    if (plays && last > 0 && !still) run();
  } else if (S.playing) { rest(); run(); } else show(S.frame);
  return S.end;
}
"""
