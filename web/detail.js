// The details of one organization out of the columns: the model of the page, filled in.

const OUTCOME = { m: 'met', u: 'unmet', a: 'absent', '?': 'unknown', n: 'not-applicable' };
const KNOWN = { l: 'claimed', v: 'evidenced', x: 'examined', u: 'ruled' };
const SEVERITY = { e: 'error', w: 'warning', a: 'advice' };

const gapsOf = (text) => columns.texts.zh[text].split('\u0001').length - 1;

/** A text by its number, with what stands in its gaps. */
function textOf(text, gaps) {
  let next = 0;
  const zh = columns.texts.zh[text].replace(/\u0001/g, () => gaps[next++] ?? '');
  const en = columns.texts.en[text].replace(/\u0002(.)/gs, (_, place) => gaps[place.charCodeAt(0) - 48] ?? '');
  return both(zh, en);
}

/** Why a line of an organization is as it is. */
function reasonOf(lines, at, number) {
  const place = lines.who[at].indexOf(number);
  if (place < 0) return '';
  let before = 0;
  for (let other = 0; other < place; other += 1) before += gapsOf(lines.what[at][other]);
  const text = lines.what[at][place];
  return textOf(text, lines.with[at].slice(before, before + gapsOf(text)));
}

const percentOf = (points, full) => `${(100 * Math.min(points, full)) / Math.max(full, 1)}%`;

function put(where, hook, ...inside) {
  const place = one(`[data-f="${hook}"]`, where);
  if (place) place.replaceChildren(...inside);
}

/** A bar, or the scale of the score, where the open part begins at the end of the sure one. */
function fillBar(where, low, high, full, from = 0) {
  const set = (hook, name, value) => one(`rect[data-f="${hook}"]`, where)?.setAttribute(name, value);
  set('sure', 'width', percentOf(low, full));
  set('open', 'x', percentOf(from, full));
  set('open', 'width', percentOf(high - from, full));
}

function fillScale(view, number) {
  const scale = one('.scale', view);
  const full = Number(scale.dataset.full);
  const [low, high] = [columns.low[number], columns.high[number]];
  fillBar(scale, low, high, full, low);
  const middle = (low + high) / 2 / full;
  const end = middle < 0.12 ? 'start' : middle > 0.88 ? 'end' : 'middle';
  for (const label of all('text[data-f="range"]', scale)) {
    label.setAttribute('x', `${100 * middle}%`);
    label.setAttribute('text-anchor', end);
    label.textContent = low === high ? String(low) : `${low}${label.getAttribute('lang') === 'en' ? '-' : '~'}${high}`;
  }
  one('text[data-f="zero"]', scale).setAttribute('display', end === 'start' ? 'none' : 'inline');
  one('text[data-f="full"]', scale).setAttribute('display', end === 'end' ? 'none' : 'inline');
}

function fillHead(view, number) {
  put(view, 'name', nameOf(number));
  put(view, 'Id', columns.id[number]);
  for (const place of all('[data-f="Submission"]', view)) place.replaceChildren(columns.path[number]);
  put(view, 'level', columns.level[number] ? word(columns.level[number], 'level') : '');
  put(view, 'verdict', word(columns.verdict[number], 'verdict'));
  put(view, 'score', pointsText(columns.low[number], columns.high[number]));
  put(view, 'before', pointsText(...columns.before[number]));
  put(view, 'eligibility', word(columns.eligibility[number], 'eligibility'));
  put(view, 'sha', columns.sha[number]);
  all('[data-f="assurance"] b', view).forEach((points, at) => { points.textContent = columns.assurance[number][at]; });
  fillScale(view, number);
  const result = one('.part', view);
  const list = (zh, en, lines) => {
    if (lines.length === 0) return;
    result.append(element('h3', {}, both(zh, en)), element('ul', { class: 'notes' }, ...lines));
  };
  if (columns.verdict[number] === 'open') {
    list('结论取决于以下待定项（核实后可加的分）', 'What decides the verdict', columns.deciding[number].slice(0, 10).map(
      ([target, points]) => element('li', {}, element('b', {}, `+${points} `), element('a', { class: 'id', href: `#${target}` }, target)),
    ));
  }
  list('说明', 'Notes', columns.notes[number].map(([text, gaps]) => element('li', {}, textOf(text, gaps))));
}

function fillTables(view, number) {
  const { tables } = columns;
  tables.id.forEach((id, at) => {
    const [low, high] = [charPoints(tables.least, at, number), charPoints(tables.most, at, number)];
    for (const place of all(`tr[data-table="${id}"], section[data-t="${id}"] > h3`, view)) {
      put(place, 'points', pointsText(low, high));
      fillBar(place, low, high, Number(place.dataset.points || 1));
    }
  });
  const total = one('tr[data-table="total"]', view);
  put(total, 'points', pointsText(columns.low[number], columns.high[number]));
  fillBar(total, columns.low[number], columns.high[number], Number(total.dataset.points));
}

function fillItems(view, number) {
  const { items } = columns;
  items.id.forEach((id, at) => {
    const item = one(`[data-item="${id}"]`, view);
    if (!item) return;
    const [low, high, full] = [charPoints(items.least, at, number), charPoints(items.most, at, number), Number(item.dataset.points)];
    put(item, 'points', pointsText(low, high));
    fillBar(item, low, high, full);
    item.open = low < full;
    one('[data-f="whole"]', item).hidden = items.outcome[at][number] !== 'a';
  });
}

function lossText(least, most) {
  if (most === 0) return '0';
  if (least === 0) return `-${most}?`;
  return least === most ? `-${most}` : both(`-${least}~${most}`, `-${least}-${most}`);
}

/** A ruling, and who answers for it. */
function rulingOf({ ruling, value, role, by, date, reason, evidence, status }) {
  const said = ruling === 'value' ? both('按数值', 'value') : word(ruling, 'outcome');
  const told = [by, date, reason, evidence].filter((part) => part !== '').map((part) => ` · ${part}`);
  return element(
    'p', { class: 'ruled' }, element('b', {}, both('裁定：', 'Ruling: ')), said, value ? ` ${value}` : '', ' · ',
    role === 'team' ? both('评估组', 'team') : both('自评', 'self-evaluation'), ...told, ' · ', word(status, 'status'),
  );
}

function fillRequirements(view, number) {
  const { targets } = columns;
  targets.id.forEach((id, at) => {
    const row = one(`tr[data-r="${id}"]`, view);
    if (!row) return;
    const outcome = OUTCOME[targets.outcome[at][number]] || 'unknown';
    row.dataset.o = outcome;
    row.dataset.a = KNOWN[targets.known?.[at][number]] || '';
    put(row, 'outcome', word(outcome, 'outcome'));
    put(row, 'lost', lossText(charPoints(targets.least, at, number), charPoints(targets.most, at, number)));
    const how = row.dataset.a ? [element('span', { class: 'how' }, word(row.dataset.a, 'assurance'))] : [];
    if (targets.ruled?.[at][number] === 'r') how.push(element('span', { class: 'how' }, both('裁定', 'ruling')));
    put(row, 'why', reasonOf(targets, at, number), ...how, ...columns.ruled[number].filter((one) => one.target === id).map(rulingOf));
  });
}

function fillClauses(view, number) {
  const { clauses } = columns;
  const rows = new Map(all('.chapter tr[id]', view).map((row) => [row.id, row]));
  clauses.id.forEach((id, at) => {
    const row = rows.get(id);
    if (!row) return;
    row.dataset.o = OUTCOME[clauses.outcome[at][number]] || 'unknown';
    one('.word', row).replaceChildren(word(row.dataset.o, 'outcome'));
    one('.why', row).replaceChildren(reasonOf(clauses, at, number));
  });
  for (const counts of all('#structure .counts', view)) {
    const rowsOf = all('tr[data-o]', counts.closest('.chapter') || one('#structure', view));
    counts.replaceChildren(...Object.values(OUTCOME).map((key) => [key, rowsOf.filter((row) => row.dataset.o === key).length])
      .filter(([, count]) => count > 0)
      .map(([key, count]) => element('span', { class: 'count' }, word(key, 'outcome'), String(count))));
  }
  for (const chapter of all('.chapter', view)) {
    chapter.open = all('tr[data-o]', chapter).some((row) => ['unmet', 'absent'].includes(row.dataset.o));
  }
}

function placeOf(at) {
  const file = columns.findings.names[columns.findings.file[at]];
  const row = columns.findings.row[at];
  return row ? both(`${file} 第${row}行`, `${file} row ${row}`) : file;
}

function findingOf(at) {
  const { findings } = columns;
  const name = (column) => findings.names[findings[column][at]];
  const gaps = findings.with[at];
  const own = gapsOf(findings.text[at]);
  const key = SEVERITY[findings.severity[at]];
  const summary = element(
    'summary', {}, word(key, 'severity'),
    element('span', { class: 'title' }, textOf(findings.text[at], gaps.slice(0, own))),
    element('span', { class: 'place' }, placeOf(at), findings.total[at] > 1 ? both(`等${findings.total[at]}处`, ` and ${findings.total[at] - 1} more`) : ''),
  );
  const made = element(
    'details', { class: 'finding', id: `f-${findings.print[at]}`, 'data-s': key, 'data-g': name('grid') }, summary,
    element('p', { class: 'help' }, element('b', {}, both('整改：', 'Remedy: ')), textOf(findings.help[at], gaps.slice(own))),
    element('p', { class: 'aside' }, both('规则 ', 'Rule '), name('rule'), both('，对象 ', ', about '), element('a', { class: 'id', href: `#${name('target')}` }, name('target'))),
  );
  const [headers, cells, marked] = findings.rows[at] || [[name('column')], [name('value')], 0];
  if (findings.rows[at] || name('column')) {
    const cell = (text, place) => (place === marked ? element('mark', {}, text.trim() || both('（空）', '(empty)')) : text);
    made.append(element('div', { class: 'excerpt' }, element('table', { class: 'cells' },
      element('tr', {}, ...headers.map((header) => element('th', { scope: 'col' }, header))),
      element('tr', {}, ...cells.map((text, place) => element('td', {}, cell(text, place)))))));
  }
  return made;
}

/** What can be put right in the tables at once, the first of them. */
function fillAtOnce(view, places) {
  const { findings } = columns;
  const lines = places.filter((at) => findings.at_once[at] === '1').slice(0, 10).map((at) => element(
    'li', {}, word(SEVERITY[findings.severity[at]], 'severity'),
    element('a', { href: `#f-${findings.print[at]}` }, textOf(findings.text[at], findings.with[at].slice(0, gapsOf(findings.text[at])))),
    element('span', { class: 'place' }, placeOf(at)),
  ));
  if (lines.length === 0) return;
  const section = element('section', { class: 'part', id: 'at-once' }, element('h2', {}, both('可以立即改正的数据问题', 'To be put right at once')));
  section.append(element('ol', { class: 'at-once' }, ...lines));
  one('#tables', view).before(section);
}

function fillFindings(view, number) {
  const { kept, all: counts } = columns.findings;
  if (counts[number] === 0) return;
  const first = kept.slice(0, number).reduce((sum, count) => sum + count, 0);
  const more = counts[number] - kept[number];
  const section = element('section', { class: 'part', id: 'findings' }, element('h2', {}, both(`问题清单（${counts[number]}个）`, `Findings (${counts[number]})`)));
  const places = [...Array(kept[number]).keys()].map((at) => first + at);
  section.append(...places.map(findingOf));
  fillAtOnce(view, places);
  if (more > 0) section.append(element('p', { class: 'aside' }, both(`另有${more}个未列出，用 -o html:文件夹/ 可列出全部`, `${more} more are not listed; -o html:DIR/ lists all`)));
  one('#items', view).after(section);
}

/** The worst grids. */
function fillGrids(view, number) {
  const [count, worst] = columns.grids[number];
  const map = mapOf(number, worst);
  if (count === 0 && !map) return;
  const head = [['序号', 'No.'], ['网格', 'Grid'], ['名称', 'Name'], ['错误', 'Errors'], ['警告', 'Warnings'], ['主要问题', 'Mostly']];
  const rows = worst.map(([grid, name, errors, warnings, [text, gaps]], at) => element(
    'tr', { 'data-g': grid, id: `grid-${at + 1}` }, element('td', { class: 'number' }, String(at + 1)), element('th', { scope: 'row', class: 'id' }, grid), element('td', {}, name || both('（清单中没有）', '(not listed)')),
    element('td', { class: 'number' }, String(errors)), element('td', { class: 'number' }, String(warnings)), element('td', {}, textOf(text, gaps)),
  ));
  view.append(element(
    'section', { class: 'part', id: 'grids' }, element('h2', {}, both('各网格的问题', 'By grid')),
    element('p', { class: 'aside' }, count === 0 ? both('各网格都没有错误或警告。', 'No grid has errors or warnings.')
      : both(`共${count}个网格有错误或警告，由多到少列出${worst.length}个。`, `${count} grids have errors or warnings; the ${worst.length} worst are listed.`)),
    map,
    count === 0 ? '' : element('table', { class: 'list grids' },
      element('thead', {}, element('tr', {}, ...head.map(([zh, en]) => element('th', { scope: 'col' }, both(zh, en))))),
      element('tbody', {}, ...rows)),
  ));
}

function steps(number) {
  const at = shown.indexOf(number);
  const link = (other, zh, en) => (other === undefined ? '' : element('a', { href: `#o-${other + 1}` }, both(zh, en)));
  const page = columns.pages[number];
  return element(
    'p', { class: 'steps screen' }, element('a', { href: '#ranking' }, both('← 返回汇总', '← Overview')),
    at > 0 ? link(shown[at - 1], '上一个', 'Previous') : '', at >= 0 ? link(shown[at + 1], '下一个', 'Next') : '',
    page ? element('a', { href: encodeURIComponent(page) }, both('该单位的完整网页', 'The whole page of it')) : '',
  );
}

function openNumber(number) {
  if (number !== undefined) location.hash = `#o-${number + 1}`;
}

/** Shows the organization that the address names, or the overview where it names something there. */
function openOrganization() {
  const named = /^#o-(\d+)$/.exec(location.hash);
  const view = one('#organization');
  const number = named ? Number(named[1]) - 1 : -1;
  if (!named || number >= columns.count) {
    const within = location.hash && view.contains(document.getElementById(decodeURIComponent(location.hash.slice(1))));
    if (!within) {
      view.hidden = true;
      view.replaceChildren();
      one('#main').classList.remove('detail');
      drawHeat();
      if (location.hash) openTarget();
    }
    return;
  }
  view.replaceChildren(steps(number), one('#model').content.cloneNode(true));
  for (const fill of [fillHead, fillTables, fillItems, fillRequirements, fillClauses, fillFindings, fillSince, fillGrids]) fill(view, number);
  view.hidden = false;
  one('#main').classList.add('detail');
  ruledOn = columns.id[number];
  addButtons(view);
  showDrafts();
  startFilters();
  scrollTo(0, 0);
}
