// The list of last time in the details of one organization.

const STANDINGS = ['new', 'still-open', 'again', 'closed'];

function sinceRow([standing, print, problem, clause, places, department, until, status]) {
  const key = STANDINGS[standing];
  const message = textOf(...problem);
  return element(
    'tr', { 'data-since': key }, element('td', { class: 'word' }, word(key, 'since')),
    element('th', { scope: 'row' }, print ? element('a', { href: `#f-${print}` }, message) : message),
    element('td', { class: 'brief' }, textOf(...clause)), element('td', { class: 'place' }, textOf(...places)),
    element('td', {}, department), element('td', { class: 'brief' }, until), element('td', { class: 'brief' }, textOf(...status)),
  );
}

function fillSince(view, number) {
  const section = one('#since', view);
  if (!section) return;
  const carried = columns.since[number];
  if (!carried) {
    section.remove();
    return;
  }
  const { counts, lines } = carried;
  const told = (lang) => STANDINGS.map((key, at) => {
    const named = one(`[lang="${lang}"]`, word(key, 'since')).textContent;
    return lang === 'zh' ? `${named}${counts[at]}项` : `${counts[at]} ${named}`;
  });
  const more = counts.reduce((sum, count) => sum + count, 0) - lines.length;
  put(section, 'since', both(`与上次整改清单相比：${told('zh').join('，')}。`, `Since the list of last time: ${told('en').join(', ')}.`));
  put(section, 'since-rows', ...lines.map(sinceRow));
  if (more > 0) section.append(element('p', { class: 'aside' }, both(`另有${more}项未列出，用 -o html:文件夹/ 可列出全部`, `${more} more are not listed; -o html:DIR/ lists all`)));
}
