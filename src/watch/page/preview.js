// The preview of `resume watch`: shows the pages that the server sends news of.
"use strict";

const $ = (id) => document.getElementById(id);
const secret = document.querySelector("meta[name=secret]").content;
// CSS pixels in a point.
const POINT = 96 / 72;

let news = { run: 0, documents: [], differences: {}, problems: { errors: 0, warnings: 0, text: "" } };
let current = decodeURIComponent(location.hash.slice(1));
let events = null;
// A factor, or "fit".
let zoom = Number(sessionStorage.getItem("zoom")) || "fit";
const scrolled = new Map();

const shown = () => news.documents.find((one) => one.name === current);

function listen() {
  if (events) events.close();
  events = new EventSource("/events?document=" + encodeURIComponent(current));
  events.onopen = () => live("live", false);
  events.onerror = () => live("the watch has ended", true);
  events.onmessage = (message) => {
    news = JSON.parse(message.data);
    show();
  };
}

function live(text, lost) {
  $("live").textContent = text;
  $("live").classList.toggle("lost", lost);
}

function show() {
  if (!shown() && news.documents.length) {
    current = news.documents[0].name;
    listen();
  }
  tabs();
  draw();
  problems();
  ledger();
  const broken = news.problems.errors ? "✗ " : "";
  document.title = broken + (current || "resume");
}

// Tabs

// What a tab says: what all documents share is left out.
function label(one) {
  const several = (key) => new Set(news.documents.map((other) => other[key])).size > 1;
  const parts = ["application", "format", "language"].filter((key) => one[key] && several(key));
  return parts.map((key) => one[key]).join(" · ") || one.name;
}

function tabs() {
  const labels = news.documents.map(label);
  const bar = $("tabs");
  while (bar.children.length > news.documents.length) bar.lastChild.remove();
  news.documents.forEach((one, at) => {
    const tab = bar.children[at] || bar.appendChild(document.createElement("button"));
    const same = labels.filter((other) => other === labels[at]).length > 1;
    tab.textContent = same ? one.name : labels[at];
    tab.title = one.name;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "pages");
    tab.setAttribute("aria-selected", one.name === current);
    tab.tabIndex = one.name === current ? 0 : -1;
    tab.className = one.current ? "" : "old";
    tab.onclick = () => select(one.name);
  });
}

function select(name) {
  if (name === current) return;
  scrolled.set(current, $("pages").scrollTop);
  current = name;
  history.replaceState(null, "", "#" + encodeURIComponent(name));
  clear();
  $("pages").replaceChildren();
  show();
  $("pages").scrollTop = scrolled.get(name) || 0;
  listen();
}

function step(by) {
  const at = news.documents.findIndex((one) => one.name === current);
  const next = news.documents[(at + by + news.documents.length) % news.documents.length];
  if (next) select(next.name);
}

$("tabs").onkeydown = (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by);
  $("tabs").querySelector("[aria-selected=true]").focus();
};

// Pages

// Draws the pages; `data-run` is the run that they are of, once all are drawn.
async function draw() {
  const { run } = news;
  delete $("pages").dataset.run;
  const drawn = pages();
  await Promise.all(drawn);
  if (news.run === run) $("pages").dataset.run = run;
  // The watch makes the other documents when the pages are seen.
  if (drawn.length) requestAnimationFrame(() => navigator.sendBeacon("/drawn?" + new URLSearchParams({ document: current })));
}

// Pages near the view are replaced in place, the nearest first; each keeps its size, so nothing scrolls.
// Returns a promise for each that is drawn.
function pages() {
  const one = shown();
  const main = $("pages");
  $("empty").hidden = Boolean(one);
  const wanted = one ? one.pages : [];
  while (main.children.length > wanted.length) main.lastChild.remove();
  wanted.forEach((page, at) => {
    if (!main.children[at]) {
      const slot = main.appendChild(document.createElement("div"));
      slot.className = "page";
      slot.setAttribute("role", "img");
    }
    main.children[at].dataset.number = at + 1;
    main.children[at].setAttribute("aria-label", `Page ${at + 1} of ${wanted.length}`);
  });
  size();
  const near = (slot) => {
    const box = slot.getBoundingClientRect();
    return box.bottom > -innerHeight && box.top < 2 * innerHeight;
  };
  const distance = (slot) => Math.abs(slot.getBoundingClientRect().top);
  const stale = [...main.children].filter((slot, at) => slot.dataset.hash !== wanted[at].hash && near(slot));
  stale.sort((a, b) => distance(a) - distance(b));
  return stale.map((slot) => replace(wanted[slot.dataset.number - 1], slot));
}

$("pages").onscroll = draw;

// Shows the new drawing of a page. Of one that is shown already, only what differs is sent.
async function replace(page, slot) {
  slot.dataset.hash = page.hash;
  const { number, drawn = "" } = slot.dataset;
  const sent = news.differences[number];
  const drawing = sent && sent.from === drawn ? sent : await load(page, number, drawn);
  // Otherwise there is newer news.
  if (!drawing || slot.dataset.hash !== page.hash) return;
  slot.dataset.drawn = page.hash;
  if (typeof drawing === "string") slot.innerHTML = drawing;
  else if (!patch(slot.firstChild, drawing)) return;
  slot.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1"));
  if (!drawn) return;
  clear();
  // The mark begins anew, by another name: to begin the same again, the browser would lay out the page first.
  slot.classList.add("new");
  slot.classList.toggle("again");
}

// The drawing of a page: SVG, or what is new where the browser has an earlier one.
async function load(page, number, from) {
  const query = new URLSearchParams({ document: current, page: number, hash: page.hash, from });
  const answer = await fetch("/page?" + query).catch(() => null);
  if (!answer || answer.status !== 200) return null;
  return answer.headers.get("Content-Type") === "application/json" ? answer.json() : answer.text();
}

// Makes another drawing of one, of which some elements stay at both ends; returns whether it looks
// otherwise.
function patch(svg, { before, after, svg: text }) {
  const box = document.createElement("div");
  box.innerHTML = text;
  const shapes = (one) => [...one.children].filter((part) => part.tagName !== "defs");
  const old = shapes(svg);
  const end = old.length - after;
  const added = shapes(box.firstChild);
  svg.setAttribute("viewBox", box.firstChild.getAttribute("viewBox"));
  // What shapes refer to is named by what it is.
  const named = [...box.querySelectorAll("defs > *")].filter((one) => !svg.getElementById(one.id));
  const defs = svg.querySelector(":scope > defs") || svg.appendChild(document.createElementNS(svg.namespaceURI, "defs"));
  defs.append(...named);
  const next = old[end] || defs;
  added.forEach((one) => svg.insertBefore(one, next));
  old.slice(before, end).forEach((one) => one.remove());
  return before < end || added.length > 0;
}

function factor(page) {
  const room = $("pages").clientWidth - 40;
  return zoom === "fit" ? Math.min(room / (page.width * POINT), 1.25) : zoom;
}

function size() {
  const one = shown();
  if (!one) return;
  [...$("pages").children].forEach((slot, at) => {
    const page = one.pages[at];
    const scale = factor(page) * POINT;
    slot.style.width = page.width * scale + "px";
    slot.style.height = page.height * scale + "px";
  });
}

// The place that is in the middle of the view stays there.
function scale(to) {
  const main = $("pages");
  const middle = (main.scrollTop + main.clientHeight / 2) / main.scrollHeight;
  zoom = to;
  sessionStorage.setItem("zoom", to);
  size();
  main.scrollTop = middle * main.scrollHeight - main.clientHeight / 2;
}

function zoomed(by) {
  const one = shown();
  if (one) scale(Math.min(4, Math.max(0.25, factor(one.pages[0]) * by)));
}

addEventListener("resize", size);
$("larger").onclick = () => zoomed(1.15);
$("smaller").onclick = () => zoomed(1 / 1.15);
$("fit").onclick = () => scale("fit");

// Problems

function problems() {
  const { errors, warnings, text } = news.problems;
  const panel = $("problems");
  panel.hidden = !text;
  panel.className = errors ? "errors" : "warnings";
  const count = (number, noun) => (number ? [`${number} ${noun}${number > 1 ? "s" : ""}`] : []);
  const last = errors ? "; the pages are the last good ones" : "";
  $("fold").textContent = [...count(errors, "error"), ...count(warnings, "warning")].join(", ") + last;
  if ($("text").dataset.text === text) return;
  $("text").dataset.text = text;
  fold(errors > 0);
  // Every `path:line:column` is a button.
  const parts = text.trimEnd().split(/(-->|:::) (.+?:\d+:\d+)$/m);
  $("text").replaceChildren(
    ...parts.map((part, at) => {
      if (at % 3 === 1) return part + " ";
      if (at % 3 === 0) return part;
      const [, file, line, column] = part.match(/^(.*):(\d+):(\d+)$/);
      const button = document.createElement("button");
      button.textContent = part;
      button.onclick = () => go({ file, line: Number(line), column: Number(column), entry: "" });
      return button;
    }),
  );
}

function fold(open) {
  $("fold").setAttribute("aria-expanded", open);
  $("text").hidden = !open;
}

$("fold").onclick = () => fold($("text").hidden);

// What was left out

function ledger() {
  const found = shown() && shown().ledger;
  $("ledger").hidden = !found;
  if (!found) return;
  $("level").style.width = Math.min(100, found.percent) + "%";
  const left = found.left.length;
  const gains = found.next ? found.next.gains : [];
  const more = gains.length > 2 ? ` and ${gains.length - 2} more` : "";
  const next = gains.length
    ? `; ${found.next.lacks} more lines would bring ${gains.slice(0, 2).join(", ")}${more}`
    : "";
  $("full").textContent = `${found.percent} % full, ${found.shown} entries shown, ${left} left out${next}`;
  const table = document.createElement("table");
  const row = (tag, cells) => {
    const line = table.appendChild(document.createElement("tr"));
    cells.forEach((cell) => (line.appendChild(document.createElement(tag)).textContent = cell));
  };
  row("th", ["section", "entry", "lines", "why it is left out"]);
  found.left.forEach((one) => row("td", [one.section, one.text, one.lines, one.why]));
  $("left").replaceChildren(table);
}

// Places in the record

// The place in points of what the mouse points at.
function point(event) {
  const slot = event.target.closest(".page");
  if (!slot || !shown()) return null;
  const box = slot.getBoundingClientRect();
  const page = shown().pages[slot.dataset.number - 1];
  return {
    slot,
    page: slot.dataset.number,
    x: ((event.clientX - box.left) / box.width) * page.width,
    y: ((event.clientY - box.top) / box.height) * page.height,
  };
}

async function ask({ page, x, y }) {
  const query = new URLSearchParams({ document: current, page, x, y });
  const answer = await fetch("/at?" + query).catch(() => null);
  return answer && answer.ok ? answer.json() : null;
}

function clear() {
  document.querySelectorAll(".mark").forEach((mark) => mark.remove());
  $("hint").hidden = true;
}

// Marks what belongs to a value; the numbers are points.
function mark(spot) {
  clear();
  for (const [number, [left, top, right, bottom]] of spot.boxes || []) {
    const slot = $("pages").children[number - 1];
    if (!slot) continue;
    const page = shown().pages[number - 1];
    const box = slot.appendChild(document.createElement("div"));
    box.className = "mark";
    box.style.left = (left / page.width) * 100 + "%";
    box.style.top = (top / page.height) * 100 + "%";
    box.style.width = ((right - left) / page.width) * 100 + "%";
    box.style.height = ((bottom - top) / page.height) * 100 + "%";
  }
}

let hovered = 0;
$("pages").onmousemove = (event) => {
  clearTimeout(hovered);
  const place = point(event);
  if (!place) return clear();
  const { clientX, clientY } = event;
  hovered = setTimeout(async () => {
    const own = hovered;
    const spot = await ask(place);
    if (own !== hovered) return;
    if (!spot) return clear();
    mark(spot);
    const hint = $("hint");
    hint.hidden = false;
    hint.textContent = `${spot.entry} — ${spot.file}:${spot.line}`;
    hint.style.left = Math.min(clientX + 12, innerWidth - hint.offsetWidth - 8) + "px";
    hint.style.top = Math.min(clientY + 18, innerHeight - hint.offsetHeight - 8) + "px";
  }, 70);
};
$("pages").onmouseleave = () => {
  clearTimeout(hovered);
  hovered = 0;
  clear();
};

// A click shows the line; with Ctrl or Command it follows the link.
$("pages").onclick = async (event) => {
  const link = event.target.closest("a");
  if (link) {
    event.preventDefault();
    const to = link.getAttribute("href") || link.getAttribute("xlink:href");
    if ((event.ctrlKey || event.metaKey) && /^(https?|mailto|tel):/.test(to)) open(to, "_blank", "noopener");
  }
  const place = point(event);
  const spot = place && (await ask(place));
  if (spot) {
    mark(spot);
    go(spot);
  }
};

// Shows a place of the record, copies it, and opens it where there is an editor.
async function go({ file, line, column, entry }) {
  $("place").hidden = false;
  $("entry").textContent = entry;
  $("line").textContent = `${file}:${line}`;
  $("done").textContent = "";
  if (!secret) return copy();
  const answer = await fetch("/open", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Secret": secret },
    body: JSON.stringify({ file, line, column }),
  }).catch(() => null);
  $("done").textContent = answer ? (await answer.text()).trim() : "the watch has ended";
}

async function copy() {
  const done = await navigator.clipboard.writeText($("line").textContent).then(() => true, () => false);
  $("done").textContent = done ? "copied" : "";
}

$("line").onclick = copy;

// Theme and keys

function theme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  localStorage.setItem("theme", name);
}

function turn() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  theme(now === "dark" ? "light" : "dark");
}

$("theme").onclick = turn;
theme(localStorage.getItem("theme") || "");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = {
    "+": () => zoomed(1.15),
    "=": () => zoomed(1.15),
    "-": () => zoomed(1 / 1.15),
    0: () => scale("fit"),
    d: turn,
    p: () => fold($("text").hidden),
    l: () => ($("ledger").open = !$("ledger").open),
    "[": () => step(-1),
    "]": () => step(1),
    Escape: clear,
  };
  const key = keys[event.key];
  if (key) {
    event.preventDefault();
    key();
  }
});

addEventListener("hashchange", () => select(decodeURIComponent(location.hash.slice(1))));
listen();
