// Rulings: entered in a form, kept in this browser as drafts, saved as the file that `--rulings` reads. No score is made.

const STORE = `wangge.rulings ${data.report}`;
/** Of whom the page is; a page of many organizations says so when it shows one. */
let ruledOn = data.organization || '';
let drafts = [];

/** Words of a file of rulings in Chinese, by the keys of the form. */
const WORDS = { met: '符合', unmet: '不符合', absent: '缺失', 'not-applicable': '不适用', value: '值', team: '评估组', self: '自评' };

function loadDrafts() {
  try { drafts = JSON.parse(localStorage.getItem(STORE)) || []; } catch { drafts = []; }
}

function keepDrafts() {
  try { localStorage.setItem(STORE, JSON.stringify(drafts)); } catch {
    tell('浏览器不允许保存草稿，请及时导出', 'This browser keeps no drafts: save the file soon');
  }
}

const isDraftOn = (target) => (draft) => draft.organization === ruledOn && draft.target === target;

/** What a value of a target looks like. */
function valueHint(target) {
  const [kind, ...rest] = (data.rulings.forms[target] || '').split(' ');
  const levels = rest.join(inWords('、', ', '));
  switch (kind) {
    case 'share': return inWords('0至100的百分比', 'a percentage from 0 to 100');
    case 'count': return inWords(`缺少的数目，0至${rest[0]}`, `the number missing, 0 to ${rest[0]}`);
    case 'level': return levels;
    default: return rest.length > 0 ? inWords(`百分比，或${levels}`, `a percentage, or ${levels}`) : inWords('百分比', 'a percentage');
  }
}

/** Whether a value of a target is one that it takes. */
function isValue(target, value) {
  const [kind, ...rest] = (data.rulings.forms[target] || '').split(' ');
  const number = Number(value.replace(/[%％]$/, ''));
  const isNumber = value.trim() !== '' && Number.isFinite(number);
  const within = (most) => isNumber && number >= 0 && number <= most;
  if (kind === 'share') return within(100);
  if (kind === 'count') return Number.isInteger(number) && within(Number(rest[0]));
  return rest.includes(value) || (kind === 'percentage' && isNumber);
}

/** The field of the value is there where a value is ruled. */
function showValue() {
  const ruling = one('#ruling input[name="ruling"]:checked');
  one('#ruling-value').closest('label').hidden = !ruling || ruling.value !== 'value';
}

function openForm(target, title) {
  const dialog = one('#ruling');
  const form = one('form', dialog);
  const draft = drafts.find(isDraftOn(target)) || { role: 'team', by: keptName(), date: today() };
  form.reset();
  form.dataset.target = target;
  for (const input of all('input', form)) {
    if (input.type === 'radio') input.checked = draft[input.name] === input.value;
    else input.value = draft[input.name] || '';
  }
  one('#ruling input[value="value"]').closest('label').hidden = !data.rulings.forms[target];
  one('#ruling-value').placeholder = valueHint(target);
  showValue();
  one('#ruling-target').textContent = target;
  one('#ruling-title').replaceChildren(title.cloneNode(true));
  one('#ruling-error').textContent = '';
  dialog.showModal();
}

const keptName = () => (drafts.length > 0 ? drafts[drafts.length - 1].by : '');

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function submitForm(event) {
  event.preventDefault();
  const form = event.target;
  const draft = Object.fromEntries(new FormData(form));
  const target = form.dataset.target;
  const isWrong = draft.ruling === 'value' && !isValue(target, draft.value);
  const fault = draft.ruling ? isWrong && inWords(`值应为：${valueHint(target)}`, `The value is to be ${valueHint(target)}`)
    : inWords('请选择裁定结果', 'Choose an outcome');
  one('#ruling-error').textContent = fault || '';
  if (fault) return;
  if (draft.ruling !== 'value') draft.value = '';
  drafts = drafts.filter((other) => !isDraftOn(target)(other));
  drafts.push({ ...draft, organization: ruledOn, target });
  keepDrafts();
  one('#ruling').close();
  showDrafts();
}

/** A cell of the file. What a spreadsheet would take for a formula begins with a blank, which is not part of it. */
function csvCell(text) {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? ` ${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function draftsAsCsv() {
  const cell = (draft, key) => {
    const text = draft[key] || '';
    return csvCell(key === 'ruling' || key === 'role' ? WORDS[text] : text);
  };
  const lines = drafts.map((draft) => data.rulings.columns.map(([key]) => cell(draft, key)).join(','));
  return `\ufeff${[data.rulings.columns.map(([, zh]) => zh).join(','), ...lines].join('\r\n')}\r\n`;
}

function saveDrafts() {
  const file = URL.createObjectURL(new Blob([draftsAsCsv()], { type: 'text/csv' }));
  const link = element('a', { href: file, download: '裁定.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 1000);
  tell('已导出 裁定.csv；导入后重新评定才有新的得分', 'Saved 裁定.csv: assess again with it to get a new score');
}

function draftRow(draft) {
  const change = element('button', { type: 'button', class: 'rule' }, both('删除', 'Remove'));
  change.addEventListener('click', () => {
    drafts = drafts.filter((other) => other !== draft);
    keepDrafts();
    showDrafts();
  });
  const cells = [draft.organization, draft.target, `${WORDS[draft.ruling]} ${draft.value || ''}`, draft.reason, draft.by, draft.date];
  return element('tr', {}, ...cells.map((text) => element('td', {}, text)), element('td', {}, change));
}

function showDrafts() {
  one('#drafts').hidden = drafts.length === 0;
  one('#draft-rows').replaceChildren(...drafts.map(draftRow));
  for (const row of all('tr[data-r]')) {
    const draft = drafts.find(isDraftOn(row.dataset.r));
    const button = one('button.rule', row);
    if (button) button.replaceChildren(draft ? both(`裁定草稿：${WORDS[draft.ruling]}`, `Draft: ${draft.ruling}`) : both('裁定', 'Rule'));
  }
}

/** Gives each row of `where` its button. */
function addButtons(where) {
  for (const row of all('tr[data-r]', where)) {
    const head = one('th', row);
    if (one('button.rule', head)) continue;
    const button = element('button', { type: 'button', class: 'rule' }, both('裁定', 'Rule'));
    const title = document.createDocumentFragment();
    title.append(...[...head.children].filter((child) => child.lang).map((child) => child.cloneNode(true)));
    button.addEventListener('click', () => openForm(row.dataset.r, title));
    (one('.tools', head) || head).append(button);
  }
}

function startRulings() {
  if (!one('#ruling')) return;
  loadDrafts();
  addButtons(document);
  one('#ruling form').addEventListener('submit', submitForm);
  one('#ruling form').addEventListener('input', showValue);
  one('#ruling-cancel').addEventListener('click', () => one('#ruling').close());
  one('#draft-save').addEventListener('click', saveDrafts);
  one('#draft-drop').addEventListener('click', () => {
    if (!confirm(inWords('清空全部草稿？', 'Discard all drafts?'))) return;
    drafts = [];
    keepDrafts();
    showDrafts();
  });
  showDrafts();
}
