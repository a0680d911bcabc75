// Moves sessions of a draft with the mouse, by touch or by keyboard. The places where the lifted
// session may go light up first; the others say why not. Without this file "Move" opens a form.
const form = document.querySelector("[data-mover]");
const says = document.querySelector("[data-mover-says]");
const week = document.querySelector(".week");
const table = week?.querySelector(".week-grid");
const KEPT = "timetable:moved", STEP = 15, SLACK = 6;
const isMirrored = document.documentElement.dir === "rtl";
let lifted = null;
let pressed = null;
let isDragged = false; // and the click that ends the drag has not come yet

const words = (key, more = {}) => Object.entries({ TITLE: lifted?.card.dataset.title ?? "", ...more })
  .reduce((text, [name, value]) => text.replace(name, () => value), form.dataset[key]);
const say = (text) => { says.textContent = text; };
const heads = () => [...table.tHead.querySelectorAll("[data-on]")];
const rows = () => [...table.tBodies[0].rows];
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const minuteOf = (card) => {
  const [hours, minutes] = card.dataset.minute.split(":").map(Number);
  return hours * 60 + minutes;
};

function columnOf(card) {
  const middle = (card.getBoundingClientRect().left + card.getBoundingClientRect().right) / 2;
  return columnAt(middle);
}

function columnAt(x) {
  const found = heads().findIndex((head) => {
    const box = head.getBoundingClientRect();
    return box.left <= x && x < box.right;
  });
  return found;
}

function minuteAt(y) {
  const listed = rows();
  const found = listed.find((row) => y < row.getBoundingClientRect().bottom) ?? listed.at(-1);
  return Number(found.dataset.minute);
}

// What is known of a place: the room it would get, and why not, in sentences.
function look(column, minute) {
  const head = heads()[column];
  const { by } = table.dataset;
  const key = head.dataset.column;
  if ((by === "group" || by === "trainer") && !lifted.columns.has(key)) return { why: form.dataset.sayColumn };
  const there = lifted.places.get(`${head.dataset.on} ${minute}`) ?? [];
  if (!there.length) return { why: form.dataset.sayOutside };
  const listed = by === "room" && key ? there.filter((one) => one.room === key) : there;
  if (!listed.length) return { why: form.dataset.sayRoom };
  const best = listed.find((one) => !one.why.length) ?? listed[0];
  return { room: best.room, why: best.why.join(" ") };
}

function box(column, minute, until) {
  const frame = week.getBoundingClientRect();
  const head = heads()[column].getBoundingClientRect();
  const inside = rows().filter((row) => Number(row.dataset.minute) >= minute && Number(row.dataset.minute) < until);
  if (!inside.length) return null;
  const top = inside[0].getBoundingClientRect().top;
  const bottom = inside.at(-1).getBoundingClientRect().bottom;
  return {
    left: `${head.left - frame.left + week.scrollLeft}px`, inlineSize: `${head.width}px`,
    top: `${top - frame.top}px`, blockSize: `${bottom - top}px`,
  };
}

function light() {
  lifted.layer.replaceChildren();
  heads().forEach((_head, column) => {
    for (const row of rows()) {
      const minute = Number(row.dataset.minute);
      const place = document.createElement("i");
      const known = look(column, minute);
      place.className = known.why ? "shut-place" : "free-place";
      if (known.why) place.title = known.why;
      Object.assign(place.style, box(column, minute, minute + STEP));
      lifted.layer.append(place);
    }
  });
  lifted.layer.append(lifted.ghost);
  at(lifted.column, lifted.minute);
}

// Show and say one place, before anything is dropped there.
function at(column, minute) {
  Object.assign(lifted, { column, minute });
  const style = box(column, minute, minute + lifted.length);
  if (style) Object.assign(lifted.ghost.style, style);
  if (!lifted.places) return;
  const known = look(column, minute);
  const room = lifted.rooms[known.room] ?? form.dataset.sayNoRoom;
  const told = { DAY: heads()[column].dataset.words, TIME: clock(minute), ROOM: room, WHY: known.why };
  const isSame = column === lifted.from.column && minute === lifted.from.minute && !known.why;
  lifted.ghost.dataset.free = known.why ? "no" : "yes";
  lifted.ghost.textContent = known.why ? `${clock(minute)} ${known.why}` : `${clock(minute)} ${room}`;
  say(words(known.why ? "sayClosed" : isSame ? "saySame" : "sayFree", told));
}

async function lift(card, handle) {
  if (lifted) back();
  const [layer, ghost] = [document.createElement("div"), document.createElement("div")];
  layer.className = "move-layer";
  layer.setAttribute("aria-hidden", "true");
  ghost.className = "ghost-place";
  week.append(layer);
  const from = { column: columnOf(card), minute: minuteOf(card) };
  const columns = new Set([...table.querySelectorAll(`[data-session="${card.dataset.session}"]`)]
    .map((one) => heads()[columnOf(one)]?.dataset.column));
  const [start, end] = card.querySelector(".figures").textContent.match(/\d+:\d+/g);
  const [first, last] = [start, end].map((text) => text.split(":").map(Number)).map(([h, m]) => h * 60 + m);
  const mine = { card, handle, layer, ghost, from, columns, length: last - first, ...from };
  lifted = mine;
  card.dataset.lifted = "";
  say(words("sayLifted"));
  mine.asked = fetch(handle.dataset.places, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then((told) => {
      const places = new Map();
      for (const [day, minute, room, why] of told.places) {
        const key = `${day} ${minute}`;
        if (!places.has(key)) places.set(key, []);
        places.get(key).push({ room, why: why.map((number) => told.reasons[number]) });
      }
      Object.assign(mine, { places, rooms: told.rooms });
      if (lifted === mine) light();
    });
  try {
    await mine.asked;
    if (lifted === mine && !pressed) say(words("sayLifted"));
  } catch (refused) {
    if (lifted !== mine) return;
    if (refused?.status === 409) back("sayRefused", { WHY: (await refused.json()).problem });
    else back("sayOffline");
  }
}

function putDown() {
  delete lifted.card.dataset.lifted;
  lifted.layer.remove();
  const { handle } = lifted;
  lifted = null;
  handle.focus();
}

function back(key = "sayBack", more = {}) {
  const told = words(key, more);
  putDown();
  say(told);
}

async function drop() {
  const mine = lifted;
  try {
    await mine.asked;
  } catch {
    return;
  }
  if (lifted !== mine) return;
  if (mine.column === mine.from.column && mine.minute === mine.from.minute) return back();
  const known = look(mine.column, mine.minute);
  if (known.why) return back("sayRefused", { WHY: known.why });
  const body = new FormData(form);
  body.set("on", heads()[mine.column].dataset.on);
  body.set("at", clock(mine.minute));
  body.set("room", known.room ?? "");
  try {
    const answer = await fetch(mine.handle.href, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) {
      sessionStorage.setItem(KEPT, mine.card.dataset.session);
      location.reload();
    } else {
      const told = answer.status === 409 ? (await answer.json()).problem : "";
      back("sayRefused", { WHY: told });
    }
  } catch {
    back("sayOffline");
  }
}

function step(columns, minutes) {
  const listed = rows();
  const [first, last] = [Number(listed[0].dataset.minute), Number(listed.at(-1).dataset.minute)];
  const column = Math.min(heads().length - 1, Math.max(0, lifted.column + columns));
  at(column, Math.min(last, Math.max(first, lifted.minute + minutes)));
  lifted.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const aside = isMirrored ? -1 : 1;
const KEYS = {
  ArrowDown: () => step(0, STEP),
  ArrowUp: () => step(0, -STEP),
  ArrowRight: () => step(aside, 0),
  ArrowLeft: () => step(-aside, 0),
  Enter: drop,
  " ": drop,
  Escape: () => back(),
};

function typed(event) {
  if (lifted && event.key === "Tab") return back();
  if (!lifted || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}

function press(event) {
  const card = event.target.closest("[data-session]");
  const handle = card?.querySelector("[data-lift]");
  const isByHand = event.pointerType !== "mouse";
  if (!card || event.button || event.target.closest("button") || (isByHand && !event.target.closest("[data-lift]"))) return;
  if (!handle) return;
  week.dataset.pressed = "";
  pressed = { card, handle, x: event.clientX, y: event.clientY, grip: event.clientY - card.getBoundingClientRect().top, moved: false };
}

function drag(event) {
  if (!pressed) return;
  if (!pressed.moved) {
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLACK) return;
    pressed.moved = true;
    lift(pressed.card, pressed.handle);
  }
  if (!lifted) return;
  event.preventDefault();
  const column = columnAt(event.clientX);
  if (column >= 0) at(column, minuteAt(event.clientY - pressed.grip + SLACK));
  if (event.clientY < 60) scrollBy(0, -16);
  else if (event.clientY > innerHeight - 60) scrollBy(0, 16);
}

function release(event) {
  const was = pressed;
  pressed = null;
  delete week.dataset.pressed;
  if (!was?.moved) return;
  isDragged = true;
  if (!lifted) return;
  if (event.type === "pointercancel") back();
  else drop();
}

if (form && table) {
  // What ends a drag is no click. One by keyboard, which may come as soon, has no pointer: detail 0.
  addEventListener("click", (event) => {
    if (!isDragged || !event.detail) return;
    isDragged = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  table.addEventListener("click", (event) => {
    const handle = event.target.closest("[data-lift]");
    if (!handle || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    lift(handle.closest("[data-session]"), handle);
  });
  for (const handle of table.querySelectorAll("[data-lift]")) handle.setAttribute("role", "button");
  table.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointerdown", () => { isDragged = false; }, { capture: true });
  table.addEventListener("pointerdown", press);
  addEventListener("pointermove", drag, { passive: false });
  addEventListener("pointerup", release);
  addEventListener("pointercancel", release);
  addEventListener("keydown", typed, { capture: true });
  const moved = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (moved) table.querySelector(`[data-session="${CSS.escape(moved)}"] [data-lift]`)?.focus();
  document.querySelector(".keys-note").dataset.ready = "";
}
