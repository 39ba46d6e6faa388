// Knows whether a page of the app is at rest. It listens to what the page itself announces: runs of its script that it
// asks the server for, timers that will soon go off, pictures and fonts on their way, changes of the page. Drawers that
// slide open, and the like, it puts forward to their end, and once a page waits for timers alone, they go off at once.
(() => {
  if (window.top !== window || window.notAtRest) return;
  const SOON = 500; // milliseconds; sliders, players and clicks in a chart tell the server after 150 to 250
  const due = new Map();
  const later = window.setTimeout, never = window.clearTimeout;
  window.setTimeout = (task, wait = 0, ...rest) => {
    const goOff = () => { due.delete(id); task(...rest); };
    const id = later(goOff, wait);
    if (wait <= SOON) due.set(id, [performance.now() + wait, goOff]);
    return id;
  };
  window.clearTimeout = id => { due.delete(id); never(id); };
  const inTheirOrder = timers => timers.sort(([, [one]], [, [other]]) => one - other);
  const goOffNow = () => {
    for (const [id, [, goOff]] of inTheirOrder([...due])) {
      if (!due.has(id)) continue; // one before it called it off
      never(id);
      try { goOff(); } catch (error) { reportError(error); }
    }
  };

  // Streamlit's messages are protocol buffers; of these four fields the number and the first value are read.
  const RERUN_SCRIPT = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6, EARLY_FOR_RERUN = 2;
  let begun = false, asked = false, running = false;
  function* fields(bytes) {
    let at = 0;
    const whole = () => {
      let value = 0, size = 1, byte;
      do { byte = bytes[at++]; value += (byte & 127) * size; size *= 128; } while (byte & 128);
      return value;
    };
    while (at < bytes.length) {
      const tag = whole(), kind = tag & 7, value = kind === 5 || kind === 1 ? 0 : whole();
      yield [tag >> 3, value];
      at += { 1: 8, 2: value, 5: 4 }[kind] ?? 0;
    }
  }
  const heard = data => {
    for (const [field, value] of fields(new Uint8Array(data))) {
      if (field === NEW_SESSION) [asked, running] = [false, true];
      if (field === SCRIPT_FINISHED) [begun, running] = [true, value === EARLY_FOR_RERUN];
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => heard(data));
    }
    send(data) {
      for (const [field] of fields(data)) asked ||= field === RERUN_SCRIPT;
      super.send(data);
    }
  };

  let changed = false;
  const inChart = ({ target }) => (target.closest ? target : target.parentElement)?.closest('.vega-embed');
  new MutationObserver(all => { changed ||= !all.every(inChart); }) // in a chart, what plays never ends to change
    .observe(document, { childList: true, subtree: true, characterData: true });
  const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility());
  const moving = ({ playState, effect }) => // and does not only wait to see whether something comes
    playState === 'running' && effect.getComputedTiming().endTime < Infinity && effect.getTiming().delay <= SOON;
  const toTheirEnd = animations => { for (const one of animations) one.finish(); return animations.length > 0; };
  const named = reasons => Object.entries(reasons).filter(([, holds]) => holds).map(([reason]) => reason);
  const told = () => named({
    'the first run': !begun,
    'a run that was asked for': asked,
    'a run': running,
    'a timer': due.size,
    'a change': changed,
  });
  const looked = () => named({ // what has to be looked for takes longer, so only when nothing else is the matter
    'fonts': document.fonts.status === 'loading',
    'a part of the page': !document.querySelector('[data-testid="stMain"] [data-testid="stVerticalBlock"]')
      || document.querySelector('[data-testid="stSpinner"], [data-testid="stSkeleton"]'),
    'a chart': seen('[data-testid="stVegaLiteChart"]').some(e => !e.querySelector('canvas, svg.marks')),
    'an animation': toTheirEnd(document.getAnimations().filter(moving)),
  });

  // Asked once a frame: what the page waits for; nothing, once three frames in a row had no reason to wait.
  let question, calm = 0;
  window.notAtRest = mark => {
    if (mark !== question) [question, calm] = [mark, 0];
    const near = told(), why = near.length ? near : looked();
    changed = false;
    if (near.join() === 'a timer') goOffNow();
    calm = why.length ? 0 : calm + 1;
    return calm < 3 ? why.join(', ') || 'the next frame' : '';
  };
})();
