"""The sheet of ``painter`` in the browser: its page, its clothes and its script."""

HTML = """
<div class="painter">
  <div class="tools" role="radiogroup" aria-label="What a press on the sheet does"></div>
  <svg class="sheet" viewBox="0 0 440 452" tabindex="0" role="application"
    aria-label="Sheet of points. Arrow keys move a cross, Enter uses the tool. The table beside it does the same.">
    <defs><clipPath id="inside"><rect x="44" y="24" width="384" height="384"/></clipPath></defs>
    <image class="answers" x="44" y="24" width="384" height="384" preserveAspectRatio="none"/>
    <rect class="paper" x="44" y="24" width="384" height="384"/>
    <g class="axes" aria-hidden="true"></g>
    <g class="points" clip-path="url(#inside)" aria-hidden="true"></g>
    <path class="cross" d="M-9 0H9M0 -9V9" hidden aria-hidden="true"/>
  </svg>
  <output aria-live="polite"></output>
</div>
"""

CSS = """
.painter { font-family: var(--st-font); font-size: 0.85rem; color: var(--st-text-color); max-width: 32rem; }
.tools { display: flex; flex-wrap: wrap; gap: 0.3rem; margin-bottom: 0.4rem; }
.tools button { padding: 0.35rem 0.6rem; min-height: 2.1rem; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); background: transparent; color: inherit; font: inherit; cursor: pointer; }
.tools button:hover:not(:disabled) { background: var(--st-secondary-background-color); }
.tools button:disabled { opacity: 0.4; cursor: default; }
.tools button[aria-checked="true"] { border-color: var(--st-text-color); font-weight: 600;
  box-shadow: inset 0 0 0 1px var(--st-text-color); }
.tools .gap { flex: 1; }
:is(button, svg):focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.sheet { display: block; width: 100%; height: auto; user-select: none; -webkit-user-select: none; }
.paper { fill: transparent; stroke: var(--st-border-color); touch-action: none; cursor: crosshair; }
.answers, .axes { pointer-events: none; }
.points { pointer-events: none; }
.axes text { font-size: 12px; fill: var(--muted); }
.axes line { stroke: var(--st-text-color); stroke-opacity: 0.07; }
.axes .zero { stroke-opacity: 0.2; }
.cross { stroke: var(--st-text-color); stroke-width: 2; pointer-events: none; }
.cross[hidden] { display: none; }
.painter { --muted: color-mix(in srgb, var(--st-text-color) 70%, transparent); }
output { display: block; min-height: 1.3rem; color: var(--muted); font-variant-numeric: tabular-nums; }
"""

JS = """
const sheets = new Map();  // by name: whoever leaves the page and comes back can still undo
const SVG = 'http://www.w3.org/2000/svg', LEFT = 44, TOP = 24, SIDE = 384, SPRAY = 15;
const SHAPES = ['M-4.6-4.6H4.6V4.6H-4.6Z', 'M0-5.2A5.2 5.2 0 1 1 0 5.2A5.2 5.2 0 1 1 0-5.2Z', 'M0-5.8L5.6 4.4H-5.6Z',
  'M0-6.2L5.4 0L0 6.2L-5.4 0Z', 'M0 5.8L5.6-4.4H-5.6Z', 'M-1.9-5.6H1.9V-1.9H5.6V1.9H1.9V5.6H-1.9V1.9H-5.6V-1.9H-1.9Z'];

function element(name, attributes, parent) {
  const e = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  parent.append(e);
  return e;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const $ = selector => parentElement.querySelector(selector);
  const sheet = $('.sheet'), paper = $('.paper'), output = $('output'), tools = $('.tools'), cross = $('.cross');
  const fresh = { points: [], test: [], turn: data.turn, past: [], tool: 0, at: null, held: null, stroke: null };
  const S = sheets.get(data.name) ?? fresh;
  sheets.set(data.name, S);
  const { low, high, classes, colors, glyphs, most } = data;
  const span = [high[0] - low[0], high[1] - low[1]];
  const clamp = (v, k) => Math.max(low[k], Math.min(high[k], Math.round(v)));
  const px = p => [LEFT + (p[0] - low[0]) / span[0] * SIDE, TOP + SIDE - (p[1] - low[1]) / span[1] * SIDE];
  const steps = ([x, y]) => [clamp(low[0] + (x - LEFT) / SIDE * span[0], 0),
    clamp(low[1] + (TOP + SIDE - y) / SIDE * span[1], 1)];
  const COUNT = classes.length, MOVE = COUNT, ERASE = COUNT + 1;
  const NAMES = [...classes, 'Move', 'Erase'];
  const keep = () => { S.past.push(S.points.map(p => [...p])); S.past = S.past.slice(-50); };
  const changed = () => JSON.stringify(S.past.at(-1)) !== JSON.stringify(S.points);

  if (S.sheet !== data.sheet) { S.sheet = data.sheet; S.past = []; S.stroke = null; S.held = null; S.turn = data.turn; }
  if (data.turn >= S.turn && !S.stroke && S.held === null) {  // else the answer to an earlier stroke
    if (S.known && JSON.stringify(S.points) !== JSON.stringify(data.points)) keep();  // a formula's, or typed
    S.known = true;
    S.points = data.points.map(p => [...p]);
    S.turn = data.turn;
    S.test = data.test;
  }
  S.past = S.past.filter(points => points.every(p => p[2] < COUNT));  // a class that is gone doesn't come back
  if (S.tool > ERASE) S.tool = 0;

  function draw() {
    const held = new Set(S.test), group = $('.points');
    group.replaceChildren();
    S.points.forEach((p, k) => {
      const [x, y] = px(p), hollow = held.has(k), color = colors[p[2]];
      element('path', { d: SHAPES[p[2]], transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, 'data-class': p[2],
        fill: hollow ? 'var(--st-background-color)' : color, stroke: hollow ? color : 'var(--st-background-color)',
        'stroke-width': hollow ? 2 : 1 }, group);
    });
    const counts = classes.map((name, c) => `${S.points.filter(p => p[2] === c).length} ${glyphs[c]} ${name}`);
    const full = S.points.length >= most ? ` ${most} are the most.` : '';
    const hollow = S.test.length ? ' Hollow: held out for the test.' : '';
    output.value = `${S.points.length} points: ${counts.join(', ')}.${full}${hollow}`;
    sheet.dataset.points = S.points.length;
    sheet.dataset.waiting = S.turn !== data.turn;  // whether the last stroke is still to be answered
    for (const b of tools.querySelectorAll('[role="radio"]')) {
      const on = +b.dataset.tool === S.tool;
      b.setAttribute('aria-checked', on);
      b.tabIndex = on ? 0 : -1;
    }
    $('.undo').disabled = !S.past.length;
    $('.clear').disabled = !S.points.length;
    if (S.at) {
      const [x, y] = px(S.at);
      cross.setAttribute('transform', `translate(${x} ${y})`);
    }
    cross.toggleAttribute('hidden', !S.at);
  }

  function axes() {
    const group = $('.axes');
    group.replaceChildren();
    data.ticks[0].forEach(([at, label]) => {
      const x = px([at, low[1]])[0];
      element('line', { x1: x, x2: x, y1: TOP, y2: TOP + SIDE, class: label === '0' ? 'zero' : '' }, group);
      element('text', { x, y: TOP + SIDE + 16, 'text-anchor': 'middle' }, group).textContent = label;
    });
    data.ticks[1].forEach(([at, label]) => {
      const y = px([low[0], at])[1];
      element('line', { x1: LEFT, x2: LEFT + SIDE, y1: y, y2: y, class: label === '0' ? 'zero' : '' }, group);
      element('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, group).textContent = label;
    });
    element('text', { x: LEFT + SIDE, y: TOP + SIDE + 32, 'text-anchor': 'end' }, group).textContent = data.titles[0];
    element('text', { x: LEFT - 30, y: TOP - 9 }, group).textContent = data.titles[1];
  }

  function answers() {
    const image = $('.answers');
    image.toggleAttribute('hidden', !data.picture);
    if (data.picture) image.setAttribute('href', data.picture); else image.removeAttribute('href');
  }

  const tell = (wait = 0) => {
    clearTimeout(S.wait);
    S.turn += 1;
    S.send = () => { S.send = null; setTriggerValue('stroke', { turn: S.turn, sheet: data.sheet, points: S.points }); };
    if (wait) S.wait = setTimeout(() => S.send?.(), wait); else S.send();
  };
  const nearest = (place, reach) => {
    let best = -1, least = reach;
    S.points.forEach((p, k) => {
      const [x, y] = px(p), d = Math.hypot(x - place[0], y - place[1]);
      if (d < least) { least = d; best = k; }
    });
    return best;
  };
  const put = place => {
    if (S.points.length >= most) return;
    S.points.push([...steps(place), S.tool]);
  };
  const erase = (place, reach) => {
    const before = S.points.length;
    S.points = S.points.filter(p => { const [x, y] = px(p); return Math.hypot(x - place[0], y - place[1]) > reach; });
    if (S.points.length !== before) S.test = [];
  };
  const place = event => {
    const box = sheet.getBoundingClientRect(), scale = 440 / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale, scale];
  };

  paper.ontouchstart = event => event.preventDefault();  // a finger paints here: Chromium scrolls despite touch-action
  paper.onpointerdown = event => {
    if (event.button || S.stroke) return;
    event.preventDefault();
    sheet.focus({ preventScroll: true });
    paper.setPointerCapture(event.pointerId);
    const [x, y, scale] = place(event), reach = (event.pointerType === 'touch' ? 18 : 9) * scale;
    keep();
    S.at = null;
    S.held = null;
    const near = S.tool === ERASE ? -1 : nearest([x, y], S.tool === MOVE ? 2 * reach : reach);
    S.stroke = { id: event.pointerId, last: [x, y], near, moved: false, reach, drag: near >= 0 };
    if (S.tool === ERASE) erase([x, y], reach);
    else if (near < 0 && S.tool < COUNT) put([x, y]);
    draw();
  };
  paper.onpointermove = event => {
    const stroke = S.stroke;
    if (!stroke || stroke.id !== event.pointerId) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const [x, y, scale] = place(one), far = Math.hypot(x - stroke.last[0], y - stroke.last[1]);
      if (stroke.drag) {
        if (far > 3 * scale || stroke.moved) {
          stroke.moved = true;
          S.points[stroke.near].splice(0, 2, ...steps([x, y]));
        }
      } else if (S.tool === ERASE) erase([x, y], stroke.reach);
      else if (S.tool < COUNT && far >= SPRAY * scale) {
        stroke.last = [x, y];
        put([x + (Math.random() - 0.5) * SPRAY, y + (Math.random() - 0.5) * SPRAY]);
      }
    }
    draw();
  };
  const finish = event => {
    const stroke = S.stroke;
    if (!stroke || stroke.id !== event.pointerId) return;
    S.stroke = null;
    if (stroke.drag && !stroke.moved && S.tool < COUNT) S.points[stroke.near][2] = S.tool;  // only pressed
    if (changed()) tell(); else S.past.pop();
    draw();
  };
  paper.onpointerup = paper.onpointercancel = finish;

  const drop = wait => { S.held = null; if (changed()) tell(wait); else S.past.pop(); };
  sheet.onkeydown = event => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way) {
      event.preventDefault();
      const far = event.shiftKey ? 0.1 : 0.02;
      S.at ??= [clamp((low[0] + high[0]) / 2, 0), clamp((low[1] + high[1]) / 2, 1)];
      S.at = S.at.map((v, k) => clamp(v + way[k] * far * span[k], k));
      if (S.held !== null) S.points[S.held].splice(0, 2, ...S.at);
    } else if (event.key === 'Enter' || event.key === ' ' || event.key === 'Delete') {
      event.preventDefault();
      S.at ??= [clamp((low[0] + high[0]) / 2, 0), clamp((low[1] + high[1]) / 2, 1)];
      const spot = px(S.at), erases = event.key === 'Delete' || S.tool === ERASE;
      if (S.held !== null) drop(400);
      else if (!erases && S.tool === MOVE) {
        const near = nearest(spot, 30);
        if (near >= 0) { keep(); S.held = near; S.at = S.points[near].slice(0, 2); }
      } else {
        keep();
        if (erases) erase(spot, 14); else put(spot);
        if (S.past.at(-1).length === S.points.length) S.past.pop(); else tell(400);
      }
    } else if (event.key === 'Escape') {
      if (S.held !== null) S.points = S.past.pop();  // back to where it was taken
      S.at = null;
      S.held = null;
    } else return;
    draw();
  };
  sheet.onblur = () => {
    S.at = null;
    if (S.held !== null) drop();
    if (S.send) { clearTimeout(S.wait); S.send(); }
    draw();
  };

  const focused = [...tools.children].indexOf(parentElement.getRootNode().activeElement);
  tools.replaceChildren();
  const button = (label, made, act) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = label;
    Object.assign(b, made);
    b.onclick = act;
    tools.append(b);
    return b;
  };
  NAMES.forEach((name, k) => {
    const b = button(k < COUNT ? `${glyphs[k]} ${name}` : name, {}, () => { S.tool = k; draw(); });
    b.setAttribute('role', 'radio');
    b.dataset.tool = k;
    b.title = k < COUNT ? `Press or drag to paint points of ${name}; press a point to make it one` :
      k === MOVE ? 'Drag a point to another place' : 'Press or drag over points to take them away';
    if (k < COUNT) b.style.color = colors[k];
    b.onkeydown = event => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      S.tool = (k + by + NAMES.length) % NAMES.length;
      draw();
      tools.querySelector(`[data-tool="${S.tool}"]`).focus();
    };
  });
  tools.append(Object.assign(document.createElement('span'), { className: 'gap' }));
  button('Undo', { className: 'undo', title: 'Take the last change back' }, () => {
    S.points = S.past.pop() ?? S.points; S.test = []; tell(); draw();
  });
  button('Clear', { className: 'clear', title: 'Take all points away' }, () => {
    keep(); S.points = []; S.test = []; tell(); draw();
  });
  axes();
  answers();
  draw();
  if (focused >= 0) tools.children[focused]?.focus();
}
"""
