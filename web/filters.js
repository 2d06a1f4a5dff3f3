// Filters: rows have facets in `data-*`; a row is hidden where one of the chosen facets that it has is another.

const FACETS = ['o', 's', 'a', 't', 'g', 'since'];

/** What is chosen: for each facet the values, and the text that is looked for. */
function chosen(form) {
  const values = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
  for (const input of all('input:checked, select', form)) {
    if (input.value) values[input.name].add(input.value);
  }
  return { values, text: one('#search', form).value.trim().toLowerCase() };
}

const isAny = ({ values, text }) => text !== '' || FACETS.some((facet) => values[facet].size > 0);

/** The value of a facet: of the row itself, or of the table it stands in. */
function facetOf(row, facet) {
  const holder = facet === 't' ? row.closest('[data-t]') : row;
  return holder ? holder.dataset[facet] : undefined;
}

function fits(row, { values, text }) {
  for (const facet of FACETS) {
    if (values[facet].size === 0) continue;
    const has = facetOf(row, facet);
    if (has === undefined || !has.split(' ').some((value) => values[facet].has(value))) return false;
  }
  return text === '' || row.textContent.toLowerCase().includes(text);
}

/** Hides what holds rows but none that is shown. */
function hideEmpty(selector, rows) {
  for (const holder of all(selector)) {
    holder.hidden = all(rows, holder).every((row) => row.hidden);
  }
}

const ROWS = 'tr[data-r], .finding, .chapter tr[data-o], tr[data-since]';

function applyFilters(form) {
  const wanted = chosen(form);
  const any = isAny(wanted);
  const counts = { requirements: 0, findings: 0, clauses: 0, lines: 0 };
  for (const row of all(ROWS)) {
    row.hidden = any && !fits(row, wanted);
    if (row.hidden) continue;
    if (row.dataset.r) counts.requirements += 1;
    else if (row.dataset.since) counts.lines += 1;
    else if (row.classList.contains('finding')) counts.findings += 1;
    else counts.clauses += 1;
  }
  hideEmpty('.item', 'tr[data-r]');
  hideEmpty('section.table', '.item');
  hideEmpty('.severity', '.finding');
  hideEmpty('.chapter', 'tr[data-o]');
  if (any) all('.item:not([hidden]), .chapter:not([hidden])').forEach((details) => { details.open = true; });
  const lists = one('.since') ? [`、整改清单${counts.lines}项`, `, lines of the list ${counts.lines}`] : ['', ''];
  one('#shown').replaceChildren(any ? both(
    `显示${counts.requirements}条评价要求、${counts.findings}个问题、${counts.clauses}条结构要求${lists[0]}`,
    `Shown: requirements ${counts.requirements}, findings ${counts.findings}, clauses ${counts.clauses}${lists[1]}`,
  ) : '');
}

function startFilters() {
  const form = one('#filters');
  if (!form) return;
  const apply = () => applyFilters(form);
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
}
