// What the bare renderer leaves undone on the page, and a Teams client does in its own way.

/** Many cards share one page here, so the ids of each get a beginning of their own. */
export function withOwnIds(part, beginning) {
  if (Array.isArray(part)) return part.map((inner) => withOwnIds(inner, beginning));
  if (typeof part !== 'object' || part === null) return part;
  const changed = {};
  for (const [key, value] of Object.entries(part)) {
    if (key === 'id') changed[key] = beginning + value;
    else if (key === 'targetElements') changed[key] = value.map((id) => beginning + id);
    else changed[key] = key === 'data' ? value : withOwnIds(value, beginning);
  }
  return changed;
}

/** A row of buttons goes on in the next line, and so do a button's words; the bare renderer squeezes them. */
export function letButtonsWrap(frame) {
  for (const button of frame.querySelectorAll('.ac-pushButton')) {
    button.style.flex = '0 0 auto';
    button.style.maxWidth = '100%';
    button.parentElement.style.flexWrap = 'wrap';
    button.parentElement.style.rowGap = '8px';
  }
}

/** The label of a list that can be typed into stands on the box around it, where no screen reader looks. */
export function nameFilteredLists(frame) {
  for (const input of frame.querySelectorAll('.ac-choiceSetInput-filtered')) {
    const box = input.closest('[aria-labelledby]');
    input.setAttribute('aria-labelledby', box.getAttribute('aria-labelledby'));
    box.removeAttribute('aria-labelledby');
  }
}

/** Whether a part is unfolded is said on the part itself, where it isn't allowed; it belongs on the button. */
export function sayFolds(frame) {
  for (const button of frame.querySelectorAll('button[aria-controls]')) {
    const ids = button.getAttribute('aria-controls').split(' ');
    const parts = ids.map((id) => frame.querySelector(`[id="${id}"]`));
    for (const part of parts) part.removeAttribute('aria-expanded');
    button.setAttribute('aria-expanded', String(parts.some(({ style }) => style.display !== 'none')));
  }
}
