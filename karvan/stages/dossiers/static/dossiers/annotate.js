// Marks on a photograph, drawn by finger, mouse or keys. What is drawn is written into the rows
// of the form below the picture, which alone is sent; without this script the rows are typed in.
const root = document.querySelector("[data-marking]");
const form = document.querySelector("form[data-marks]");
const SVG = "http://www.w3.org/2000/svg", ACROSS = 1000, RADIUS = 30, HEAD = 42, STEP = 0.01;
const COLOURS = ["red", "orange", "yellow", "green", "light_blue", "blue", "violet"];
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

if (root && form) start();

function start() {
  const picture = root.querySelector("[data-picture]");
  const rows = form.querySelector("[data-rows]");
  const total = form.querySelector("[name$=-TOTAL_FORMS]");
  const empty = form.querySelector("[data-empty-row]");
  const said = root.querySelector("[data-said]");
  const tools = root.querySelector("[data-tools]");
  const { width, height } = root.dataset;
  const down = width && height ? ACROSS * height / width : ACROSS * 3 / 4;
  const svg = drawn("svg", { class: "marks", viewBox: `0 0 ${ACROSS} ${down}`, role: "application",
    "aria-label": tools.getAttribute("aria-label") });
  let shape = "", chosen = null, held = null, corners = [];

  picture.querySelector("svg")?.remove();
  picture.append(svg);
  tools.hidden = root.querySelector("[data-help]").hidden = false;
  tools.addEventListener("click", pressed);
  svg.addEventListener("pointerdown", begun);
  svg.addEventListener("pointermove", moved);
  svg.addEventListener("pointerup", ended);
  svg.addEventListener("pointercancel", () => { held = null; });
  svg.addEventListener("keydown", keyed);
  svg.addEventListener("focusin", (event) => choose(rowOf(event.target)));
  rows.addEventListener("input", draw);
  rows.addEventListener("focusin", (event) => choose(event.target.closest("[data-row]")));
  draw();

  function pressed(event) {
    const { dataset } = event.target.closest("button") ?? {};
    if (!dataset) return;
    if (dataset.shape) pick(shape === dataset.shape ? "" : dataset.shape);
    if (dataset.act === "centre") centre(shape || "point");
    if (dataset.act === "away" && chosen) away(chosen);
  }

  function pick(wanted) {
    shape = wanted;
    corners = [];
    svg.toggleAttribute("data-drawing", Boolean(shape));
    for (const one of tools.querySelectorAll("[data-shape]")) one.setAttribute("aria-pressed", one.dataset.shape === shape);
    draw();
  }

  // --- rows: the only place where marks are kept ---
  function field(row, name) {
    return row.querySelector(`[name$="-${name}"]`);
  }

  function live() {
    return [...rows.querySelectorAll("[data-row]")].filter((row) =>
      field(row, "x").value !== "" && !field(row, "DELETE").checked);
  }

  function read(row) {
    const figure = (name) => Number(field(row, name).value) || 0;
    const points = field(row, "points").value.trim().split(/\s+/)
      .map((pair) => pair.split(",").map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
    return { shape: field(row, "shape").value, colour: field(row, "colour").value,
      number: field(row, "number").value, x: figure("x"), y: figure("y"), w: figure("w"), h: figure("h"), points };
  }

  // Corners are rounded and kept on the picture, so that their differences are, too.
  function write(row, mark) {
    const [x, y] = [round(mark.x), round(mark.y)];
    const far = [round(mark.x + mark.w), round(mark.y + mark.h)];
    const values = { x, y, w: Number((far[0] - x).toFixed(3)), h: Number((far[1] - y).toFixed(3)),
      points: mark.points.map((pair) => pair.map(round).join(",")).join(" ") };
    for (const [name, value] of Object.entries(values)) field(row, name).value = value;
    draw();
  }

  function add(mark) {
    let row = [...rows.querySelectorAll("[data-row]")].find((one) =>
      field(one, "x").value === "" && !field(one, "DELETE").checked);
    if (!row) {
      const number = total.value++;
      rows.insertAdjacentHTML("beforeend", empty.innerHTML.replaceAll("__prefix__", number));
      row = rows.lastElementChild;
    }
    const numbers = live().map((one) => Number(field(one, "number").value));
    field(row, "number").value = Math.max(0, ...numbers) + 1;
    field(row, "shape").value = mark.shape;
    field(row, "colour").value = COLOURS[live().length % COLOURS.length];
    row.querySelector("legend").textContent = root.dataset.legend.replace("NUMBER", field(row, "number").value);
    write(row, { w: 0, h: 0, points: [], ...mark });
    pick("");
    focus(row);
    say("saidNew", row);
    return row;
  }

  function centre(wanted) {
    const middle = { point: { x: .5, y: .5 }, box: { x: .4, y: .4, w: .2, h: .2 },
      arrow: { x: .35, y: .6, w: .15, h: -.1 },
      polygon: { x: .4, y: .4, points: [[.4, .4], [.6, .4], [.6, .6], [.4, .6]] } };
    add({ shape: wanted, ...middle[wanted] });
  }

  function away(row) {
    const next = live()[live().indexOf(row) + 1] ?? live()[live().indexOf(row) - 1];
    field(row, "DELETE").checked = true;
    say("saidGone", row);
    draw();
    if (next) focus(next);
    else tools.querySelector("button").focus();
  }

  function choose(row) {
    if (!row) return;
    chosen = row;
    for (const one of rows.children) one.toggleAttribute("data-chosen", one === row);
  }

  function focus(row) {
    choose(row);
    svg.querySelector(`g[data-for="${index(row)}"]`)?.focus();
  }

  function index(row) {
    return [...rows.children].indexOf(row);
  }

  function rowOf(target) {
    const group = target.closest?.("g[data-for]");
    return group ? rows.children[group.dataset.for] : null;
  }

  function say(which, row) {
    const mark = read(row);
    said.textContent = words(root.dataset[which], row)
      .replace("ACROSS", Math.round(mark.x * 100)).replace("DOWN", Math.round(mark.y * 100));
  }

  function words(text, row) {
    const word = (name) => field(row, name).selectedOptions[0].text;
    return text.replace("NUMBER", field(row, "number").value)
      .replace("SHAPE", word("shape")).replace("COLOUR", word("colour"));
  }

  // --- pointer ---
  function at(event) {
    const box = svg.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height)];
  }

  function begun(event) {
    if (event.button) return;
    const [x, y] = at(event);
    if (!shape) {
      const row = rowOf(event.target);
      if (!row) return;
      focus(row);
      held = { row, from: [x, y], was: read(row) };
    } else if (shape === "polygon") {
      corner(x, y);
    } else if (shape === "point") {
      add({ shape, x, y });
    } else held = { from: [x, y], to: [x, y] };
    if (held) svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  function moved(event) {
    if (!held) return;
    const to = at(event);
    if (held.row) shift(held.row, held.was, to[0] - held.from[0], to[1] - held.from[1]);
    else {
      held.to = to;
      draw();
    }
  }

  function ended(event) {
    if (!held) return;
    const { row, from } = held, to = at(event);
    held = null;
    if (row) {
      say("saidAt", row);
      return;
    }
    const [w, h] = [to[0] - from[0], to[1] - from[1]];
    if (Math.hypot(w, h) < STEP) draw();
    else if (shape === "arrow") add({ shape, x: from[0], y: from[1], w, h });
    else add({ shape, x: Math.min(from[0], to[0]), y: Math.min(from[1], to[1]), w: Math.max(Math.abs(w), STEP), h: Math.max(Math.abs(h), STEP) });
  }

  function corner(x, y) {
    const [first] = corners;
    if (corners.length > 2 && Math.hypot(first[0] - x, first[1] - y) < .04) {
      close();
      return;
    }
    corners.push([x, y]);
    said.textContent = root.dataset.saidCorner.replace("MANY", corners.length);
    svg.setAttribute("tabindex", "-1");
    svg.focus();
    draw();
  }

  function close() {
    const points = corners;
    if (points.length > 2) add({ shape: "polygon", x: points[0][0], y: points[0][1], points });
  }

  // --- keys ---
  function keyed(event) {
    if (shape === "polygon" && event.key === "Enter") close();
    if (event.key === "Escape") pick("");
    const row = rowOf(event.target);
    if (!row) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      away(row);
    } else if (MOVES[event.key]) {
      event.preventDefault();
      const [x, y] = MOVES[event.key].map((one) => one * STEP);
      if (event.shiftKey) grow(row, x, y);
      else shift(row, read(row), x, y);
      focus(row);
      say("saidAt", row);
    }
  }

  // Moved as a whole, as far as all of it stays on the picture.
  function shift(row, mark, x, y) {
    const all = [[mark.x, mark.y], [mark.x + mark.w, mark.y + mark.h], ...mark.points];
    const kept = (move, axis) => {
      const values = all.map((pair) => pair[axis]);
      return Math.min(Math.max(move, -Math.min(...values)), 1 - Math.max(...values));
    };
    const [dx, dy] = [kept(x, 0), kept(y, 1)];
    write(row, { ...mark, x: mark.x + dx, y: mark.y + dy, points: mark.points.map(([px, py]) => [px + dx, py + dy]) });
  }

  function grow(row, x, y) {
    const mark = read(row);
    if (mark.shape === "point") return;
    if (mark.shape === "polygon") {
      const factor = 1 + (x + y) * 4, [mx, my] = middle(mark.points);
      const points = mark.points.map(([px, py]) => [clamp(mx + (px - mx) * factor), clamp(my + (py - my) * factor)]);
      write(row, { ...mark, x: points[0][0], y: points[0][1], points });
      return;
    }
    const least = mark.shape === "box" ? STEP : -1;
    const fit = (start, size, by) => Math.min(Math.max(size + by, least, -start), 1 - start);
    write(row, { ...mark, w: fit(mark.x, mark.w, x), h: fit(mark.y, mark.h, y) });
  }

  // --- drawing ---
  function draw() {
    const focused = svg.contains(document.activeElement) ? rowOf(document.activeElement) : null;
    for (const row of rows.children) {
      row.hidden = field(row, "x").value === "" && !row.hasAttribute("data-wrong");
      row.toggleAttribute("data-gone", field(row, "DELETE").checked);
    }
    svg.replaceChildren(...live().map((row) => group(row, read(row))));
    if (held && !held.row) {
      const [a, b] = [held.from, held.to];
      svg.append(...lines({ shape, x: a[0], y: a[1], w: b[0] - a[0], h: b[1] - a[1], points: [] }));
    }
    if (corners.length) svg.append(drawn("polyline", { class: "edge", points: placed(corners) }), drawn("polyline", { class: "line", points: placed(corners) }));
    if (focused) svg.querySelector(`g[data-for="${index(focused)}"]`)?.focus();
  }

  function group(row, mark) {
    const [x, y] = mark.shape === "polygon" && mark.points.length ? mark.points[0] : [mark.x, mark.y];
    const cx = within(x * ACROSS, ACROSS), cy = within(y * down, down);
    const made = drawn("g", { tabindex: 0, role: "img", "data-for": index(row), "data-colour": mark.colour, "aria-label": words(root.dataset.name, row) });
    const text = drawn("text", { x: cx, y: cy, "text-anchor": "middle" });
    text.textContent = mark.number;
    made.append(...lines(mark), drawn("circle", { class: "disc", cx, cy, r: RADIUS }), text);
    return made;
  }

  function lines(mark) {
    const [x, y, w, h] = [mark.x * ACROSS, mark.y * down, mark.w * ACROSS, mark.h * down];
    if (mark.shape === "box") {
      const box = { x: Math.min(x, x + w), y: Math.min(y, y + h), width: Math.abs(w), height: Math.abs(h) };
      return twice("rect", box);
    }
    if (mark.shape === "polygon" && mark.points.length) return twice("polygon", { points: placed(mark.points) });
    const length = Math.hypot(w, h);
    if (mark.shape !== "arrow" || length < 1) return [];
    const [ux, uy] = [w / length, h / length];
    const [bx, by] = [x + w - ux * HEAD, y + h - uy * HEAD], wing = HEAD * .45;
    const points = `${x + w},${y + h} ${bx - uy * wing},${by + ux * wing} ${bx + uy * wing},${by - ux * wing}`;
    return [...twice("line", { x1: x, y1: y, x2: bx, y2: by }), drawn("polygon", { class: "head", points })];
  }

  function placed(points) {
    return points.map(([x, y]) => `${x * ACROSS},${y * down}`).join(" ");
  }
}

function twice(name, values) {
  return [drawn(name, { ...values, class: "edge" }), drawn(name, { ...values, class: "line" })];
}

function drawn(name, values) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  return made;
}

function middle(points) {
  const mean = (axis) => points.reduce((sum, pair) => sum + pair[axis], 0) / points.length;
  return [mean(0), mean(1)];
}

function within(value, most) {
  return Math.min(Math.max(value, RADIUS + 2), most - RADIUS - 2);
}

function clamp(value) {
  return Math.min(Math.max(value, 0), 1);
}

function round(value) {
  return Number(clamp(value).toFixed(3));
}
