/* global AdaptiveCards */
const query = new URLSearchParams(location.search);
const chosen = (name, otherwise) => query.get(name) ?? otherwise;
const theme = chosen('theme', 'light');
const width = Number(chosen('width', 320));
const screen = chosen('screen', 'all');

const { screens, cards, hostConfigs } = await (await fetch('/cards.json')).json();

function draw({ screen: name, sample, card }) {
  const renderer = new AdaptiveCards.AdaptiveCard();
  renderer.hostConfig = new AdaptiveCards.HostConfig(hostConfigs[theme]);
  renderer.parse(card);
  const figure = document.createElement('figure');
  figure.dataset.card = `${name} ${sample}`;
  figure.style.width = `${width}px`;
  const caption = document.createElement('figcaption');
  caption.textContent = `${name}: ${sample}`;
  const frame = document.createElement('div');
  frame.className = 'card';
  frame.append(renderer.render());
  letButtonsWrap(frame);
  figure.append(caption, frame);
  return figure;
}

/** Teams lets a row of buttons go on in the next line; the bare renderer squeezes them. */
function letButtonsWrap(frame) {
  for (const button of frame.querySelectorAll('.ac-pushButton')) {
    button.style.flex = '0 0 auto';
    button.style.maxWidth = '100%';
    button.parentElement.style.flexWrap = 'wrap';
    button.parentElement.style.rowGap = '8px';
  }
}

function choices(select, names, value) {
  if (names) select.replaceChildren(...names.map((name) => new Option(name)));
  select.value = value;
  select.addEventListener('change', () => {
    query.set(select.id, select.value);
    location.search = query;
  });
}

document.body.classList.toggle('dark', theme === 'dark');
choices(document.querySelector('#screen'), ['all', ...screens], screen);
choices(document.querySelector('#theme'), null, theme);
choices(document.querySelector('#width'), null, String(width));
const shown = cards.filter((card) => screen === 'all' || card.screen === screen);
document.querySelector('#cards').replaceChildren(...shown.map(draw));
document.body.dataset.ready = 'yes';
