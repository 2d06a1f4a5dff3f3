// The heat map: a row an organization, a column an item. Only the rows in sight are drawn.

const CELL = 15;
const HEAD = 20;
const MOST_ROWS = 40;
const heat = { row: 0, column: 0, names: 0, cell: 0 };

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return { sure: colour('sure'), open: colour('open'), lost: colour('lost'), bad: colour('unmet'), ink: colour('ink'), soft: colour('soft'), paper: colour('paper') };
}

/** Points of an organization in a column, which is left out where all of them are 0. */
const charPoints = (columns, at, number) => Math.max(0, (columns ? columns[at].charCodeAt(number) : 48) - 48);

let fullPoints = [];

function drawCell(pen, colour, [x, y, width], at, number) {
  const { items } = columns;
  const [low, high, full] = [charPoints(items.least, at, number), charPoints(items.most, at, number), fullPoints[at]];
  pen.globalAlpha = 1;
  pen.fillStyle = colour.lost;
  pen.fillRect(x, y, width - 1, CELL - 1);
  pen.globalAlpha = full ? 0.12 + 0.88 * (low / full) ** 2 : 0;
  pen.fillStyle = colour.sure;
  pen.fillRect(x, y, width - 1, CELL - 1);
  pen.globalAlpha = 1;
  if (high > low) {
    pen.strokeStyle = colour.open;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(x + 1, y + CELL - 2);
    pen.lineTo(x + width - 2, y + 1);
    pen.stroke();
  }
  if (items.outcome[at][number] === 'a') {
    pen.fillStyle = colour.bad;
    pen.beginPath();
    pen.arc(x + width / 2 - 0.5, y + CELL / 2 - 0.5, 3, 0, 7);
    pen.fill();
  }
}

function drawHeads(pen, colour) {
  pen.fillStyle = colour.paper;
  pen.fillRect(0, 0, heat.names + heat.cell * fullPoints.length, HEAD);
  pen.fillStyle = colour.soft;
  let before = '';
  columns.items.id.forEach((id, at) => {
    const table = id.split('.').slice(0, 2).join('.');
    if (table !== before) pen.fillText(table, heat.names + at * heat.cell, HEAD - 6);
    before = table;
  });
}

function drawHeat() {
  const box = one('#heat-box');
  const canvas = one('#heat-map');
  if (!columns || !box || box.clientWidth === 0) return;
  const width = box.clientWidth;
  const rows = Math.min(shown.length, MOST_ROWS);
  const height = HEAD + rows * CELL;
  const scale = globalThis.devicePixelRatio || 1;
  heat.names = width > 700 ? 190 : 84;
  heat.cell = Math.max(5, Math.floor((width - heat.names) / Math.max(1, fullPoints.length)));
  box.style.height = `${height}px`;
  one('#heat-rest').style.height = `${Math.max(0, shown.length - rows) * CELL}px`;
  [canvas.width, canvas.height] = [width * scale, height * scale];
  [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const colour = colours();
  const first = firstRow();
  shown.slice(first, first + rows).forEach((number, at) => {
    const y = HEAD + at * CELL;
    pen.globalAlpha = 1;
    pen.fillStyle = colour.ink;
    pen.fillText(clipped(pen, nameOf(number), heat.names - 8), 0, y + CELL - 4);
    fullPoints.forEach((_, item) => drawCell(pen, colour, [heat.names + item * heat.cell, y, heat.cell], item, number));
  });
  pen.globalAlpha = 1;
  drawHeads(pen, colour);
  drawFocus(pen, colour, first, rows);
}

/** The name as far as there is room. */
function clipped(pen, name, room) {
  let text = name;
  while (text && pen.measureText(text).width > room) text = text.slice(0, -1);
  return text;
}

function drawFocus(pen, colour, first, rows) {
  const row = heat.row - first;
  if (document.activeElement !== one('#heat-map') || row < 0 || row >= rows) return;
  pen.strokeStyle = colour.ink;
  pen.lineWidth = 2;
  pen.strokeRect(heat.names + heat.column * heat.cell - 1, HEAD + row * CELL - 1, heat.cell + 1, CELL + 1);
}

const firstRow = () => Math.max(0, Math.min(Math.round(one('#heat-box').scrollTop / CELL), shown.length - MOST_ROWS));

function tellCell() {
  const number = shown[heat.row];
  if (number === undefined) return;
  const id = columns.items.id[heat.column];
  const [low, high] = [columns.items.least, columns.items.most].map((points) => charPoints(points, heat.column, number));
  const title = one('#model').content.querySelector(`[data-item="${id}"] .title`);
  one('#heat-told').replaceChildren(
    `${nameOf(number)} · ${id} `, ...(title ? [...title.childNodes].map((node) => node.cloneNode(true)) : []),
    ' · ', pointsText(low, high), ` / ${fullPoints[heat.column]}`,
  );
}

function moveFocus(event) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageDown: [20, 0], PageUp: [-20, 0] };
  if (event.key === 'Enter') openNumber(shown[heat.row]);
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  heat.row = Math.max(0, Math.min(shown.length - 1, heat.row + step[0]));
  heat.column = Math.max(0, Math.min(fullPoints.length - 1, heat.column + step[1]));
  const first = firstRow();
  if (heat.row < first) one('#heat-box').scrollTop = heat.row * CELL;
  if (heat.row >= first + MOST_ROWS) one('#heat-box').scrollTop = (heat.row - MOST_ROWS + 1) * CELL;
  drawHeat();
  tellCell();
}

/** Takes the cell under the pointer; says whether there is one. */
function pointAt(event) {
  const box = one('#heat-map').getBoundingClientRect();
  const row = Math.floor((event.clientY - box.top - HEAD) / CELL);
  const column = Math.floor((event.clientX - box.left - heat.names) / heat.cell);
  if (row < 0 || firstRow() + row >= shown.length) return false;
  heat.row = firstRow() + row;
  if (column >= 0 && column < fullPoints.length) heat.column = column;
  return true;
}

function startHeat() {
  const canvas = one('#heat-map');
  if (!canvas) return;
  fullPoints = columns.items.id.map((id) => {
    const item = one(`[data-item="${id}"]`, one('#model').content);
    return item ? Number(item.dataset.points) : 0;
  });
  one('#heat-box').append(element('div', { id: 'heat-rest' }));
  one('#heat-box').addEventListener('scroll', drawHeat, { passive: true });
  canvas.addEventListener('keydown', moveFocus);
  canvas.addEventListener('focus', drawHeat);
  canvas.addEventListener('blur', drawHeat);
  canvas.addEventListener('mousemove', (event) => { if (pointAt(event)) tellCell(); });
  canvas.addEventListener('click', (event) => { if (pointAt(event)) openNumber(shown[heat.row]); });
  addEventListener('resize', drawHeat);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawHeat);
}
