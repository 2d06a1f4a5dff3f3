// The overview of many organizations: unpacks the columns, and shows the ranking, of which only what is in sight is made.

/** Everything about all organizations, in columns; none on the page of one. */
let columns = null;
/** Numbers of the organizations in order of their rank, their ranks, and those that are shown. */
let ranked = [];
let ranks = [];
let shown = [];

async function unpack() {
  const packed = Uint8Array.from(atob(one('#columns').textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

/** Best first; equal scores share a rank. */
function rankAll() {
  const { low, high, id, path } = columns;
  const order = (a, b) => low[b] - low[a] || high[b] - high[a] || (id[a] < id[b] ? -1 : id[a] > id[b] ? 1 : path[a] < path[b] ? -1 : 1);
  ranked = [...low.keys()].sort(order);
  ranks = [];
  ranked.forEach((number, at) => {
    const before = ranked[at - 1];
    const same = at > 0 && low[before] === low[number] && high[before] === high[number];
    ranks[number] = same ? ranks[before] : at + 1;
  });
}

/** A word of the vocabulary of the page. */
function word(key, kind = 'word') {
  const known = one(`[data-kind="${kind}"] [data-word="${key}"]`, one('#vocabulary').content);
  return known ? known.cloneNode(true) : document.createTextNode(key);
}

const pointsText = (low, high) => (low === high ? String(low) : both(`${low}~${high}`, `${low}-${high}`));
const nameOf = (number) => columns.name[number] || columns.id[number];

function rankRow(number) {
  const link = element('a', { href: `#o-${number + 1}` }, nameOf(number));
  const level = columns.level[number];
  return element(
    'tr', {},
    element('td', { class: 'number' }, String(ranks[number])),
    element('th', { scope: 'row' }, link),
    element('td', {}, level ? word(level, 'level') : ''),
    element('td', { class: 'number' }, pointsText(columns.low[number], columns.high[number])),
    element('td', { class: 'word' }, word(columns.verdict[number], 'verdict')),
  );
}

/** Rows beyond these are made when they come into sight. */
const AT_ONCE = 60;
let rowHeight = 0;

function gap(rows) {
  const row = element('tr', { 'aria-hidden': 'true' }, element('td', { colspan: '5' }));
  row.firstChild.style.height = `${rows * rowHeight}px`;
  row.firstChild.style.padding = '0';
  return row;
}

function showRanking(everything = false) {
  const body = one('#ranking-rows');
  const box = one('#ranking-box');
  if (everything || shown.length <= AT_ONCE) {
    body.replaceChildren(...shown.map(rankRow));
    return;
  }
  if (!rowHeight) {
    body.replaceChildren(rankRow(shown[0]));
    rowHeight = Math.max(body.firstChild.getBoundingClientRect().height, 20);
  }
  const first = Math.max(0, Math.min(Math.floor(box.scrollTop / rowHeight) - 10, shown.length - AT_ONCE));
  const rows = shown.slice(first, first + AT_ONCE).map(rankRow);
  body.replaceChildren(gap(first), ...rows, gap(shown.length - first - rows.length));
}

function chooseRows() {
  const text = one('#find').value.trim().toLowerCase();
  const verdicts = new Set(all('#choose input:checked').map((input) => input.value));
  const holds = (number) => (verdicts.size === 0 || verdicts.has(columns.verdict[number]))
    && (text === '' || [columns.name, columns.id, columns.parent].some((column) => column[number].toLowerCase().includes(text)));
  shown = ranked.filter(holds);
  one('#ranking-box').scrollTop = 0;
  one('#found').replaceChildren(both(`${shown.length}个单位`, `${shown.length} organizations`));
  showRanking();
  drawHeat();
}

async function startBatch() {
  if (!one('#columns')) return;
  if (typeof DecompressionStream === 'undefined') return;
  columns = await unpack();
  one('#old').hidden = true;
  rankAll();
  startHeat();
  one('#choose').addEventListener('input', chooseRows);
  one('#choose').addEventListener('submit', (event) => event.preventDefault());
  one('#ranking-box').addEventListener('scroll', () => showRanking(), { passive: true });
  addEventListener('beforeprint', () => showRanking(true));
  addEventListener('afterprint', () => showRanking());
  addEventListener('hashchange', openOrganization);
  chooseRows();
  openOrganization();
  document.documentElement.dataset.ready = 'yes';
}
