// The map of one organization, out of the map of all: its shapes alone, as large as there is room.

const SIDE = 10000; // units of the longer side of the map of all
const MARGIN = 0.01; // of the longer side
const NUMBER = 280; // height of a number on the map of all
const DIGIT = 180; // width of a shape in which a digit fits

/** Patterns that look on the larger map as they do on the map of all. */
function patternsOf(scale) {
  const made = document.createElementNS(one('#patterns').namespaceURI, 'defs');
  for (const pattern of all('#patterns pattern')) {
    const own = pattern.cloneNode(true);
    own.id = `o-${pattern.id}`;
    own.setAttribute('patternTransform', `scale(${scale})`);
    made.append(own);
  }
  return made;
}

/** A shape with the number of its line in the list, which leads there. */
function numbered(shape, number, scale) {
  const [x, y, room] = shape.dataset.l.split(' ').map(Number);
  const link = document.createElementNS(shape.namespaceURI, 'a');
  link.setAttribute('href', `#grid-${number}`);
  link.setAttribute('aria-labelledby', `grid-${number}`);
  link.append(shape);
  if (room < DIGIT * String(number).length * scale) return link;
  const text = document.createElementNS(shape.namespaceURI, 'text');
  text.setAttribute('x', x);
  text.setAttribute('y', y);
  text.style.fontSize = `${NUMBER * scale}px`;
  text.style.strokeWidth = `${NUMBER * scale / 5}px`;
  text.textContent = number;
  link.append(text);
  return link;
}

/** The map of the organization of this number, with the numbers of these grids; nothing where it is not on the map of all. */
function mapOf(number, worst) {
  const drawn = one(`.map [data-o="${number + 1}"]`);
  if (!drawn) return '';
  const [left, top, width, height] = drawn.dataset.box.split(' ').map(Number);
  const longer = Math.max(width, height);
  const [scale, margin] = [longer / SIDE, longer * MARGIN];
  const map = one('.map').cloneNode(false);
  map.setAttribute('viewBox', [left - margin, top - margin, width + 2 * margin, height + 2 * margin].join(' '));
  const lines = new Map(worst.map(([grid], at) => [grid, at + 1]));
  map.append(patternsOf(scale), ...all('path', drawn).map((path) => {
    const shape = path.cloneNode(true);
    shape.setAttribute('fill', path.getAttribute('fill').replace('#', '#o-'));
    return lines.has(shape.dataset.g) ? numbered(shape, lines.get(shape.dataset.g), scale) : shape;
  }));
  map.removeAttribute('aria-labelledby');
  const beside = element('div', { class: 'beside' }, one('#map-legend').cloneNode(true));
  one('ul', beside).removeAttribute('id');
  return element('div', { class: 'map-of' }, map, beside);
}
