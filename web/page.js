// What every page does: the language, links that can be copied, details that open where a link leads, printing.

const data = JSON.parse(document.getElementById('data').textContent);
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

/** An element with text, or with other elements in it. */
function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** A text in both languages, of which the style shows one. */
function both(zh, en) {
  const made = document.createDocumentFragment();
  if (zh === en) made.append(zh);
  else made.append(element('span', { lang: 'zh' }, zh), element('span', { lang: 'en' }, en));
  return made;
}

const isChinese = () => one('#lang-zh').checked;
const inWords = (zh, en) => (isChinese() ? zh : en);

/** Says something for a moment, to readers of a screen too. */
function tell(zh, en) {
  const told = one('#told');
  told.replaceChildren(both(zh, en));
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => told.replaceChildren(), 4000);
}

function chooseLanguage() {
  document.documentElement.lang = isChinese() ? 'zh-CN' : 'en';
  document.dispatchEvent(new Event('language'));
}

/** Opens whatever hides the place that the address names. */
function openTarget() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { return; }
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let around = target; around; around = around.parentElement) {
    if (around.tagName === 'DETAILS') around.open = true;
  }
  target.scrollIntoView();
}

/** A click on an id leaves a link to it on the clipboard. */
function copyLink(event) {
  const link = event.target.closest('a.id[href^="#"]');
  if (!link || !navigator.clipboard) return;
  const address = location.href.split('#')[0] + link.getAttribute('href');
  navigator.clipboard.writeText(address).then(() => tell('链接已复制', 'Link copied'), () => {});
}

/** On paper everything that is shown is open. */
function printOpen() {
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open]):not(.more)').filter((details) => !details.hidden);
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
    closed = [];
  });
}

function start() {
  document.documentElement.classList.add('js');
  all('.language').forEach((radio) => radio.addEventListener('change', chooseLanguage));
  document.addEventListener('click', copyLink);
  one('#print').addEventListener('click', () => print());
  printOpen();
  startFilters();
  startRulings();
  startBatch();
  addEventListener('hashchange', openTarget);
  openTarget();
}
